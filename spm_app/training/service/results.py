"""How courses do, for trainers; how a team learns, for its manager."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.infra.db import reading
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.training.domain.course import Quiz
from spm_app.training.domain.progress import standing
from spm_app.training.domain.states import AttemptState, EnrolmentState
from spm_app.training.domain.words import in_language
from spm_app.training.service.facts import titles
from spm_app.training.service.sight import today, visible_learners
from spm_app.training.service.views import CourseResults, Learner, QuestionFigure, TeamLearning
from spm_app.training.store import badges, courses
from spm_app.training.store import learning as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.kernel.ids import CourseId, PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.course import Content
    from spm_app.training.domain.progress import Progress
    from spm_app.training.domain.records import Attempt, Enrolment, Version

    #: Names of persons, the title of the course, and graded attempts by enrolment.
    _Known = tuple[Mapping[PersonId, str], str, Mapping[int, int]]


def course_results(actor: Actor, course_id: CourseId) -> CourseResults:
    """Completion, pass rates and who, over the people that the actor may see. Raises NotFound."""
    if not actor.may(Permission.READ_ALL_LEARNING):
        require(actor, Permission.READ_TEAM_LEARNING)
    with reading() as work:
        latest = courses.latest(work, course_id)
        enrolments = _seen(store.of_course(work, course_id), visible_learners(work, actor))
        versions = courses.versions_by_id(work, [each.version_id for each in enrolments])
        progress = store.progress_of(work, [each.id for each in enrolments])
        graded = _graded(store.attempts(work, [each.id for each in enrolments]))
        firsts = [each for each in graded if each.number == 1]
        marks = store.marks_of(work, [each.id for each in firsts])
        names = {each.id: each.name for each in people.persons(work)}

    states = Counter(each.state for each in enrolments)
    title = in_language(latest.content.title, actor.language, latest.content.language)
    goes = Counter(each.enrolment_id for each in graded)
    learners = [
        _learner(each, versions[each.version_id], progress[each.id], (names, title, goes)) for each in enrolments
    ]
    return CourseResults(
        course_id=course_id,
        title=title,
        enrolled=len(enrolments),
        completed=states[EnrolmentState.COMPLETED],
        failed=states[EnrolmentState.FAILED],
        completion=_rate(states[EnrolmentState.COMPLETED], len(enrolments)),
        attempts=len(graded),
        pass_rate=_pass_rate(graded),
        first_pass_rate=_pass_rate(firsts),
        learners=tuple(sorted(learners, key=lambda each: each.name.casefold())),
        questions=_question_figures(latest.content, marks, actor.language),
    )


def learnt(actor: Actor) -> tuple[Learner, ...]:
    """Every enrolment of the people that the actor may see, in whatever course, by name and course."""
    if not actor.may(Permission.READ_ALL_LEARNING):
        require(actor, Permission.READ_TEAM_LEARNING)
    with reading() as work:
        enrolments = store.of_people(work, visible_learners(work, actor))
        versions = courses.versions_by_id(work, [each.version_id for each in enrolments])
        progress = store.progress_of(work, [each.id for each in enrolments])
        goes = Counter(each.enrolment_id for each in _graded(store.attempts(work, [each.id for each in enrolments])))
        names = {each.id: each.name for each in people.persons(work)}
        called = titles(work, actor.language)

    found = [
        _learner(each, versions[each.version_id], progress[each.id], (names, called[each.course_id], goes))
        for each in enrolments
        if each.person_id != actor.person_id
    ]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.course.casefold(), each.enrolled_at)))


def team(actor: Actor) -> tuple[TeamLearning, ...]:
    """One line for each person of the actor's team, by name: what is open, overdue, completed and earned."""
    if not actor.may(Permission.READ_ALL_LEARNING):
        require(actor, Permission.READ_TEAM_LEARNING)
    with reading() as work:
        reach = visible_learners(work, actor)
        staff = [each for each in people.persons(work) if reach is None or each.id in reach]
        enrolments = store.of_people(work, reach)
        held = Counter(each.person_id for each in badges.of_people(work, reach))
        on = today(work)

    by_person: dict[PersonId, list[Enrolment]] = {}
    for each in enrolments:
        by_person.setdefault(each.person_id, []).append(each)
    lines = [
        TeamLearning(
            person_id=each.id,
            name=each.name,
            open=sum(one.state.is_open for one in by_person.get(each.id, ())),
            overdue=sum(
                one.state.is_open and one.due_on is not None and one.due_on < on for one in by_person.get(each.id, ())
            ),
            completed=sum(one.state is EnrolmentState.COMPLETED for one in by_person.get(each.id, ())),
            badges=held[each.id],
        )
        for each in staff
        if each.id != actor.person_id and (each.left_on is None or on < each.left_on)
    ]
    return tuple(sorted(lines, key=lambda each: each.name.casefold()))


def _seen(enrolments: Sequence[Enrolment], reach: frozenset[PersonId] | None) -> list[Enrolment]:
    return [each for each in enrolments if reach is None or each.person_id in reach]


def _graded(attempts: Sequence[Attempt]) -> list[Attempt]:
    return [each for each in attempts if each.state is AttemptState.GRADED]


def _learner(enrolment: Enrolment, version: Version, progress: Mapping[str, Progress], known: _Known) -> Learner:
    names, title, goes = known
    scores = [each.score for each in progress.values() if each.score is not None]
    return Learner(
        person_id=enrolment.person_id,
        name=names.get(enrolment.person_id, ""),
        course_id=enrolment.course_id,
        course=title,
        attempts=goes.get(enrolment.id, 0),
        state=enrolment.state,
        source=enrolment.source,
        version=version.number,
        percent=standing(version.content, progress).percent,
        score=sum(scores, Fraction(0)) / len(scores) if scores else None,
        enrolled_at=enrolment.enrolled_at,
        closed_at=enrolment.closed_at,
        due_on=enrolment.due_on,
    )


def _question_figures(
    content: Content, marks: Mapping[str, Sequence[Fraction]], language: str
) -> tuple[QuestionFigure, ...]:
    """Questions are counted by id over all versions in which they stand."""
    quizzes = [each for each in content.activities if isinstance(each, Quiz)]
    return tuple(
        QuestionFigure(
            id=each.id,
            stem=in_language(each.stem, language, content.language),
            asked=len(marks.get(each.id, ())),
            right=sum(mark == 1 for mark in marks.get(each.id, ())),
        )
        for quiz in quizzes
        for each in quiz.questions
    )


def _pass_rate(attempts: Sequence[Attempt]) -> Fraction | None:
    return _rate(sum(bool(each.passed) for each in attempts), len(attempts))


def _rate(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
