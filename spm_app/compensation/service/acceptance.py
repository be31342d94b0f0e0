"""Payees agree to the plan that holds for them: each to the newest published words, on screen, once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import VersionState
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.service.members import members
from spm_app.compensation.store import acceptances
from spm_app.compensation.store import plans as store
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.infra.mail import Mail, send
from spm_app.infra.settings import settings
from spm_app.kernel.errors import NotFound
from spm_app.kernel.period import Grain
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from spm_app.compensation.domain.records import Version
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, PlanId, PlanVersionId


@dataclass(frozen=True, slots=True)
class Asked:
    """A published version that holds for the actor, what stood before it, and when the actor agreed (None: not yet)."""

    version: Version
    before: Version | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a member of the plan has agreed to its newest published version."""

    person_id: PersonId
    name: str
    email: str
    language: str
    at: datetime | None


def waiting(actor: Actor) -> tuple[Version, ...]:
    """Published plans that pay the actor this year and that the actor has not agreed to yet, by plan code."""
    with reading() as work:
        given = acceptances.of_person(work, actor.person_id)
        newest = {each.plan_code: each for each in store.published(work)}
        found = [each for each in newest.values() if each.id not in given]
        return tuple(each for each in found if _pays(work, each, actor.person_id))


def asked(actor: Actor, plan_id: PlanId) -> Asked | None:
    """What is asked of the actor about a plan; None when its newest published version does not pay the actor."""
    with reading() as work:
        published = [each for each in store.versions_of(work, plan_id) if each.published_at is not None]
        if not published or not _pays(work, published[0], actor.person_id):
            return None
        at = acceptances.of_person(work, actor.person_id).get(published[0].id)
        return Asked(published[0], published[1] if len(published) > 1 else None, at)


def accept(actor: Actor, version_id: PlanVersionId) -> None:
    """Agree to the words of a version. Raises NotFound unless it is the newest published one and pays the actor."""
    with unit_of_work() as work:
        version = store.version(work, version_id)
        published = [each for each in store.versions_of(work, version.plan_id) if each.published_at is not None]
        if not published or published[0].id != version_id or not _pays(work, version, actor.person_id):
            raise NotFound("compensation.plan_unknown")
        if version_id in acceptances.of_person(work, actor.person_id):
            return

        digest = hashlib.sha256(version.text.encode()).hexdigest()
        acceptances.add(work, version_id, actor.person_id, text_hash=digest, at=clock.now())
        audit.record(work, actor, "plan.accepted", f"plan_version:{version_id}", plan=version.plan_code)
        bus.publish(work, "plans")


def answers(actor: Actor, plan_id: PlanId) -> tuple[Answer, ...]:
    """Every member of the newest published version, by name, with when they agreed; nothing before publication."""
    if not actor.may(Permission.APPROVE_PLANS):
        require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        return _answers(work, plan_id)


def remind(actor: Actor, plan_id: PlanId, words: Callable[[str, str, str], tuple[str, str]]) -> int:
    """Write to everybody who has not agreed yet; how many that were.

    `words` gives subject and text in a language, for the plan's name and its address.
    """
    require(actor, Permission.WRITE_PLANS)
    with unit_of_work() as work:
        late = [each for each in _answers(work, plan_id) if each.at is None and each.email]
        if not late:
            return 0
        version = next(each for each in store.versions_of(work, plan_id) if each.published_at is not None)
        audit.record(work, actor, "plan.reminded", f"plan_version:{version.id}", plan=version.plan_code)
    for each in late:
        subject, text = words(each.language, version.plan_name, f"{settings().origin}/plans/{plan_id}")
        send(Mail(each.email, subject, text))
    return len(late)


def _answers(work: Work, plan_id: PlanId) -> tuple[Answer, ...]:
    published = [each for each in store.versions_of(work, plan_id) if each.state is VersionState.PUBLISHED]
    plan = read_plan(published[0].text)[0] if published else None
    if plan is None:
        return ()
    given = acceptances.of_version(work, published[0].id)
    persons = {each.id: each for each in people.persons(work)}
    year = people.company(work).calendar.containing(people.today(work), Grain.YEAR)
    inside = dict.fromkeys(each.person_id for each in members(work, plan, year))
    known = (persons[each] for each in inside)
    return tuple(Answer(each.id, each.name, each.email, each.language, given.get(each.id)) for each in known)


def _pays(work: Work, version: Version, person_id: PersonId) -> bool:
    """Whether the version pays the person on a day of this year."""
    plan, _ = read_plan(version.text)
    year = people.company(work).calendar.containing(people.today(work), Grain.YEAR)
    return plan is not None and bool(members(work, plan, year, person_id))
