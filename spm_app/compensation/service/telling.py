"""Who hears of a dispute's steps, by mail. Letters name no amount: they lead to the page, which asks who comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain import deadlines
from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.store import dispute_desk, statements
from spm_app.compensation.store import disputes as store
from spm_app.infra import jobs
from spm_app.infra.db import reading, unit_of_work
from spm_app.infra.settings import settings
from spm_app.kernel.ids import DisputeId, PersonId
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.compensation.domain.records import Dispute
    from spm_app.infra.db import Work

#: The kind of job that writes the letters.
JOB = "compensation.dispute_letters"
_NOBODY = Actor(PersonId(0), "Traguardo", frozenset())


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, in which language, about which dispute, and where it is read."""

    to: str
    language: str
    number: DisputeId
    event: str
    link: str


def tell(work: Work, actor: Actor, dispute: Dispute, event: str) -> None:
    """Have letters written about what has just happened, to everybody whom it concerns but the one who did it."""
    concerned = [dispute.payee_id, *_desk(work, dispute)]
    _submit(work, actor, dispute.id, event, [each for each in concerned if each != actor.person_id])


def letters(dispute_id: DisputeId, event: str, to: Iterable[int]) -> tuple[Letter, ...]:
    """The letters of one event; who has no address, or has left, gets none."""
    link = f"{settings().origin}/disputes/{dispute_id}"
    wanted = set(to)
    with reading() as work:
        today = people.today(work)
        found = [each for each in people.persons(work) if each.id in wanted and each.email and each.works_on(today)]
    return tuple(Letter(each.email, each.language, dispute_id, event, link) for each in found)


def remind() -> int:
    """Tell each desk, once a day, what it should have answered by now. How many disputes are late."""
    with unit_of_work() as work:
        today = people.today(work)
        found = [store.dispute(work, each) for each in dispute_desk.to_remind(work, today)]
        late = [each for each in found if deadlines.is_overdue(each, today)]
        for each in late:
            dispute_desk.reminded(work, each.id, today)
            _submit(work, _NOBODY, each.id, "overdue", _desk(work, each))
    return len(late)


def _submit(work: Work, actor: Actor, dispute_id: DisputeId, event: str, to: Iterable[PersonId]) -> None:
    concerned = sorted({int(each) for each in to})
    if concerned:
        jobs.submit(work, actor, JOB, dispute=int(dispute_id), event=event, to=concerned)


def _desk(work: Work, dispute: Dispute) -> list[PersonId]:
    """Whose turn it is: who has it in hand, or else the manager, or all of compensation."""
    if dispute.assignee_id is not None:
        return [dispute.assignee_id]
    match dispute.state:
        case DisputeState.WITH_MANAGER:
            return managers(work, dispute)
        case DisputeState.WITH_COMPENSATION:
            return [each.person_id for each in people.holders(work, Role.COMP_ADMIN)]
        case _:
            return []


def managers(work: Work, dispute: Dispute) -> list[PersonId]:
    """Who led the payee in the disputed period."""
    code = statements.head(work, dispute.statement_id, None).period_code
    period = people.company(work).calendar.parse(code)
    seats = people.seats(work, period, [dispute.payee_id])
    return [each.manager_id for each in seats if each.manager_id is not None]
