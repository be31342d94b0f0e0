"""Learning: the catalogue, enrolment, and one activity after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, NotAllowed, NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.training.domain.course import Lesson
from spm_app.training.domain.progress import NOTHING, OPENED, READ
from spm_app.training.domain.records import Source
from spm_app.training.domain.states import EnrolmentState
from spm_app.training.service.advance import advance
from spm_app.training.service.cards import activity_view, by_urgency, course_card, course_view
from spm_app.training.service.sight import today, visible_learners
from spm_app.training.store import courses
from spm_app.training.store import learning as store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import CourseId, PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.course import Activity
    from spm_app.training.domain.records import Enrolment, Version
    from spm_app.training.service.views import ActivityView, CourseCard, CourseView

#: After these, oneself cannot begin the same version again; a trainer or manager can assign it.
_NOT_AGAIN = (EnrolmentState.COMPLETED, EnrolmentState.FAILED)


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
        course_card(known[each.course_id], versions[each.version_id], actor.language, (each, progress[each.id], on))
        for each in mine
    ]
    return tuple(sorted(cards, key=by_urgency))


def catalogue(actor: Actor, search: str = "") -> tuple[CourseCard, ...]:
    """Published courses that the actor has not begun, by title; `search` looks at title, summary and category."""
    require(actor, Permission.LEARN)
    with reading() as work:
        taken = {each.course_id for each in store.of_person(work, actor.person_id)}
        offered = [pair for pair in courses.published(work) if pair[0].id not in taken]

    cards = [course_card(course, version, actor.language, None) for course, version in offered]
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
    """Leave a course that one chose oneself; what was done stays on record.

    Raises Conflict for an assigned one, and once a quiz was begun: leaving must not give fresh attempts.
    """
    require(actor, Permission.LEARN)
    with unit_of_work() as work:
        mine = _mine(work, actor, course_id)
        if mine.source is not Source.SELF:
            raise Conflict("training.assigned_by_others")
        if store.attempts(work, [mine.id]):
            raise Conflict("training.attempt_begun")

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
        return activity_view(
            version.content, activity, progress.get(activity_id, NOTHING), attempts, language=actor.language
        )


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

        store.merge_progress(work, mine.id, activity_id, READ, at=clock.now())
        mine = advance(work, actor, mine, version)
        progress = store.progress(work, mine.id)
    return course_view(version, actor.language, mine, progress)


def _published(work: Work, course_id: CourseId) -> Version:
    published_id = courses.course(work, course_id).published_id
    if published_id is None:
        raise NotFound("training.no_such_course")
    return courses.version(work, published_id)


def _enrolled(work: Work, actor: Actor, person_id: PersonId, version: Version, how: tuple[Source, date | None]) -> None:
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
        work,
        actor,
        "enrolment.made",
        f"enrolment:{made.id}",
        person=person_id,
        course=version.course_id,
        version=version.number,
        source=how[0].value,
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
    store.merge_progress(work, mine.id, activity_id, OPENED, at=clock.now())
    if mine.state is EnrolmentState.ASSIGNED:
        return store.move_enrolment(work, mine, EnrolmentState.IN_PROGRESS, clock.now())
    return mine


def _latest_by_course(enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    """One a course, the last, which is the open one if any is; what was left is left out."""
    last = {each.course_id: each for each in enrolments}
    return [each for each in last.values() if each.state is not EnrolmentState.WITHDRAWN]
