"""What finance knows and a settlement asks for: rates of exchange, and what happened to sales after they were won."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.compensation.service import facts
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Actor, Role
from spm_app.ui.catalogue import say, say_problem
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

RATE_COLUMNS = (
    Column("day", "compensation.rates.day", sorts=False),
    Column("source", "compensation.rates.from", sorts=False),
    Column("target", "compensation.rates.to", sorts=False),
    Column("rate", "compensation.rates.rate", kind="number", sorts=False),
    Column("origin", "compensation.rates.origin", sorts=False),
)
EVENT_COLUMNS = (
    Column("transaction", "compensation.events.deal", sorts=False),
    Column("kind", "compensation.events.kind", sorts=False),
    Column("day", "compensation.events.day", sorts=False),
    Column("part", "compensation.events.part", kind="number", sorts=False),
    Column("state", "compensation.events.state", kind="detail", sorts=False),
)
#: Refused rows that the screen names.
_SHOWN = 50


class RatesState(Listing, rx.State):
    """Rates of exchange, the newest first."""

    _columns: ClassVar[tuple[Column, ...]] = RATE_COLUMNS
    _file_name: ClassVar[str] = "rates"

    said: str = ""
    wrong: list[str] = []

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found, count = facts.rates_page(actor, page=ask.page, size=ask.size)
        rows = [
            {
                "day": each.day,
                "source": each.source.code,
                "target": each.target.code,
                "rate": round(Decimal(each.rate.numerator) / Decimal(each.rate.denominator), 6),
                "origin": each.origin,
            }
            for each in found
        ]
        return Answer(rows, count)

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def take(self, files: list[rx.UploadFile]):
        """Take a file in, all of it or nothing."""
        lang = await language_of(self)
        self.said, self.wrong = await _entered(await actor_of(self), files, facts.enter_rates, lang)
        return type(self).load


class EventsState(Listing, rx.State):
    """What happened to sales, the newest first."""

    _columns: ClassVar[tuple[Column, ...]] = EVENT_COLUMNS
    _file_name: ClassVar[str] = "events"

    said: str = ""
    wrong: list[str] = []
    asking: bool = False
    chosen_event: int = 0

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found, count = facts.events_page(actor, words=ask.search, page=ask.page, size=ask.size)
        lang = actor.language
        rows = [
            {
                "id": str(each.id),
                "transaction": each.event.transaction or say(lang, "compensation.events.every"),
                "kind": each.event.kind,
                "day": each.event.day,
                "part": facts.part_of(each),
                "state": say(lang, f"compensation.events.{'withdrawn' if each.withdrawn else 'counts'}"),
            }
            for each in found
        ]
        return Answer(rows, count)

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def take(self, files: list[rx.UploadFile]):
        """Take a file in, all of it or nothing."""
        lang = await language_of(self)
        self.said, self.wrong = await _entered(await actor_of(self), files, facts.enter_events, lang)
        return type(self).load

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def open_row(self, event_id: int):
        """Ask whether the event is to be withdrawn."""
        self.chosen_event, self.asking = event_id, True

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def ask_no_more(self, is_open: bool):
        """Shut the question."""
        self.asking = is_open

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def withdraw(self):
        """It was a mistake and counts no more."""
        self.asking = False
        await rx.run_in_thread(partial(facts.withdraw, await actor_of(self), self.chosen_event))
        return type(self).load


async def _entered(
    actor: Actor, files: list[rx.UploadFile], enter: Callable[[Actor, bytes], int], lang: str
) -> tuple[str, list[str]]:
    """How many rows were taken in, or what is wrong with which."""
    if not files:
        return "", []
    content = await files[0].read()
    try:
        count = await rx.run_in_thread(partial(enter, actor, content))
    except InvalidInput as refusal:
        return "", [say_problem(lang, each) for each in list(refusal.problems)[:_SHOWN]]
    return say(lang, "compensation.facts.entered", n=count), []
