"""Learning: the catalogue, enrolment, and one activity after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, NotAllowed, NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.training.domain.course import Lesson
from spm_app.training.domain.progress import NOTHING, OPENED, READ, attempts_left, standing
from spm_app.training.domain.records import Source
from spm_app.training.domain.states import AttemptState, EnrolmentState
from spm_app.training.domain.words import in_language
from spm_app.training.service import markdown
from spm_app.training.service.advance import advance
from spm_app.training.service.sight import today, visible_learners
from spm_app.training.service.views import ActivityView, AttemptSummary, Chapter, CourseCard, CourseView, Step
from spm_app.training.store import courses
from spm_app.training.store import learning as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import CourseId, PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.course import Activity, Content, Section
    from spm_app.training.domain.progress import Progress
    from spm_app.training.domain.records import Attempt, Course, Enrolment, Version


def my_courses(actor: Actor) -> tuple[CourseCard, ...]:
    """What the actor takes or took: open ones first, by due day, then what is closed, latest first."""
    require(actor, Permission.LEARN)
    with reading() as work:
        mine = _latest_by_course(store.of_person(work, actor.person_id))
        versions = courses.versions_by_id(work, [each.version_id for each in mine])
        progress = store.progress_of(work, [each.id for each in mine])
        known = {each.id: each for each in courses.courses(work)}
        on = today(work)

    cards = [
        _card(known[each.course_id], versions[each.version_id], actor.language, (each, progress[each.id], on))
        for each in mine
    ]
    return tuple(sorted(cards, key=_by_urgency))


def catalogue(actor: Actor, search: str = "") -> tuple[CourseCard, ...]:
    """Published courses that the actor has not begun, by title; `search` looks at title, summary and category."""
    require(actor, Permission.LEARN)
    with reading() as work:
        taken = {each.course_id for each in store.of_person(work, actor.person_id)}
        offered = [pair for pair in courses.published(work) if pair[0].id not in taken]

    cards = [_card(course, version, actor.language, None) for course, version in offered]
    wanted = search.strip().casefold()
    found = [each for each in cards if wanted in f"{each.title} {each.summary} {each.category}".casefold()]
    return tuple(sorted(found, key=lambda each: each.title.casefold()))


def enrol(actor: Actor, course_id: CourseId) -> None:
    """Begin a published course. Raises Conflict when it is open already, was completed, or failed in this version."""
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        version = _published(work, course_id)
        before = store.current(work, actor.person_id, course_id)
        if before is not None and before.version_id == version.id and before.state in _NOT_AGAIN:
            raise Conflict(f"training.already_{before.state.value}")

        _enrolled(work, actor, actor.person_id, version, (Source.SELF, None))


def assign(actor: Actor, person_id: PersonId, course_id: CourseId, due_on: date | None = None) -> None:
    """Put somebody on a published course: a trainer anybody, a manager their team. Gives fresh attempts after failing.

    Raises NotAllowed for somebody outside the team and Conflict when the person is on it already.
    """
    is_trainer = actor.may(Permission.WRITE_COURSES)
    if not is_trainer:
        require(actor, Permission.READ_TEAM_LEARNING)
    with unit_of_work() as work:
        _check_reach(work, actor, person_id, is_trainer=is_trainer)
        version = _published(work, course_id)

        source = Source.TRAINER if is_trainer else Source.MANAGER
        _enrolled(work, actor, person_id, version, (source, due_on))


def withdraw(actor: Actor, course_id: CourseId) -> None:
    """Leave a course that one chose oneself; what was done stays on record. Raises Conflict for an assigned one."""
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        mine = _mine(work, actor, course_id)
        if mine.source is not Source.SELF:
            raise Conflict("training.assigned_by_others")

        store.move_enrolment(work, mine, EnrolmentState.WITHDRAWN, clock.now())
        audit.record(work, actor, "enrolment.withdrawn", f"enrolment:{mine.id}")


def course(actor: Actor, course_id: CourseId) -> CourseView:
    """The player's frame: the version begun, else the published one to look at before beginning. Raises NotFound."""
    require(actor, Permission.LEARN)
    with reading() as work:
        mine = store.current(work, actor.person_id, course_id)
        version = courses.version(work, mine.version_id) if mine else _published(work, course_id)
        progress = store.progress(work, mine.id) if mine else {}

    return course_view(version, actor.language, mine, progress)


def open_activity(actor: Actor, course_id: CourseId, activity_id: str) -> ActivityView:
    """Show one activity and remember that it was opened. Raises NotFound when the actor is not on the course."""
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        mine, version, activity = _activity_of(work, actor, course_id, activity_id)
        if mine.takes_progress:
            mine = _opened(work, mine, activity_id)

        progress = store.progress(work, mine.id)
        attempts = store.attempts(work, [mine.id], activity_id)
        return activity_view(version.content, activity, actor.language, progress.get(activity_id, NOTHING), attempts)


def finish_lesson(actor: Actor, course_id: CourseId, activity_id: str) -> CourseView:
    """Mark a lesson as read; the last mandatory activity completes the course. Doing it again changes nothing.

    Raises Conflict for a quiz, which is completed by passing it, and for a course that is closed.
    """
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        mine, version, activity = _activity_of(work, actor, course_id, activity_id)
        if not isinstance(activity, Lesson):
            raise Conflict("training.quiz_is_passed")
        if not mine.takes_progress:
            raise Conflict("training.enrolment_closed")

        store.merge_progress(work, mine.id, activity_id, READ, clock.now())
        mine = advance(work, actor, mine, version)
        progress = store.progress(work, mine.id)
    return course_view(version, actor.language, mine, progress)


