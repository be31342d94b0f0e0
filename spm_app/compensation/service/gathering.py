"""Facts of the other rooms as inputs of a calculation, and what of them could not be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from spm_app.compensation.domain.inputs import Certificate, Inputs, Person, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.rule import fields_of
from spm_app.compensation.domain.times import held_against, since
from spm_app.compensation.domain.value import fields_in
from spm_app.crm import service as crm
from spm_app.kernel.period import Grain, Period
from spm_app.people import service as people
from spm_app.planning import service as planning
from spm_app.training import service as training

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spm_app.compensation.domain.terms import Measure, Plan
    from spm_app.crm.domain.deals import Deal
    from spm_app.infra.db import Work
    from spm_app.kernel.money import Currency, Money
    from spm_app.people.domain.persons import Seat as Place


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is calculated on, and how many deals had no amount or nobody to credit."""

    inputs: Inputs
    without_amount: int
    without_owner: int


def gather(work: Work, plans: Sequence[Plan], period: Period) -> Gathered:
    """Everything that these plans ask about the period: also of the time before it, where a measure is cumulative.

    A quota is given as that of the whole quarter: the calculation cuts it by the days that a payee is in the plan.
    """
    company = people.company(work)
    measures = [(plan, each.measure) for plan in plans for each in (*plan.components, *plan.measures)]
    first = min((since(measure, plan, period, company.calendar) for plan, measure in measures), default=period.start)
    span = Period(min(first, period.start), period.end)
    found = gathered(period, company.currency, crm.closed_in(work, span), people.seats(work, span), quotas={})
    inputs = replace(
        found.inputs,
        transactions=_described(work, found.inputs.transactions, _fields(measures)),
        quotas=_quotas(work, measures, period),
        people=_people(work),
        certificates=_certificates(work, plans, period),
        calendar=company.calendar,
    )
    return replace(found, inputs=inputs)


def _quotas(work: Work, measures: Sequence[tuple[Plan, Measure]], period: Period) -> tuple[Quota, ...]:
    """Those of every quarter that a measure is held against."""
    calendar = people.company(work).calendar
    times = {time for plan, each in measures for time in held_against(each, plan, period, calendar)}
    if not times:
        return ()
    day, end = min(time.start for time in times), max(time.end for time in times)
    quotas: list[Quota] = []
    while day < end:
        quarter = calendar.containing(day, Grain.QUARTER)
        quotas += (
            Quota(int(each.person_id), each.whole_period.minor, "", quarter.start, quarter.end)
            for each in planning.quotas(work, quarter)
        )
        day = quarter.end
    return tuple(quotas)


def _people(work: Work) -> tuple[Person, ...]:
    """Everybody by number and by name, as plans may call them."""
    found = people.persons(work)
    named = [(each, code) for each in found for code in dict.fromkeys((each.external_id, each.name)) if code]
    return tuple(Person(int(each.id), code, each.hired_on) for each, code in named)


def _certificates(work: Work, plans: Sequence[Plan], period: Period) -> tuple[Certificate, ...]:
    """Courses completed by the period's last day, when a gate asks for any."""
    if not any(gate.certificate for plan in plans for part in plan.components for gate in part.pays.gates):
        return ()
    passed = sorted((int(person), code) for person, code in training.certificates(work, period.last_day))
    return tuple(Certificate(person, code, date.min) for person, code in passed)


def _fields(measures: Iterable[tuple[Plan, Measure]]) -> frozenset[str]:
    credits_ = [credit for _, measure in measures for credit in measure.credits]
    return frozenset(name for each in credits_ for name in fields_of(each.when) | fields_in(each.value))


def _described(work: Work, deals: tuple[Transaction, ...], fields: frozenset[str]) -> tuple[Transaction, ...]:
    """The deals with the family of their product, and sector and country of their account, where a plan asks."""
    families = {each.code: each.family for each in crm.products(work)} if "family" in fields else {}
    accounts = {each.name: each for each in crm.customers(work)} if fields & {"segment", "region"} else {}
    if not families and not accounts:
        return deals

    def told() -> Iterator[Transaction]:
        for each in deals:
            account = accounts.get(each.account or "")
            yield replace(
                each,
                family=families.get(each.product or "") or None,
                segment=(account.sector or None) if account else None,
                region=(account.country or None) if account else None,
            )

    return tuple(told())


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
                    each.position_code,
                    each.team_code,
                )
                for each in seats
            ),
            quotas=tuple(Quota(person, amount.minor) for person, amount in sorted(quotas.items())),
        ),
        without_amount=sum(each.amount is None and each.outcome == "won" for each in found if _falls_in(each, period)),
        without_owner=sum(not each.owners for each in usable if _falls_in(each, period)),
    )


def _plain(name: str) -> str:
    """How a plan calls a column that a source brings: `Lead source` is `extra.lead_source`."""
    return "_".join("".join(each if each.isalnum() else " " for each in name.lower()).split())


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
        extra={_plain(name): value for name, value in deal.extra.items()},
        currency=None if deal.amount.currency == currency else deal.amount.currency,
    )


def _falls_in(deal: Deal, period: Period) -> bool:
    return deal.closed_on is not None and deal.closed_on in period


def _name(deal: Deal) -> str:
    """The name that the CRM knows the deal by."""
    return deal.external_id or f"deal-{deal.id}"
