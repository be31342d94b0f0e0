"""Facts of the other rooms as inputs of a calculation, and what of them could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import Inputs, Quota, Seat, Share, Transaction
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem

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

    Raises InvalidInput that names every deal in another currency: none is left out in silence.
    """
    found = tuple(deals)
    usable = [each for each in found if each.amount is not None and each.closed_on is not None]
    _refuse_other_money(usable, currency)
    return Gathered(
        inputs=Inputs(
            period=period,
            currency=currency,
            transactions=tuple(_transaction(each) for each in usable),
            shares=tuple(
                Share(_name(each), int(owner.person_id), owner.share_ppm) for each in usable for owner in each.owners
            ),
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


def _refuse_other_money(deals: list[Deal], currency: Currency) -> None:
    problems = [
        Problem(_name(each), "compensation.inputs.deal_other_currency", {"deal": each.name, "currency": currency.code})
        for each in deals
        if each.amount is not None and each.amount.currency != currency
    ]
    if problems:
        raise InvalidInput("compensation.inputs.unusable", problems, n=len(problems))


def _transaction(deal: Deal) -> Transaction:
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
    )


def _name(deal: Deal) -> str:
    """The name that the CRM knows the deal by."""
    return deal.external_id or f"deal-{deal.id}"
