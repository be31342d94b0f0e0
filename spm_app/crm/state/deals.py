"""The list of deals, and one deal with its past."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Deal, Outcome
from spm_app.crm.domain.queries import DealQuery, DealSort, Totals
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import DealId, PersonId, TeamId
from spm_app.kernel.money import Money
from spm_app.kernel.period import Period
from spm_app.kernel.rate import Rate
from spm_app.kernel.rights import Actor
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill

COLUMNS = (
    Column("name", "crm.deal", kind="link"),
    Column("account", "crm.account"),
    Column("product", "crm.product"),
    Column("amount", "crm.amount", kind="number"),
    Column("stage", "crm.stage", kind="pill"),
    Column("owners", "crm.owners", sorts=False),
    Column("closed", "crm.close_day"),
    Column("opened", "crm.opened", shown=False),
    Column("external_id", "crm.external_id", sorts=False, shown=False),
)
TONES = {Outcome.OPEN: "accent", Outcome.WON: "good", Outcome.LOST: "neutral"}


class DealsState(Listing, rx.State):
    """Deals that the person may see."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("outcome", "stage", "product", "owner", "team", "period")
    _file_name: ClassVar[str] = "deals"

    outcomes: list[dict[str, str]] = []
    stages: list[dict[str, str]] = []
    products: list[dict[str, str]] = []
    owners: list[dict[str, str]] = []
    teams: list[dict[str, str]] = []
    periods: list[dict[str, str]] = []
    _known: dict[str, Period] = {}

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(crm.choices, actor))
        self.outcomes = [{"value": each.value, "label": say(lang, f"crm.outcome.{each.value}")} for each in Outcome]
        self.stages = [{"value": stage, "label": stage} for _, stage in found.stages]
        self.products = [{"value": each.code, "label": each.code} for each in found.products]
        self.owners = [{"value": str(each), "label": name} for each, name in found.owners]
        self.teams = [{"value": str(each), "label": name} for each, name in found.teams]
        self.periods = [{"value": each.code, "label": words.period(each, lang)} for each in found.periods]
        self._known = {each.code: each for each in found.periods}

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        page = crm.deals_page(actor, _query(ask, self._known))
        return Answer([_row(each, page.names) for each in page.rows], page.total, foot(page.totals))


class DealState(rx.State):
    """One deal as text."""

    name: str = ""
    found: bool = True
    facts: dict[str, str] = {}
    owners: list[dict[str, str]] = []
    steps: list[dict[str, str]] = []
    extra: list[dict[str, str]] = []

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The deal that the address names."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            file = await rx.run_in_thread(partial(crm.deal, actor, DealId(number_in(self.router.url.path))))
        except NotFound:
            self.found = False
            return
        self.found, self.name = True, file.deal.name
        self.facts = _facts(file.deal, lang)
        self.owners = [
            {
                "name": file.names.get(each.person_id, words.NOTHING),
                "href": f"/people/{each.person_id}",
                "share": words.percent(Rate.from_ppm(each.share_ppm), lang, 2),
            }
            for each in file.deal.owners
        ]
        self.steps = [
            {"stage": each.stage, "outcome": say(lang, f"crm.outcome.{each.outcome}"), "on": words.day(each.on, lang)}
            for each in file.history
        ]
        self.extra = [{"name": name, "value": value} for name, value in file.deal.extra.items()]


def foot(totals: Totals) -> tuple[tuple[str, tuple[Money, ...]], ...]:
    """What is won and what is open among all that was asked for, not only on this page."""
    return (
        ("crm.total.won", totals.amounts[Outcome.WON]),
        ("crm.total.open", totals.amounts[Outcome.OPEN]),
    )


def row_of(deal: Deal) -> dict[str, object]:
    """A deal in a list."""
    return {
        "id": str(deal.id),
        "href": f"/deals/{deal.id}",
        "name": deal.name,
        "account": deal.account_name or None,
        "product": deal.product_code or None,
        "amount": deal.amount,
        "stage": Pill(deal.stage, TONES[deal.outcome]),
        "closed": deal.closed_on or deal.expected_close_on,
        "opened": deal.opened_on,
        "external_id": deal.external_id,
    }


def _row(deal: Deal, names: Mapping[PersonId, str]) -> dict[str, object]:
    return row_of(deal) | {"owners": ", ".join(names.get(each.person_id, "") for each in deal.owners) or None}


def _query(ask: Ask, periods: dict[str, Period]) -> DealQuery:
    chosen, period = ask.filters, periods.get(ask.filters.get("period", ""))
    outcome = chosen.get("outcome", "")
    owner, team = number_in(chosen.get("owner", "")), number_in(chosen.get("team", ""))
    return DealQuery(
        words=ask.search,
        outcome=Outcome(outcome) if outcome in set(Outcome) else None,
        stage=chosen.get("stage", ""),
        owner_id=PersonId(owner) if owner else None,
        team_id=TeamId(team) if team else None,
        product=chosen.get("product", ""),
        closed_from=period.start if period else None,
        closed_to=period.end if period else None,
        sort=DealSort(ask.sort or "closed"),
        descending=ask.descending if ask.sort else True,
        page=ask.page,
        size=ask.size,
    )


def _facts(deal: Deal, lang: str) -> dict[str, str]:
    return {
        "stage": deal.stage,
        "tone": TONES[deal.outcome],
        "outcome": say(lang, f"crm.outcome.{deal.outcome}"),
        "amount": words.money(deal.amount, lang),
        "account": deal.account_name or words.NOTHING,
        "account_href": f"/accounts/{deal.account_id}" if deal.account_id else "",
        "product": deal.product_code or words.NOTHING,
        "opened": words.day(deal.opened_on, lang),
        "expected": words.day(deal.expected_close_on, lang),
        "closed": words.day(deal.closed_on, lang),
        "external_id": deal.external_id,
        "forecast": say(lang, f"crm.forecast.{deal.forecast}"),
    }
