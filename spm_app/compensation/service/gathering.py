"""Facts of the other rooms as inputs of a calculation, and what of them could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import Inputs, Quota, Seat, Share, Transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spm_app.crm.domain.deals import Deal
    from spm_app.kernel.money import Currency, Money
    from spm_app.kernel.period import Period
    from spm_app.people.domain.persons import Seat as Place


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is calculated on, and how many deals had no amount or nobody to credit."""

    inputs: Inputs
    without_amount: int
    without_owner: int


def gathered(
    period: Period, currency: Currency, deals: Iterable[Deal], seats: Iterable[Place], *, quotas: Mapping[int, Money]
) -> Gathered:
    """Deals closed in the period with their owners, who sat where, and what each was to reach.

    A deal in other money says so: the calculation turns it into the company's, or names it when there is no rate.
    """
    found = tuple(deals)
    usable = [each for each in found if each.amount is not None and each.closed_on is not None]
    return Gathered(
        inputs=Inputs(
            period=period,
            currency=currency,
            transactions=tuple(transaction_of(each, currency) for each in usable),
            shares=tuple(share for each in usable for share in shares_of(each)),
            seats=tuple(
                Seat(
                    int(each.person_id),
                    each.title_code,
                    None if each.manager_id is None else int(each.manager_id),
                    each.start,
                    each.end,
                )
                for each in seats
            ),
            quotas=tuple(Quota(person, amount.minor) for person, amount in sorted(quotas.items())),
        ),
        without_amount=sum(each.amount is None and each.outcome == "won" for each in found),
        without_owner=sum(not each.owners for each in usable),
    )


def shares_of(deal: Deal) -> tuple[Share, ...]:
    """Whose the deal is, and how much of it."""
    return tuple(Share(_name(deal), int(owner.person_id), owner.share_ppm) for owner in deal.owners)


def transaction_of(deal: Deal, currency: Currency) -> Transaction:
    """A deal with an amount and a day as a transaction; `currency` is the plans'."""
    assert deal.amount is not None and deal.closed_on is not None  # noqa: S101, PT018 - `gathered` has looked
    return Transaction(
        id=_name(deal),
        day=deal.closed_on,
        amount=deal.amount.minor,
        outcome=deal.outcome.value,
        stage=deal.stage or None,
        product=deal.product_code or None,
        account=deal.account_name or None,
        opened_on=deal.opened_on,
        deal_id=int(deal.id),
        currency=None if deal.amount.currency == currency else deal.amount.currency,
    )


def _name(deal: Deal) -> str:
    """The name that the CRM knows the deal by."""
    return deal.external_id or f"deal-{deal.id}"
