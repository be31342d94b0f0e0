"""Disputing what a statement shows: the payee's own calculation first, if they like, then the question."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import partial

import reflex as rx

from spm_app.compensation.domain.counter import Change, Changed
from spm_app.compensation.service import counters, disputes
from spm_app.compensation.state.dispute import asked, parts, read_amount
from spm_app.compensation.state.forms import field_errors
from spm_app.compensation.state.statement import StatementState
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem
from spm_app.people import service as people
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of

_MILLION, _HUNDRED = 1_000_000, 100
_LONGEST = 20
_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")


class AskingState(rx.State):
    """What is being asked about the open statement; a calculation that was tried travels with the question."""

    what: str = ""
    tried: dict[str, str] = {}
    counted: list[dict[str, str]] = []
    errors: dict[str, str] = {}
    _change: Change | None = None

    @rx.event
    @allow_signed_in()
    async def choose(self, what: str):
        """Which input is wrong; none for a question without a calculation."""
        self.what = what if what in {each.value for each in Changed} else ""
        self.tried, self.counted, self.errors, self._change = {}, [], {}, None

    @rx.event
    @allow_signed_in()
    async def try_it(self, form: dict[str, str]):
        """Calculate with that input; nothing is written."""
        actor, lang = await actor_of(self), await language_of(self)
        page = await self.get_state(StatementState)
        statement_id = page._statement_id
        self.tried, self.counted, self.errors, self._change = {}, [], {}, None
        try:
            currency = await rx.run_in_thread(people.currency)
            change = _change(self.what, form, currency)
            found = await rx.run_in_thread(partial(counters.counted, actor, statement_id, change))
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang)
            return
        self._change, self.tried, self.counted = change, asked(found, lang), parts(found, lang)

    @rx.event
    @allow_signed_in()
    async def send(self, form: dict[str, str]):
        """Dispute the line that is open, or the whole statement; go to where it is answered."""
        actor, lang = await actor_of(self), await language_of(self)
        page = await self.get_state(StatementState)
        ask = partial(disputes.raise_dispute, actor, page._statement_id, form.get("reason", ""))
        line, change = page.why_line or None, self._change
        try:
            number = await rx.run_in_thread(lambda: ask(form.get("text", ""), line, change=change))
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang)
            return None
        self.reset()
        page.asking = page.why_open = False
        return [rx.toast.success(say(lang, "compensation.dispute.raised")), rx.redirect(f"/disputes/{number}")]


def _change(what: str, form: dict[str, str], currency: str) -> Change:
    """What was filled in, of the fields that this kind of change has. Raises InvalidInput at the field."""
    kind = Changed(what) if what in {each.value for each in Changed} else None
    if kind is None:
        raise _refused("what", "reason_unknown")
    has_amount = kind in {Changed.AMOUNT, Changed.QUOTA, Changed.DEAL}
    return Change(
        what=kind,
        transaction=form.get("deal", "").strip()[:200],
        amount=_amount(form, currency) if has_amount else None,
        day=_day(form.get("day", "")) if kind in {Changed.DAY, Changed.DEAL} else None,
        share=_share(form.get("share", "")) if kind is Changed.SHARE else None,
        product=form.get("product", "")[:200] if kind in {Changed.PRODUCT, Changed.DEAL} else "",
    )


def _amount(form: dict[str, str], currency: str) -> Money:
    return read_amount(form.get("amount", "")[:_LONGEST], currency)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _refused("day", "day_missing") from None


def _share(text: str) -> int:
    """A percentage with a comma or a point, in parts per million."""
    typed = _PERCENT.fullmatch(text.strip().removesuffix("%").strip())
    if typed is None:
        raise _refused("share", "share_impossible")
    return round(Fraction(typed[0].replace(",", ".")) * _MILLION / _HUNDRED)


def _refused(at: str, key: str) -> InvalidInput:
    return InvalidInput("compensation.form_has_errors", [Problem(at, f"compensation.problem.{key}")])
