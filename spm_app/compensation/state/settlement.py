"""From earned to paid on a statement: each kind of step with its sum, what stays open, and why a step is what it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import reflex as rx

from spm_app.compensation.domain.explain import Step
from spm_app.compensation.domain.settle.terms import RELEASE
from spm_app.compensation.domain.settle.values import Balance, Did, Entry
from spm_app.compensation.service import statements
from spm_app.compensation.service.statements import StatementView
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Currency, Money
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of

_AT_ONCE = 20


class SettlementState(rx.State):
    """The way from earned to paid of the statement that the address names."""

    steps: list[dict[str, str]] = []
    kept: list[dict[str, str]] = []
    codes: list[dict[str, str]] = []
    paid: str = ""
    payment: str = ""
    opened: bool = False
    title: str = ""
    parts: list[dict[str, str]] = []
    more: bool = False
    kind: str = ""
    page: int = 1

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read it; nothing is shown where everything earned is simply paid."""
        actor, lang = await actor_of(self), await language_of(self)
        self.opened, self.steps, self.kept, self.codes, self.payment = False, [], [], [], ""
        try:
            view = await rx.run_in_thread(partial(statements.statement, actor, number_in(self.router.url.path)))
        except NotFound:
            return
        self._show(view, lang)

    def _show(self, view: StatementView, lang: str) -> None:
        found, currency = view.settlement, view.head.statement.earned.currency
        if found is None:
            return
        conversion = found.payment.conversion
        entries = [each for _, each in found.entries]
        self.paid = words.money(Money.from_minor(found.paid, currency), lang)
        if {each.kind for each in entries} - {Did.EARNED} or found.balances or conversion:
            self.steps = [_sum(kind, entries, currency, lang) for kind in Did if kind in {one.kind for one in entries}]
        self.kept = [_kept(each, currency, lang) for each in _together(found.balances)]
        codes: dict[str, int] = {}
        for each in entries:
            codes[each.code] = codes.get(each.code, 0) + each.amount
        if set(codes) != {""}:
            self.codes = [_code(code, minor, currency, lang) for code, minor in codes.items()]
        if conversion is not None:
            own = words.money(Money.from_minor(found.payment.amount, conversion.target), lang)
            self.payment = say(lang, "compensation.settlement.in_own_money", amount=own, rate=_decimal(conversion.rate))

    @rx.event
    @allow_signed_in()
    async def show_kind(self, kind: str, page: int):
        """Open the drawer with the entries of one kind, twenty at a time, each with its steps."""
        actor, lang = await actor_of(self), await language_of(self)
        number = number_in(self.router.url.path)
        view = await rx.run_in_thread(partial(statements.statement, actor, number))
        entries = [each for each in (view.settlement.entries if view.settlement else ()) if each[1].kind.value == kind]
        first = (max(1, page) - 1) * _AT_ONCE
        currency, chosen = view.head.statement.earned.currency, entries[first : first + _AT_ONCE]
        self.parts = [_entry(entry, statements.steps_of(entry, currency), currency, lang) for _, entry in chosen]
        self.kind, self.page, self.more = kind, max(1, page), len(entries) > first + _AT_ONCE
        self.title = say(lang, f"compensation.entry.{kind}") if chosen else ""
        self.opened = bool(chosen)

    @rx.event
    @allow_signed_in()
    async def show(self, is_open: bool):
        """Shut the drawer."""
        self.opened = is_open


def _sum(kind: Did, entries: list[Entry], currency: Currency, lang: str) -> dict[str, str]:
    own = [each for each in entries if each.kind is kind]
    amount = Money.from_minor(sum(each.amount for each in own), currency)
    return {
        "kind": kind.value,
        "label": say(lang, f"compensation.entry.{kind.value}"),
        "what": say(lang, f"compensation.entry_what.{kind.value}"),
        "count": say(lang, "compensation.settlement.entries", n=len(own)),
        "amount": words.money(amount, lang),
    }


def _entry(entry: Entry, steps: tuple[Step, ...], currency: Currency, lang: str) -> dict[str, str]:
    about = " · ".join(each for each in (entry.transaction, entry.component) if each)
    return {
        "about": about or say(lang, "compensation.settlement.whole_plan", plan=entry.plan or "–"),
        "amount": words.money(Money.from_minor(entry.amount, currency), lang),
        "said": " ".join(say(lang, step.key, **step.args) for step in steps),
    }


def _together(balances: tuple[Balance, ...]) -> list[Balance]:
    """Balances that are paid on the same event or day, and are of the same kind, as one."""
    found: dict[tuple[object, ...], list[Balance]] = {}
    for each in balances:
        found.setdefault((each.kind.value, each.until, each.due or each.since), []).append(each)
    return [_joined(group) for _, group in sorted(found.items(), key=lambda one: tuple(map(str, one[0])))]


def _joined(group: list[Balance]) -> Balance:
    return replace(group[0], amount=sum(each.amount for each in group), whole=len(group))


def _kept(balance: Balance, currency: Currency, lang: str) -> dict[str, str]:
    amount = Money.from_minor(balance.amount, currency)
    return {
        "label": say(lang, f"compensation.kept.{balance.kind.value}"),
        "amount": words.money(amount, lang),
        "when": _when(balance, lang),
        "tone": "warn" if balance.kind.is_debt else "neutral",
        "count": say(lang, "compensation.settlement.entries", n=balance.whole),
    }


def _when(balance: Balance, lang: str) -> str:
    """When it will be paid, or taken."""
    if balance.due is not None:
        key = "recovered_from" if balance.kind.is_debt else "paid_from"
        return say(lang, f"compensation.kept.{key}", day=balance.due)
    if balance.until in {"invoiced", "paid", RELEASE}:
        return say(lang, f"compensation.kept.until_{balance.until}")
    if balance.until:
        return say(lang, "compensation.kept.until_event", event=balance.until)
    return say(lang, f"compensation.kept.when_{balance.kind.value}")


def _code(code: str, minor: int, currency: Currency, lang: str) -> dict[str, str]:
    name = code or say(lang, "compensation.settlement.no_code")
    return {"code": name, "amount": words.money(Money.from_minor(minor, currency), lang)}


def _decimal(rate: Fraction) -> Decimal:
    """The rate with six decimals, as a person reads it; the exact one is kept."""
    return round(Decimal(rate.numerator) / Decimal(rate.denominator), 6)
