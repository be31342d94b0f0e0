"""What agents invoice against: a numbered document for each approved export that names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import ExportState
from spm_app.compensation.store import payroll as store
from spm_app.infra import audit
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Money, total
from spm_app.kernel.rights import Actor, Permission
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Document:
    """A statement to invoice against: lines by component, and what they come to. Its number never changes."""

    number: str
    export_id: int
    payee_id: PersonId
    payee_number: str
    payee: str
    company: str
    period_code: str
    at: datetime
    lines: tuple[tuple[str, Money], ...]

    @property
    def total(self) -> Money:
        """What to put on the invoice."""
        return total((amount for _, amount in self.lines), self.lines[0][1].currency)


def documents(actor: Actor) -> tuple[Document, ...]:
    """One's own, newest first; everybody's for who reads exports."""
    with reading() as work:
        return tuple(each for each in _all(work) if _may(actor, each))


def document(actor: Actor, export_id: int, payee_id: PersonId) -> Document:
    """One of them, taken away. Raises NotFound when there is none, or none of the actor's business."""
    with unit_of_work() as work:
        found = [each for each in _all(work) if (each.export_id, each.payee_id) == (export_id, payee_id)]
        if not found or not _may(actor, found[0]):
            raise NotFound("compensation.payroll.document_unknown")
        audit.record(work, actor, "payroll.document_taken", f"payroll:{export_id}", payee=int(payee_id))
    return found[0]


def _may(actor: Actor, found: Document) -> bool:
    return found.payee_id == actor.person_id or actor.may(Permission.READ_PAY_EXPORTS)


def _all(work: Work) -> Iterator[Document]:
    company = people.company(work).name
    for export in store.exports(work):
        if export.state is not ExportState.APPROVED or export.decided_at is None:
            continue
        told = [each for each in store.lines(work, export) if each.entry.is_agent]
        payees = dict.fromkeys(each.entry.payee_id for each in told)
        for at, payee in enumerate(payees, 1):
            own = [each for each in told if each.entry.payee_id == payee]
            yield Document(
                number=f"{export.period_code}/{export.id}/{at}",
                export_id=export.id,
                payee_id=payee,
                payee_number=own[0].entry.number,
                payee=own[0].entry.name,
                company=company,
                period_code=export.period_code,
                at=export.decided_at,
                lines=tuple((each.entry.component, each.amount) for each in own),
            )