def course_view(
    version: Version, language: str, mine: Enrolment | None, progress: Mapping[str, Progress]
) -> CourseView:
    """The outline with states, in the reader's language."""
    content = version.content
    return CourseView(
        course_id=version.course_id,
        title=in_language(content.title, language, content.language),
        summary=in_language(content.summary, language, content.language),
        badge=in_language(content.badge, language, content.language),
        version=version.number,
        minutes=content.minutes,
        state=mine.state if mine else None,
        standing=standing(content, progress),
        chapters=tuple(_chapter(each, content, language, progress) for each in content.sections),
        due_on=mine.due_on if mine else None,
    )


def activity_view(
    content: Content, activity: Activity, language: str, progress: Progress, attempts: Sequence[Attempt]
) -> ActivityView:
    """One screen: a lesson's text, or what a quiz asks for and the attempts so far."""
    lesson = isinstance(activity, Lesson)
    used = sum(each.state is not AttemptState.IN_PROGRESS for each in attempts)
    text = in_language(activity.body if lesson else activity.intro, language, content.language)
    return ActivityView(
        id=activity.id,
        title=in_language(activity.title, language, content.language),
        kind=activity.kind,
        html=markdown.html(text),
        minutes=activity.minutes,
        progress=progress,
        pass_percent=0 if lesson else activity.pass_percent,
        questions=0 if lesson else len(activity.questions),
        left=0 if lesson else attempts_left(activity, used),
        attempts=tuple(
            AttemptSummary(each.id, each.number, each.state, each.submitted_at, each.score, each.passed)
            for each in attempts
        ),
    )


_NOT_AGAIN = (EnrolmentState.COMPLETED, EnrolmentState.FAILED)


def _published(work: Work, course_id: CourseId) -> Version:
    published_id = courses.course(work, course_id).published_id
    if published_id is None:
        raise NotFound("training.no_such_course")
    return courses.version(work, published_id)


def _enrolled(
    work: Work, actor: Actor, person_id: PersonId, version: Version, how: tuple[Source, date | None]
) -> None:
    made = store.add_enrolment(
        work,
        person_id,
        (version.course_id, version.id),
        source=how[0],
        by=actor.person_id,
        due_on=how[1],
        at=clock.now(),
    )
    audit.record(
        work, actor, "enrolment.made", f"enrolment:{made.id}", person=person_id, course=version.course_id,
        version=version.number, source=how[0].value,
    )


def _check_reach(work: Work, actor: Actor, person_id: PersonId, *, is_trainer: bool) -> None:
    if all(each.id != person_id for each in people.persons(work)):
        raise NotFound("training.no_such_person")
    reach = None if is_trainer else visible_learners(work, actor)
    if reach is not None and (person_id not in reach or person_id == actor.person_id):
        raise NotAllowed("training.not_your_team")


def _mine(work: Work, actor: Actor, course_id: CourseId) -> Enrolment:
    mine = store.current(work, actor.person_id, course_id)
    if mine is None:
        raise NotFound("training.not_enrolled")
    return store.lock_enrolment(work, mine.id)


def _activity_of(
    work: Work, actor: Actor, course_id: CourseId, activity_id: str
) -> tuple[Enrolment, Version, Activity]:
    mine = _mine(work, actor, course_id)
    version = courses.version(work, mine.version_id)
    activity = version.content.find(activity_id)
    if activity is None:
        raise NotFound("training.no_such_activity")
    return mine, version, activity


def _opened(work: Work, mine: Enrolment, activity_id: str) -> Enrolment:
    store.merge_progress(work, mine.id, activity_id, OPENED, clock.now())
    if mine.state is EnrolmentState.ASSIGNED:
        return store.move_enrolment(work, mine, EnrolmentState.IN_PROGRESS, clock.now())
    return mine


def _latest_by_course(enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    """One a course: the open one, else the last; withdrawn ones are left out."""
    chosen: dict[CourseId, Enrolment] = {}
    for each in enrolments:
        before = chosen.get(each.course_id)
        if before is None or not before.state.is_open:
            chosen[each.course_id] = each
    return [each for each in chosen.values() if each.state is not EnrolmentState.WITHDRAWN]


def _card(
    course: Course, version: Version, language: str, mine: tuple[Enrolment, Mapping[str, Progress], date] | None
) -> CourseCard:
    content = version.content
    enrolment = mine[0] if mine else None
    due_on = enrolment.due_on if enrolment else None
    return CourseCard(
        course_id=course.id,
        code=course.code,
        title=in_language(content.title, language, content.language),
        summary=in_language(content.summary, language, content.language),
        category=content.category,
        minutes=content.minutes,
        badge=in_language(content.badge, language, content.language),
        state=enrolment.state if enrolment else None,
        standing=standing(content, mine[1]) if mine else None,
        due_on=due_on,
        is_overdue=bool(mine and mine[0].state.is_open and due_on and due_on < mine[2]),
        in_catalogue=course.published_id is not None,
    )


def _by_urgency(card: CourseCard) -> tuple[bool, bool, str, str]:
    is_open = card.state is not None and card.state.is_open
    return (not is_open, card.due_on is None, str(card.due_on), card.title.casefold())


def _chapter(section: Section, content: Content, language: str, progress: Mapping[str, Progress]) -> Chapter:
    steps = tuple(
        Step(
            id=each.id,
            title=in_language(each.title, language, content.language),
            kind=each.kind,
            minutes=each.minutes,
            is_mandatory=each.is_mandatory,
            state=progress.get(each.id, NOTHING).state,
        )
        for each in section.activities
    )
    return Chapter(in_language(section.title, language, content.language), steps)
