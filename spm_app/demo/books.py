"""The deals of the demo company, brought in month by month as its CRM would send them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Forecast, Outcome, Owner, StageStep
from spm_app.crm.domain.records import AccountRecord, CrmBatch, DealRecord, ProductRecord
from spm_app.demo import seasons
from spm_app.demo.company import EUR
from spm_app.demo.deals import LOST, WON
from spm_app.demo.market import GOODS
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spm_app.demo.deals import Offer
    from spm_app.demo.diary import Diary
    from spm_app.demo.office import Office

SOURCE = "brezza"
#: A stage says how far a deal may be counted on.
_COUNTED = {"Proposal": Forecast.BEST_CASE, "Negotiation": Forecast.COMMIT}
_OUTCOMES = {WON: Outcome.WON, LOST: Outcome.LOST}
_DAY = timedelta(days=1)


def note_deals(diary: Diary, office: Office) -> None:
    """Note one import a month: first what was there at the beginning, then what was new or had moved on."""
    window = office.company.window
    since = None
    for day in [*seasons.months(window.start, window.last_day), window.end]:
        diary.on(min(day, window.last_day), partial(_import, office, since, day), hour=6)
        since = day


def _import(office: Office, since: date | None, day: date) -> None:
    """Everything that happened before `day` and not before `since`."""
    moved = [each for each in office.company.offers if _has_moved(each, since, day)]
    catalogue = since is None
    batch = CrmBatch(
        products=_products() if catalogue else (),
        accounts=_accounts(office) if catalogue else (),
        deals=tuple(_seen(office, each, day) for each in moved),
    )
    crm.load(office.guide(Role.COMP_ADMIN), batch, source=SOURCE, filename=f"{SOURCE}-{day - _DAY:%Y-%m}.csv")


def _has_moved(offer: Offer, since: date | None, day: date) -> bool:
    return any((since is None or on >= since) and on < day for _, on in offer.steps)


def _products() -> tuple[ProductRecord, ...]:
    return tuple(
        ProductRecord(good.code, good.name, good.code, good.family, Money.of(good.list_price, EUR)) for good in GOODS
    )


def _accounts(office: Office) -> tuple[AccountRecord, ...]:
    return tuple(
        AccountRecord(
            each.key, each.name, each.sector, "IT", extra={"town": each.town, "employees": str(each.employees)}
        )
        for each in office.company.customers
    )


def _seen(office: Office, offer: Offer, day: date) -> DealRecord:
    """The deal as it stood when that day began."""
    steps = [step for step in offer.steps if step[1] < day]
    stage, on = steps[-1]
    outcome = _OUTCOMES.get(stage, Outcome.OPEN)
    is_over = outcome is not Outcome.OPEN
    return DealRecord(
        external_id=offer.key,
        name=f"{offer.customer.name}: {offer.good.name}",
        stage=stage,
        outcome=outcome,
        account=offer.customer.key,
        product=offer.good.code,
        amount=None if offer.amount is None else Money.of(offer.amount, EUR),
        opened_on=offer.opened_on,
        close_on=on if is_over else None,
        expected_close_on=offer.expected_on,
        owners=tuple(Owner(office.ids[key], percent * 10_000) for key, percent in offer.owners),
        forecast=_COUNTED.get(stage),
        history=tuple(_history(steps)),
        extra={"quantity": str(offer.quantity)} | ({"reason": offer.reason} if is_over and offer.reason else {}),
    )


def _history(steps: list[tuple[str, date]]) -> Iterator[StageStep]:
    for stage, on in steps:
        yield StageStep(stage, _OUTCOMES.get(stage, Outcome.OPEN), on)
