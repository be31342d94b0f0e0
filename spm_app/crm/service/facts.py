"""What other modules ask about what is sold, inside their own transaction. Nobody's permission is checked here."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spm_app.crm.store import accounts, deals, imports, past, sales
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from spm_app.crm.domain.deals import Account, Deal, Product, StageStep
    from spm_app.crm.domain.imports import Import
    from spm_app.crm.domain.sales import Sale
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import DealId
    from spm_app.kernel.period import Period


def closed_in(work: Work, period: Period) -> tuple[Deal, ...]:
    """Deals won or lost on a day of the period, in order of that day."""
    return deals.closed_in(work, period)


def opened_in(work: Work, period: Period) -> tuple[Deal, ...]:
    """Deals opened on a day of the period, in order of that day; those whose first day nobody knows are left out."""
    return deals.opened_in(work, period)


def open_deals(work: Work) -> tuple[Deal, ...]:
    """Every deal that is still open."""
    return deals.open_deals(work)


def sales_since(work: Work, day: date) -> tuple[Sale, ...]:
    """Every deal that is open, or was opened or closed on that day or later, as lean as figures need it."""
    return sales.since(work, day)


def pipelines_at(work: Work, known: Iterable[Sale], days: Collection[date]) -> dict[date, tuple[Sale, ...]]:
    """By day, the deals that were open when it ended, each with stage, amount and owners as they stood then.

    `known` are the sales since the first of the days. A stage that was not recorded is empty. An amount that no import
    has changed since is the one known; a deal without a first day counts from the first stage that was recorded.
    """
    zone = ZoneInfo(people.company(work).calendar.zone)
    ends = {day: datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) for day in days}
    return past.pipelines(work, known, ends)


def deal_by_ids(work: Work, ids: Collection[DealId]) -> tuple[Deal, ...]:
    """The deals with these numbers that exist, in order of number."""
    return deals.by_ids(work, ids)


def deals_named(work: Work, names: Collection[str]) -> tuple[Deal, ...]:
    """The deals that their source, or else `deal-` and the number, calls by these names, in order of number."""
    return deals.named(work, names)


def stages_of(work: Work, deal_id: DealId) -> tuple[StageStep, ...]:
    """The stages a deal was in, oldest first."""
    return deals.history(work, deal_id)


def import_names(work: Work, ids: Collection[int]) -> dict[int, str]:
    """The file names of these imports, as far as they exist."""
    return imports.filenames(work, ids)


def products(work: Work) -> tuple[Product, ...]:
    """Every product, by code."""
    return accounts.products(work)


def customers(work: Work) -> tuple[Account, ...]:
    """Every account, by name."""
    return accounts.every(work)


def newest_import(work: Work) -> Import | None:
    """The import that was asked for last, whatever came of it; None before the first."""
    _, rows = imports.page(work, 1, 1)
    return rows[0] if rows else None
