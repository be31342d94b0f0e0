"""Writing courses: drafts, the check, publication."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.problem import has_errors
from spm_app.kernel.rights import Permission, require
from spm_app.training.domain.check import findings
from spm_app.training.domain.course import Content, CourseDraft
from spm_app.training.domain.edit import apply
from spm_app.training.domain.states import EnrolmentState
from spm_app.training.domain.words import in_language
from spm_app.training.service import sanitise
from spm_app.training.service.views import Desk, StudioCard
from spm_app.training.store import courses as store
from spm_app.training.store import learning

if TYPE_CHECKING:
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import CourseId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.edit import Edit
    from spm_app.training.domain.records import Course, Version

_LONGEST_CODE = 60


def studio(actor: Actor, search: str = "") -> tuple[StudioCard, ...]:
    """All courses with where they stand, the last changed first; `search` looks at code and title."""
    require(actor, Permission.WRITE_COURSES)
    with reading() as work:
        cards = [_card(work, course, actor.language) for course in store.courses(work)]

    wanted = search.strip().casefold()
    found = [each for each in cards if wanted in f"{each.code} {each.title}".casefold()]
    return tuple(sorted(found, key=lambda each: each.changed_at, reverse=True))


def desk(actor: Actor, course_id: CourseId) -> Desk:
    """One course as its author works on it, with its key and the findings. Raises NotFound."""
    require(actor, Permission.WRITE_COURSES)
    with reading() as work:
        return _desk(work, store.course(work, course_id), store.latest(work, course_id))


def create(actor: Actor, title: str, language: str = "en") -> CourseId:
    """An empty course under a code made from its title. Raises InvalidInput without a title."""
    if not title.strip():
        raise InvalidInput("training.title_missing")
    content = Content(title={language: title.strip()}, language=language)
    with unit_of_work() as work:
        return _add(work, actor, CourseDraft(_free_code(work, title), content))


def author_course(actor: Actor, draft: CourseDraft) -> CourseId:
    """A course written in one go, as a draft. Raises Conflict when its code is taken."""
    with unit_of_work() as work:
        if not draft.code or not store.code_is_free(work, draft.code):
            raise Conflict("training.code_taken", code=draft.code)
        return _add(work, actor, draft)


def edit(actor: Actor, course_id: CourseId, revision: int, change: Edit) -> Desk:
    """Do one thing to the draft; the first edit after a publication begins a new version.

    `revision` is the one that the author saw. Raises Conflict when somebody else saved meanwhile, and NotFound.
    """
    require(actor, Permission.WRITE_COURSES)
    with unit_of_work() as work:
        course = store.lock_course(work, course_id)
        seen = store.latest(work, course_id)
        if seen.revision != revision:
            raise Conflict("training.draft_moved_on")

        content = sanitise.content(apply(seen.content, change))

        saved = _saved(work, actor, seen, content)
        audit.record(
            work, actor, "course.edited", f"course:{course_id}", version=saved.number, edit=type(change).__name__
        )
        return _desk(work, course, saved)


def publish(actor: Actor, course_id: CourseId) -> Version:
    """Freeze the draft and put it in the catalogue; whoever began an earlier version finishes that one.

    Raises InvalidInput with every finding that stops it, and Conflict when there is no draft.
    """
    require(actor, Permission.WRITE_COURSES)
    with unit_of_work() as work:
        store.lock_course(work, course_id)
        draft = store.latest(work, course_id)
        if not draft.is_draft:
            raise Conflict("training.nothing_to_publish")

        problems = findings(draft.content)
        if has_errors(problems):
            raise InvalidInput("training.not_ready", problems=problems)

        store.publish(work, actor, draft, clock.now())
        audit.record(work, actor, "course.published", f"course:{course_id}", version=draft.number)
        bus.publish(work, "training", f"course:{course_id}")
        return store.version(work, draft.id)


def unpublish(actor: Actor, course_id: CourseId) -> None:
    """Take the course out of the catalogue. Every record stays, and learners finish what they began."""
    require(actor, Permission.WRITE_COURSES)
    with unit_of_work() as work:
        if store.lock_course(work, course_id).published_id is None:
            raise Conflict("training.not_published")

        store.retire(work, course_id)
        audit.record(work, actor, "course.unpublished", f"course:{course_id}")
        bus.publish(work, "training", f"course:{course_id}")


def duplicate(actor: Actor, course_id: CourseId) -> CourseId:
    """A new course whose draft says what the latest version of this one says."""
    require(actor, Permission.WRITE_COURSES)
    with unit_of_work() as work:
        original = store.course(work, course_id)
        content = store.latest(work, course_id).content

        return _add(work, actor, CourseDraft(_free_code(work, original.code), content))


def _add(work: Work, actor: Actor, draft: CourseDraft) -> CourseId:
    require(actor, Permission.WRITE_COURSES)
    course_id = store.add_course(work, actor, draft.code, sanitise.content(draft.content), at=clock.now())
    audit.record(work, actor, "course.created", f"course:{course_id}", code=draft.code)
    return course_id


def _saved(work: Work, actor: Actor, seen: Version, content: Content) -> Version:
    if seen.is_draft:
        return store.save_draft(work, actor, seen, content, at=clock.now())
    return store.add_draft(work, actor, seen.course_id, content, at=clock.now())


def _desk(work: Work, course: Course, version: Version) -> Desk:
    return Desk(course.id, course.code, version, _published_number(work, course), findings(version.content))


def _card(work: Work, course: Course, language: str) -> StudioCard:
    version = store.latest(work, course.id)
    states = [each.state for each in learning.of_course(work, course.id)]
    return StudioCard(
        course_id=course.id,
        code=course.code,
        title=in_language(version.content.title, language, version.content.language) or course.code,
        number=version.number,
        is_draft=version.is_draft,
        published_number=_published_number(work, course),
        changed_at=version.changed_at,
        enrolled=len(states),
        completed=states.count(EnrolmentState.COMPLETED),
    )


def _published_number(work: Work, course: Course) -> int | None:
    return None if course.published_id is None else store.version(work, course.published_id).number


def _free_code(work: Work, title: str) -> str:
    """Small letters, digits and hyphens; with a number behind it when the plain one is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_CODE].strip("-") or "course"
    number, code = 1, stem
    while not store.code_is_free(work, code):
        number, code = number + 1, f"{stem}-{number + 1}"
    return code
