"""One export: what it says of whom, how it ties to its period, and its approval."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.compensation.domain.life import ExportState
from spm_app.compensation.domain.payroll.entries import Told
from spm_app.compensation.service import agents, payroll
from spm_app.compensation.service.agents import Document
from spm_app.compensation.service.payroll import ExportView
from spm_app.compensation.state.payments import READERS, shown
from spm_app.compensation.state.printing_agent import invoice_document
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of

COLUMNS = (
    Column("number", "compensation.payment.payee_number"),
    Column("name", "compensation.payee"),
    Column("component", "compensation.payment.code"),
    Column("before", "compensation.payment.before", kind="number"),
    Column("now", "compensation.payment.now", kind="number"),
    Column("amount", "compensation.payment.amount", kind="number"),
)


class PaymentState(Listing, rx.State):
    """The export that the address names, with its lines."""

    _columns = COLUMNS
    _file_name = "payroll-lines"

    found: bool = True
    facts: dict[str, str] = {}
    documents: list[dict[str, str]] = []
    may_decide: bool = False
    may_take: bool = False
    _export_id: int = 0

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        self._export_id = number_in(self.router.url.path)
        try:
            read = partial(payroll.one, actor, self._export_id)
            view, all_of, zone = await rx.run_in_thread(lambda: (read(), agents.documents(actor), people.zone()))
        except NotFound:
            self.found, self._export_id = False, 0
            return
        self.found, self.facts = True, {**shown(view, lang, zone), **_ties(view, lang)}
        state = view.export.state
        self.may_decide = state is ExportState.MADE and actor.may(Permission.EXPORT_PAY)
        self.may_take = state is ExportState.APPROVED
        own = [each for each in all_of if each.export_id == self._export_id]
        self.documents = [document_row(each, lang) for each in own]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        if not self._export_id:
            return Answer((), 0)
        lines = list(payroll.one(actor, self._export_id).lines)
        if ask.sort:
            lines.sort(key=lambda each: _order(each, ask.sort), reverse=ask.descending)
        wanted = ask.search.casefold()
        rows = [_row(each) for each in lines if wanted in f"{each.entry.number} {each.entry.name}".casefold()]
        return Answer(rows[ask.offset : ask.offset + ask.size], len(rows))

    @rx.event
    @allow(Role.FINANCE)
    async def decide(self, approved: bool):
        """Let it go, or hold it back."""
        actor, lang = await actor_of(self), await language_of(self)
        await rx.run_in_thread(partial(payroll.decide, actor, self._export_id, approved=approved))
        return [rx.toast.success(say(lang, "compensation.payment.is_decided")), PaymentState.load]

    @rx.event
    @allow(*READERS)
    async def take(self):
        """Download the very bytes that were frozen."""
        actor = await actor_of(self)
        return rx.download(url=await rx.run_in_thread(partial(payroll.download, actor, self._export_id)))


class AgentDocumentsState(rx.State):
    """What an agent invoices against."""

    rows: list[dict[str, str]] = []

    @rx.event
    @allow_signed_in()
    async def load(self):
        """One's own."""
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(agents.documents, actor))
        self.rows = [document_row(each, lang) for each in found if each.payee_id == actor.person_id]

    @rx.event
    @allow_signed_in()
    async def take(self, export_id: int, payee_id: int):
        """Download one of them as a PDF, for who may read it."""
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(agents.document, actor, export_id, PersonId(payee_id)))
        data = await rx.run_in_thread(partial(invoice_document, found, lang))
        return rx.download(data=data, filename=f"{found.number.replace('/', '-')}.pdf")


def document_row(each: Document, lang: str) -> dict[str, str]:
    """One document in a list."""
    return {
        "number": each.number,
        "payee": each.payee,
        "period": words.period(each.period_code, lang),
        "total": words.money(each.total, lang),
        "export_id": str(each.export_id),
        "payee_id": str(int(each.payee_id)),
    }


def _ties(view: ExportView, lang: str) -> dict[str, str]:
    return {
        "period_total": words.money(view.period_total, lang),
        "told": words.money(view.told, lang),
        "left": words.money(view.left, lang),
        "ties": "" if view.left else "yes",
        "digest": view.export.content[:16],
    }


def _row(each: Told) -> dict[str, object]:
    return {
        "number": each.entry.number,
        "name": each.entry.name,
        "component": each.entry.component,
        "before": each.before,
        "now": each.entry.amount,
        "amount": each.amount,
    }


def _order(each: Told, key: str) -> tuple[int, str]:
    amounts = {"before": each.before, "now": each.entry.amount, "amount": each.amount}
    if key in amounts:
        return amounts[key].minor, each.entry.name
    return 0, str(_row(each).get(key, "")).casefold()
