"""Plans: written by one person, approved by another, published and then never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain import life
from spm_app.compensation.domain.checking import check_plan
from spm_app.compensation.domain.plan import Plan, read_plan
from spm_app.compensation.service import members, trying
from spm_app.compensation.store import plans as store
from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.problem import Problem, has_errors
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.compensation.domain.records import Version
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PlanId, PlanVersionId


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with its versions, newest first, and the names of the people in its history."""

    versions: tuple[Version, ...]
    names: dict[int, str]

    @property
    def newest(self) -> Version:
        """The version written last."""
        return self.versions[0]


def plans(actor: Actor) -> tuple[Version, ...]:
    """The newest version of every plan that the actor may read, by plan code.

    A payee reads the published plans of the titles held today; compensation, finance and audit read all.
    """
    with reading() as work:
        found = store.all_versions(work)
        seen = found if actor.may(Permission.READ_PLANS) else _own(work, actor, found)
    newest = {each.plan_code: each for each in seen}
    return tuple(newest[code] for code in sorted(newest))


def plan(actor: Actor, plan_id: PlanId) -> PlanView:
    """One plan with its history. Raises NotFound when there is none that the actor may read."""
    with reading() as work:
        found = store.versions_of(work, plan_id)
        seen = found if actor.may(Permission.READ_PLANS) else _own(work, actor, found)
        names = {int(each.id): each.name for each in people.persons(work)}
    if not seen:
        raise NotFound("compensation.plan_unknown")
    return PlanView(seen, names)


def plan_of(actor: Actor, version_id: PlanVersionId) -> PlanId:
    """Which plan a version belongs to."""
    require(actor, Permission.READ_PLANS)
    with reading() as work:
        return store.version(work, version_id).plan_id


def check(actor: Actor, text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a plan text, or worth a look, without keeping it."""
    require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        return findings_in(work, text)


def save_draft(actor: Actor, text: str, plan_id: PlanId | None = None) -> PlanVersionId:
    """Keep a text as the plan's draft: a new plan when `plan_id` is None, a new version after a published one.

    A text that cannot be read at all is refused with its places; one that reads but has findings is kept, and
    `propose` will refuse it.
    """
    require(actor, Permission.WRITE_PLANS)
    read, problems = read_plan(text)
    if read is None:
        raise InvalidInput("compensation.plan_unreadable", problems)

    with unit_of_work() as work:
        kept = _new_plan(work, read) if plan_id is None else plan_id
        version_id = _write(work, actor, kept, read, text)
        audit.record(work, actor, "plan.saved", f"plan_version:{version_id}", plan=read.code)
    return version_id


def renew(actor: Actor, plan_id: PlanId) -> PlanVersionId:
    """Begin a draft from the words in force; the draft that there is already stays as it stands.

    Raises Conflict while a version is on its way to approval.
    """
    require(actor, Permission.WRITE_PLANS)
    with unit_of_work() as work:
        versions = store.versions_of(work, plan_id)
        if not versions:
            raise NotFound("compensation.plan_unknown")
        newest = versions[0]
        if newest.state is life.VersionState.DRAFT:
            return newest.id
        if newest.published_at is None:
            raise Conflict("compensation.plan_under_way")

        version_id = store.add_version(work, plan_id, newest.text, actor.person_id, clock.now())
        audit.record(work, actor, "plan.saved", f"plan_version:{version_id}", plan=newest.plan_code)
    return version_id


def propose(actor: Actor, version_id: PlanVersionId) -> None:
    """Ask for approval. Raises InvalidInput with every error of the checker."""
    require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        text = store.version(work, version_id).text
        problems = (*findings_in(work, text), *trying.findings(text))
    if has_errors(problems):
        raise InvalidInput("compensation.plan_has_errors", problems)

    with unit_of_work() as work:
        version = store.version(work, version_id)
        if version.text != text:
            raise Conflict("compensation.plan_changed")
        life.step(version.state, life.VersionState.PROPOSED)
        store.set_state(work, version_id, life.VersionState.PROPOSED)
        audit.record(work, actor, "plan.proposed", f"plan_version:{version_id}")


def send_back(actor: Actor, version_id: PlanVersionId) -> None:
    """Back to draft, by the author to go on writing or by the approver who wants a change."""
    if not (actor.may(Permission.WRITE_PLANS) or actor.may(Permission.APPROVE_PLANS)):
        raise NotAllowed("kernel.not_allowed", permission=Permission.WRITE_PLANS.value)
    with unit_of_work() as work:
        version = store.version(work, version_id)
        life.step(version.state, life.VersionState.DRAFT)
        store.set_state(work, version_id, life.VersionState.DRAFT)
        audit.record(work, actor, "plan.sent_back", f"plan_version:{version_id}")


def approve(actor: Actor, version_id: PlanVersionId) -> None:
    """Approve somebody else's plan. Raises Conflict for one's own, or a plan that pays the approver."""
    require(actor, Permission.APPROVE_PLANS)
    with unit_of_work() as work:
        version = store.version(work, version_id)
        life.step(version.state, life.VersionState.APPROVED)
        life.another_person(actor.person_id, [version.author_id])
        if _own(work, actor, (version,), drafts=True):
            raise Conflict("compensation.needs_another_person")

        store.set_approved(work, version_id, actor.person_id, clock.now())
        audit.record(work, actor, "plan.approved", f"plan_version:{version_id}")


def publish(actor: Actor, version_id: PlanVersionId) -> None:
    """Put an approved version in force; its text never changes again."""
    require(actor, Permission.WRITE_PLANS)
    with unit_of_work() as work:
        version = store.version(work, version_id)
        life.step(version.state, life.VersionState.PUBLISHED)
        store.set_published(work, version_id, clock.now())
        audit.record(work, actor, "plan.published", f"plan_version:{version_id}", plan=version.plan_code)


def findings_in(work: Work, text: str) -> tuple[Problem, ...]:
    """What cannot be read in a text, or all that is wrong with the plan that it says."""
    read, problems = read_plan(text)
    return problems if read is None else check_plan(read, people.company(work).calendar)


def _new_plan(work: Work, read: Plan) -> PlanId:
    if store.plan_with_code(work, read.code) is not None:
        raise Conflict("compensation.plan_code_taken", code=read.code)
    return store.add_plan(work, read.code, read.name)


def _write(work: Work, actor: Actor, plan_id: PlanId, read: Plan, text: str) -> PlanVersionId:
    """Into the draft if there is one; a version that is under way or published is followed by a new one."""
    known = store.versions_of(work, plan_id)
    if known and known[0].plan_code != read.code:
        raise Conflict("compensation.plan_code_fixed", code=known[0].plan_code)
    store.rename_plan(work, plan_id, read.name)
    now = clock.now()
    if not known or known[0].published_at is not None:
        return store.add_version(work, plan_id, text, actor.person_id, now)
    if known[0].state is not life.VersionState.DRAFT:
        raise Conflict("compensation.plan_under_way")
    store.change_draft(work, known[0].id, text, actor.person_id, now)
    return known[0].id


def _own(work: Work, actor: Actor, found: tuple[Version, ...], *, drafts: bool = False) -> tuple[Version, ...]:
    """Those that pay the actor by title, position or name; only published ones unless drafts are asked for."""
    shown = [each for each in found if drafts or each.state is life.VersionState.PUBLISHED]
    return tuple(each for each in shown if _pays(work, actor, each.text))


def _pays(work: Work, actor: Actor, text: str) -> bool:
    read, _ = read_plan(text)
    return read is not None and members.holds_for(work, read, actor.person_id)
