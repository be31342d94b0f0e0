"""Questions on pay: what was asked, what was answered, and what one may answer now."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.service import disputes, periods
from spm_app.compensation.service.disputes import DisputeView
from spm_app.compensation.state.forms import field_errors
from spm_app.kernel.errors import InvalidInput, SpmError
from spm_app.kernel.ids import DisputeId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of

TONES = {DisputeState.ACCEPTED: "good", DisputeState.REJECTED: "bad", DisputeState.WITHDRAWN: "neutral"}


class DisputesState(rx.State):
    """Disputes that the person has a part in, newest first."""

    rows: list[dict[str, str]] = []
    loaded: bool = False
    chosen: int = 0
    said: list[dict[str, str]] = []
    may: list[str] = []
    answer_open: bool = False
    title: str = ""
    periods: list[dict[str, str]] = []
    errors: dict[str, str] = {}

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read them."""
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(disputes.disputes, actor))
        self.rows = [_row(actor, each) for each in found]
        self.loaded = True
        if actor.may(Permission.ANSWER_DISPUTE):
            recent = await rx.run_in_thread(partial(periods.recent, actor))
            self.periods = [{"value": each.code, "label": words.period(each, lang)} for each in recent]

    @rx.event
    @allow_signed_in()
    async def open_one(self, dispute_id: int):
        """Show what was said in one of them."""
        actor, lang = await actor_of(self), await language_of(self)
        view, zone = await rx.run_in_thread(lambda: (disputes.dispute(actor, DisputeId(dispute_id)), people.zone()))
        self.chosen, self.title, self.errors = dispute_id, view.statement.payee_name, {}
        self.may = [each.value for each in disputes.steps(actor, view.dispute)]
        self.said = [
            {
                "who": each.author_name,
                "at": words.instant(each.at, lang, zone),
                "text": each.text,
                "state": say(lang, f"compensation.dispute.{each.state.value}"),
            }
            for each in view.remarks
        ]
        self.answer_open = True

    @rx.event
    @allow_signed_in()
    async def show_answer(self, is_open: bool):
        """Shut the drawer."""
        self.answer_open = is_open

    @rx.event
    @allow_signed_in()
    async def answer(self, form: dict[str, str]):
        """Take the step that the form names, with its words."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            await rx.run_in_thread(partial(_take, actor, DisputeId(self.chosen), form))
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang) or {"text": say_error(lang, refusal)}
            return None
        self.answer_open = False
        return [rx.toast.success(say(lang, "compensation.dispute.answered")), DisputesState.load]


def _take(actor: Actor, dispute_id: DisputeId, form: dict[str, str]) -> None:
    text = form.get("text", "")
    match form.get("step", ""):
        case DisputeState.WITH_COMPENSATION.value:
            disputes.forward(actor, dispute_id, text)
        case DisputeState.REJECTED.value:
            disputes.reject(actor, dispute_id, text)
        case DisputeState.WITHDRAWN.value:
            disputes.withdraw(actor, dispute_id, text)
        case DisputeState.ACCEPTED.value:
            amount = _amount(form.get("amount", ""), people.currency())
            disputes.accept(actor, dispute_id, text, form.get("period", ""), amount)
        case _:
            raise InvalidInput("compensation.form_has_errors")


def _amount(text: str, currency: str) -> Money:
    """What was typed as an amount of the company's money. Raises InvalidInput at the field."""
    try:
        return Money.of(text.strip().replace(",", "."), Currency(currency)).rounded()
    except (SpmError, ArithmeticError, ValueError) as refusal:
        raise InvalidInput(
            "compensation.form_has_errors", [Problem("amount", "compensation.problem.amount_unreadable")]
        ) from refusal


def _row(actor: Actor, each: DisputeView) -> dict[str, str]:
    found, lang = each.dispute, actor.language
    return {
        "id": str(found.id),
        "payee": each.statement.payee_name,
        "period": words.period(each.statement.period_code, lang),
        "about": each.line.transaction if each.line else say(lang, "compensation.dispute.whole"),
        "amount": words.money(each.line.amount if each.line else each.statement.earned, lang),
        "reason": say(lang, f"compensation.reason.{found.reason}"),
        "state": say(lang, f"compensation.dispute.{found.state.value}"),
        "tone": TONES.get(found.state, "warn"),
        "answers": "yes" if disputes.steps(actor, found) else "",
        "href": f"/statements/{found.statement_id}",
    }
