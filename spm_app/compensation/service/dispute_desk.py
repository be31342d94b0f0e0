"""What lies beside a dispute and around all of them: files, who has it in hand, days, and what they tell together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain import attachments, deadlines, life
from spm_app.compensation.domain.deadlines import Asked, Policy, Tally
from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.domain.records import Attachment
from spm_app.compensation.service import disputes, naming, sight
from spm_app.compensation.store import dispute_desk as store
from spm_app.compensation.store import disputes as questions
from spm_app.compensation.store import statements
from spm_app.infra import audit, bus, clock, files, handout
from spm_app.infra.db import reading, unit_of_work
from spm_app.infra.handout import Handout
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, Role, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.compensation.domain.records import Dispute
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import DisputeId, PersonId

_MOST_DAYS = 60
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Statistics:
    """All disputes in figures. `per_hundred` is how many there are for each hundred statements that count."""

    whole: Tally
    per_hundred: Fraction | None
    overdue: int
    by_reason: tuple[Tally, ...]
    by_plan: tuple[Tally, ...]
    by_component: tuple[Tally, ...]


def attach(actor: Actor, dispute_id: DisputeId, name: str, content: bytes) -> int:
    """Lay a file beside an open dispute. Raises InvalidInput for what is too large, too many or of another kind."""
    kind = attachments.media_type(name, content)
    with unit_of_work() as work:
        found = disputes.seen(work, actor, dispute_id)
        if not disputes.may_write(actor, found):
            raise NotAllowed("kernel.not_allowed", permission=Permission.ANSWER_DISPUTE.value)
        _check_file(content, kind, len(store.files(work, dispute_id)))

        kept = Attachment(
            id=0,
            dispute_id=dispute_id,
            author_id=actor.person_id,
            author_name=actor.name,
            at=clock.now(),
            name=attachments.plain_name(name),
            media_type=str(kind),
            size=len(content),
            content=files.keep(content),
        )
        file_id = store.add_file(work, kept)
        audit.record(work, actor, "dispute.file_added", f"dispute:{dispute_id}", file=kept.name)
        bus.publish(work, "disputes", str(dispute_id))
    return file_id


def fetch(actor: Actor, dispute_id: DisputeId, file_id: int) -> str:
    """A link to the file for this person alone, for a while; always a download. Raises NotFound."""
    with unit_of_work() as work:
        disputes.seen(work, actor, dispute_id)
        kept = store.file(work, dispute_id, file_id)
        audit.record(work, actor, "dispute.file_taken", f"dispute:{dispute_id}", file=kept.name)
    return handout.link(Handout(kept.content, kept.name, kept.media_type), actor.person_id)


def assign(actor: Actor, dispute_id: DisputeId, to: PersonId) -> None:
    """Give it into somebody's hand. Raises Conflict for a closed one or for who may not answer it."""
    require(actor, Permission.ANSWER_DISPUTE)
    with unit_of_work() as work:
        found = disputes.seen(work, actor, dispute_id)
        if found.state not in life.OPEN_DISPUTE or to not in {each.person_id for each in _able(work, found)}:
            raise Conflict("compensation.dispute_not_for_them")

        questions.move_dispute(work, replace(found, assignee_id=to))
        audit.record(work, actor, "dispute.assigned", f"dispute:{dispute_id}", person=int(to))
        bus.publish(work, "disputes", str(dispute_id))


def able(actor: Actor, dispute_id: DisputeId) -> tuple[Actor, ...]:
    """Who may be given it, by name: those who may read it and answer it where it lies."""
    require(actor, Permission.ANSWER_DISPUTE)
    with reading() as work:
        return _able(work, disputes.seen(work, actor, dispute_id))


def policy(actor: Actor) -> Policy:
    """How long each desk may take."""
    require(actor, Permission.READ_OWN_STATEMENT)
    with reading() as work:
        return store.policy(work)


def set_policy(actor: Actor, wanted: Policy) -> None:
    """Change it for what is asked or moved from now on. Raises InvalidInput for days that cannot be."""
    require(actor, Permission.ANSWER_DISPUTE)
    days = {"manager_days": wanted.manager_days, "compensation_days": wanted.compensation_days}
    problems = [
        Problem(at, "compensation.problem.days_impossible", {"most": _MOST_DAYS})
        for at, each in days.items()
        if not 1 <= each <= _MOST_DAYS
    ]
    if problems:
        raise InvalidInput("compensation.form_has_errors", problems)
    with unit_of_work() as work:
        before = store.policy(work)
        store.set_policy(work, wanted)
        audit.record(work, actor, "dispute.policy_set", "company", before=_plain(before), after=_plain(wanted))


def statistics(actor: Actor) -> Statistics:
    """What was asked, of whom, how it ended and how long it took; for who reads everybody's statement."""
    require(actor, Permission.READ_ALL_STATEMENTS)
    with reading() as work:
        found = questions.disputes(work, None)
        paid = len(statements.current_of(work, None))
        asked = _asked(work, found)
        today = people.today(work)
    return Statistics(
        whole=deadlines.tally("", found),
        per_hundred=Fraction(len(found) * _HUNDRED, paid) if paid else None,
        overdue=sum(deadlines.is_overdue(each, today) for each in found),
        by_reason=deadlines.tallies(asked, "reason"),
        by_plan=deadlines.tallies(asked, "plan"),
        by_component=deadlines.tallies(asked, "component"),
    )


def _check_file(content: bytes, kind: str | None, there: int) -> None:
    if len(content) > attachments.LARGEST:
        raise InvalidInput("compensation.problem.file_too_large", most=attachments.LARGEST // files.MEGABYTE)
    if kind is None:
        raise InvalidInput("compensation.problem.file_kind", kinds=", ".join(sorted(attachments.KINDS)))
    if there >= attachments.MOST:
        raise InvalidInput("compensation.problem.file_too_many", most=attachments.MOST)


def _able(work: Work, found: Dispute) -> tuple[Actor, ...]:
    roles = [Role.COMP_ADMIN]
    if (found.back_to or found.state) is DisputeState.WITH_MANAGER:
        roles.append(Role.MANAGER)
    period = people.company(work).calendar.parse(statements.head(work, found.statement_id, None).period_code)
    known = {each.person_id: each for role in roles for each in people.holders(work, role)}
    fit = [each for each in known.values() if sight.may_read(sight.payees(work, each, period), found.payee_id)]
    return tuple(sorted((each for each in fit if each.person_id != found.payee_id), key=lambda each: each.name))


def _asked(work: Work, found: tuple[Dispute, ...]) -> list[Asked]:
    """Each with its component and plan, where it is about a line."""
    lines = {each.id: statements.line(work, each.line_id) for each in found if each.line_id is not None}
    parts = store.plan_versions(work, frozenset(each.component_id for each in lines.values()))
    plans = {int(each.id): each.plan_name for each in naming.plan_versions(work, {at for at, _ in parts.values()})}
    said: list[Asked] = []
    for each in found:
        version, component = parts[lines[each.id].component_id] if each.id in lines else (0, "")
        said.append(Asked(each, component, plans.get(version, "")))
    return said


def _plain(policy: Policy) -> dict[str, object]:
    return {
        "manager_days": policy.manager_days,
        "compensation_days": policy.compensation_days,
        "blocks": policy.blocks,
    }
