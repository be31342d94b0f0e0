"""Facts for the modules above, and what a home page says of learning."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spm_app.infra.db import reading
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.training.domain.progress import standing
from spm_app.training.domain.words import in_language
from spm_app.training.service.sight import today
from spm_app.training.service.views import DueItem
from spm_app.training.store import belonging, courses
from spm_app.training.store import learning as store

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import CourseId, PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.progress import Progress
    from spm_app.training.domain.records import Enrolment, Version


def certificates(work: Work, on: date) -> frozenset[tuple[PersonId, str]]:
    """Who has completed which course, by its code, up to and with that day in the company's time zone."""
    zone = ZoneInfo(people.company(work).calendar.zone)
    midnight_after = datetime.combine(on + timedelta(days=1), time(), zone)
    codes = {each.id: each.code for each in courses.courses(work)}
    return frozenset((each.person_id, codes[each.course_id]) for each in store.completed(work, midnight_after))


def titles(work: Work, language: str) -> dict[CourseId, str]:
    """What every course is called in that language: the version in the catalogue says it, else the newest."""
    offered = {course.id: version for course, version in courses.published(work)}
    every = (offered.get(each.id) or courses.latest(work, each.id) for each in courses.courses(work))
    return {each.course_id: in_language(each.content.title, language, each.content.language) for each in every}


def about(work: Work, kind: str, ids: Collection[int]) -> dict[int, tuple[PersonId, CourseId]]:
    """Whose these are and in which course; `kind` is `enrolment`, `attempt` or `badge`."""
    return belonging.about(work, kind, ids)


def due_for(actor: Actor) -> tuple[DueItem, ...]:
    """The actor's open courses with the next thing to do in each: soonest due first, those without a day last."""
    require(actor, Permission.LEARN)
    with reading() as work:
        mine = [each for each in store.of_person(work, actor.person_id) if each.state.is_open]
        versions = courses.versions_by_id(work, [each.version_id for each in mine])
        progress = store.progress_of(work, [each.id for each in mine])
        on = today(work)

    items = [_item(each, versions[each.version_id], progress[each.id], (actor.language, on)) for each in mine]
    return tuple(sorted(items, key=lambda each: (each.due_on is None, str(each.due_on), each.title.casefold())))


def next_activity(actor: Actor) -> DueItem | None:
    """The one next step in learning; None when nothing is open."""
    return next(iter(due_for(actor)), None)


def _item(
    enrolment: Enrolment, version: Version, progress: Mapping[str, Progress], reader: tuple[str, date]
) -> DueItem:
    content, (language, on) = version.content, reader
    place = standing(content, progress)
    step = content.find(place.next_id) if place.next_id else None
    return DueItem(
        course_id=version.course_id,
        version_id=version.id,
        title=in_language(content.title, language, content.language),
        activity_id=place.next_id,
        activity=in_language(step.title, language, content.language) if step else "",
        percent=place.percent,
        due_on=enrolment.due_on,
        is_overdue=enrolment.due_on is not None and enrolment.due_on < on,
        enrolment=enrolment,
    )
