"""What if: open deals of the payee are imagined to be won, and the pay that this would change is said at once."""

from __future__ import annotations

from datetime import date
from functools import partial

import reflex as rx

from spm_app.compensation.service import whatif
from spm_app.compensation.service.whatif import Changed, OpenDeal, Panel, Wish
from spm_app.kernel.errors import NotFound
from spm_app.kernel.money import Money, total
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.amounts import amount_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of

#: More deals than anybody ticks; the rest is reached by the search.
_SHOWN = 50


class WhatIfState(rx.State):
    """The open deals of the statement's payee, those that are ticked, and what they would change."""

    is_open: bool = False
    deals: list[dict[str, str]] = []
    count: str = ""
    search: str = ""
    first_day: str = ""
    last_day: str = ""
    results: list[dict[str, str]] = []
    now: str = ""
    then: str = ""
    more: str = ""
    says: str = ""
    _panel: Panel | None = None
    _typed: dict[int, tuple[str, str]] = {}
    _chosen: list[int] = []

    @rx.event
    @allow_signed_in()
    async def show(self, is_open: bool):
        """Open the panel with the deals as they stand now, or shut it and forget what was tried."""
        self.is_open, self._panel, self._typed, self._chosen, self.search = is_open, None, {}, [], ""
        if not is_open:
            return
        asked = partial(whatif.panel, await actor_of(self), number_in(self.router.url.path))
        try:
            given = await rx.run_in_thread(asked)
        except NotFound:
            self.is_open = False
            return
        self._panel = given
        self.first_day, self.last_day = given.period.start.isoformat(), given.period.last_day.isoformat()
        await self._tell()

    @rx.event
    @allow_signed_in()
    async def find(self, text: str):
        """Show only deals whose name or account has this in it; what is ticked stays."""
        self.search = text[:100]
        await self._tell()

    @rx.event
    @allow_signed_in()
    async def tick(self, deal_id: int):
        """Imagine the deal won, or no longer."""
        known = deal_id in self._chosen
        self._chosen = [each for each in self._chosen if each != deal_id] if known else [*self._chosen, deal_id]
        await self._tell()

    @rx.event
    @allow_signed_in()
    async def set_amount(self, deal_id: int, text: str):
        """Another amount; whoever writes one means the deal to count."""
        self._note(deal_id, amount=text[:30])
        await self._tell()

    @rx.event
    @allow_signed_in()
    async def set_day(self, deal_id: int, text: str):
        """Another day."""
        self._note(deal_id, day=text[:10])
        await self._tell()

    def _note(self, deal_id: int, *, amount: str | None = None, day: str | None = None) -> None:
        known_amount, known_day = self._typed.get(deal_id, ("", ""))
        told = (known_amount if amount is None else amount, known_day if day is None else day)
        self._typed = {**self._typed, deal_id: told}
        if deal_id not in self._chosen:
            self._chosen = [*self._chosen, deal_id]

    async def _tell(self) -> None:
        """The rows, and what the ticked ones would change."""
        given, lang = self._panel, await language_of(self)
        if given is None:
            return
        wanted = [each for each in given.deals if _is_found(each, self.search) or each.id in self._chosen]
        self.count = say(lang, "compensation.what_if.deals", n=len(given.deals))
        self.deals = [self._row(each, given, lang) for each in wanted[:_SHOWN]]
        wishes = [wish for each in given.deals if each.id in self._chosen and (wish := self._wish(each, given))]
        changed = whatif.estimate(given, wishes)
        self.results = [_result(each, lang) for each in changed]
        before = total([each.before for each in changed], given.currency)
        after = total([each.after or each.before for each in changed], given.currency)
        self.now, self.then = words.money(before, lang), words.money(after, lang)
        self.more = _more(after - before, lang)
        self.says = say(lang, "compensation.what_if.says", n=len(wishes), more=after - before)

    def _wish(self, deal: OpenDeal, given: Panel) -> Wish | None:
        """What is imagined; None for an amount or a day that cannot be read."""
        amount, day = self._typed.get(deal.id, ("", ""))
        read = amount_in(amount, given.currency) if amount else Money.from_minor(deal.amount, given.currency)
        try:
            on = date.fromisoformat(day) if day else deal.day
        except ValueError:
            return None
        return None if read is None else Wish(deal.id, read.minor, on)

    def _row(self, deal: OpenDeal, given: Panel, lang: str) -> dict[str, str]:
        amount, day = self._typed.get(deal.id, ("", ""))
        wish, known = self._wish(deal, given), Money.from_minor(deal.amount, given.currency)
        wrong = ""
        if wish is None:
            wrong = say(lang, "compensation.what_if.unreadable")
        elif wish.day not in given.period:
            wrong = say(lang, "compensation.what_if.outside", period=words.period(given.period, lang))
        return {
            "id": str(deal.id),
            "name": deal.name,
            "account": deal.account,
            "chosen": "yes" if deal.id in self._chosen else "",
            "amount": amount or words.number(known.amount, lang, given.currency.digits),
            "day": day or deal.day.isoformat(),
            "wrong": wrong if deal.id in self._chosen else "",
        }


def _is_found(deal: OpenDeal, text: str) -> bool:
    return text.casefold().strip() in f"{deal.name} {deal.account}".casefold()


def _result(each: Changed, lang: str) -> dict[str, str]:
    return {
        "name": each.names.get(lang) or each.names.get("en") or each.code,
        "before": words.money(each.before, lang),
        "after": say(lang, "compensation.what_if.not_here") if each.after is None else words.money(each.after, lang),
        "more": "" if each.after is None else _more(each.after - each.before, lang),
    }


def _more(change: Money, lang: str) -> str:
    """A change with its sign; nothing for none."""
    if not change.minor:
        return ""
    return ("+" if change.minor > 0 else "") + words.money(change, lang)
