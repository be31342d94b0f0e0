"""Badges: one's own, the team's, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.training.domain.words import in_language
from spm_app.training.service.sight import visible_learners
from spm_app.training.service.views import BadgeView
from spm_app.training.store import badges as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.kernel.ids import BadgeId, PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.badge import Badge


def badges_of(actor: Actor, person_id: PersonId) -> tuple[BadgeView, ...]:
    """The badges that a person holds, newest first. Raises NotFound for somebody whom the actor may not see."""
    require(actor, Permission.LEARN)
    with reading() as work:
        reach = visible_learners(work, actor)
        if reach is not None and person_id not in reach:
            raise NotFound("training.no_such_person")
        names = {each.id: each.name for each in people.persons(work)}
        return _views(store.of_people(work, [person_id]), names, actor.language)


def team_badges(actor: Actor) -> tuple[BadgeView, ...]:
    """The badges of everybody else whom the actor may see, newest first; nothing for somebody without a team."""
    require(actor, Permission.LEARN)
    with reading() as work:
        names = {each.id: each.name for each in people.persons(work)}
        found = store.of_people(work, visible_learners(work, actor))
        return _views([each for each in found if each.person_id != actor.person_id], names, actor.language)


def revoke_badge(actor: Actor, badge_id: BadgeId, reason: str) -> None:
    """Take a badge back; it stays on record and is not given again. Raises Conflict when done twice."""
    require(actor, Permission.WRITE_COURSES)
    with unit_of_work() as work:
        person_id = store.revoke(work, badge_id, clock.now())
        audit.record(work, actor, "badge.revoked", f"badge:{badge_id}", person=person_id, reason=reason)
        bus.publish(work, "training", f"person:{person_id}")


def _views(found: Sequence[Badge], names: Mapping[PersonId, str], language: str) -> tuple[BadgeView, ...]:
    return tuple(
        BadgeView(
            badge_id=each.id,
            person_id=each.person_id,
            person=names.get(each.person_id, ""),
            title=in_language(each.title, language),
            course=in_language(each.course_title, language),
            course_id=each.course_id,
            version=each.version,
            issued_at=each.issued_at,
        )
        for each in found
    )
