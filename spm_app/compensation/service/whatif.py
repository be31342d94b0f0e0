"""What if these open deals were won: a payee's own, with any amount on any day. Nothing is written.

Everything is asked once (`panel`); after that each estimate is arithmetic on what was kept with the statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.curve import earned_with, is_plain
from spm_app.compensation.domain.holds import holds
from spm_app.compensation.domain.measures import DatedBy, To
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.domain.proof.verify_proof import largest_remainders
from spm_app.compensation.domain.rule import fields_of
from spm_app.compensation.domain.terms import WHOLE
from spm_app.compensation.domain.value import AMOUNT
from spm_app.compensation.service import statements
from spm_app.crm import service as crm
from spm_app.infra.db import reading
from spm_app.kernel.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from spm_app.compensation.domain.records import ComponentResult, Version
    from spm_app.compensation.domain.terms import Component, Plan
    from spm_app.crm.domain.deals import Deal
    from spm_app.kernel.money import Currency
    from spm_app.kernel.period import Period
    from spm_app.kernel.rights import Actor

#: What of an open deal is known here.
_ASKED = frozenset({"outcome", "stage", "product", "account", "amount", "opened_on", "closed_on"})


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """An open deal of the payee. `owners` are person and share; `fields` is what conditions may ask of it."""

    id: int
    name: str
    account: str
    amount: int
    day: date
    owners: tuple[tuple[int, int], ...]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """A deal that is imagined to be won: for so many minor units, on that day."""

    deal_id: int
    amount: int
    day: date


@dataclass(frozen=True, slots=True)
class Part:
    """A component as it stands. `component` None means that its pay depends on more than can be tried here."""

    code: str
    names: Mapping[str, str]
    derivation: Mapping[str, Any]
    earned: int
    component: Component | None
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that an estimate needs."""

    payee_id: int
    period: Period
    currency: Currency
    deals: tuple[OpenDeal, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a component comes to with the wishes, beside what it comes to now. `after` None: not to be told here."""

    code: str
    names: Mapping[str, str]
    before: Money
    after: Money | None


def panel(actor: Actor, statement_id: int) -> Panel:
    """The payee's open deals and components. Raises NotFound when the statement is none of the actor's business.

    A deal is first imagined on the day on which it is expected, if that lies in the period, else on its last day.
    """
    view = statements.statement(actor, statement_id)
    payee, period = view.head.statement.payee_id, view.pay.period
    currency = view.head.statement.earned.currency
    with reading() as work:
        deals = [
            each
            for each in crm.open_deals(work)
            if any(owner.person_id == payee for owner in each.owners)
            and (each.amount is None or each.amount.currency == currency)
        ]
    parts = tuple(_part(each, view.versions.get(int(each.plan_version_id))) for each in view.components)
    return Panel(int(payee), period, currency, tuple(_deal(each, period) for each in deals), parts)


def estimate(given: Panel, wishes: Iterable[Wish]) -> tuple[Changed, ...]:
    """Each component with these deals won, in the order of the statement."""
    known = {each.id: each for each in given.deals}
    won = [(known[each.deal_id], each) for each in wishes if each.deal_id in known and each.day in given.period]
    return tuple(_changed(part, won, given) for part in given.parts)


def _changed(part: Part, won: list[tuple[OpenDeal, Wish]], given: Panel) -> Changed:
    before = Money.from_minor(part.earned, given.currency)
    if part.component is None:
        return Changed(part.code, part.names, before, None)
    credits_ = [each for deal, wish in won for each in _credit(part, deal, wish, given.payee_id)]
    after = earned_with(part.derivation, credits_) if credits_ else part.earned
    return Changed(part.code, part.names, before, Money.from_minor(after, given.currency))


def _credit(part: Part, deal: OpenDeal, wish: Wish, payee_id: int) -> list[int]:
    """The payee's part of the deal, cut among its owners as a calculation does; nothing when it does not count."""
    assert part.component is not None and part.days is not None  # noqa: S101, PT018 - `_changed` has looked
    first, past = part.days
    fields = {**deal.fields, "amount": wish.amount, "closed_on": wish.day, "outcome": "won"}
    if part.component.credit.to is not To.OWNER or not first <= wish.day < past:
        return []
    if not holds(part.component.credit.when, fields):
        return []
    parts = largest_remainders([Fraction(wish.amount * share, WHOLE) for _, share in deal.owners], wish.amount)
    return [cut for (person, _), cut in zip(deal.owners, parts, strict=True) if person == payee_id]


def _part(result: ComponentResult, version: Version | None) -> Part:
    plan = read_plan(version.text)[0] if version else None
    component = None if plan is None else _component(plan, result)
    names = result.derivation.get("name", {})
    days = None if plan is None else (plan.start, plan.end or plan.start.max)
    return Part(result.component, names, result.derivation, result.earned.minor, component, days)


def _component(plan: Plan, result: ComponentResult) -> Component | None:
    """The plan's component when the whole of what it earns is its table over its own credits."""
    found = next((each for each in plan.components if each.code == result.component), None)
    if found is None or not is_plain(result.derivation) or result.derivation["part"]:
        return None
    own = found.measure.credits[0]
    simple = own.value == AMOUNT and own.dated_by is DatedBy.CLOSED_ON and own.share == WHOLE
    simple = simple and fields_of(own.when) <= _ASKED
    return found if simple and len(found.measure.credits) == 1 and own.to in {To.OWNER, To.MANAGER} else None


def _deal(deal: Deal, period: Period) -> OpenDeal:
    hoped = deal.expected_close_on
    return OpenDeal(
        id=int(deal.id),
        name=deal.name or deal.external_id,
        account=deal.account_name,
        amount=0 if deal.amount is None else deal.amount.minor,
        day=hoped if hoped is not None and hoped in period else period.last_day,
        owners=tuple(sorted((int(each.person_id), each.share_ppm) for each in deal.owners)),
        fields={
            "stage": deal.stage or None,
            "product": deal.product_code or None,
            "account": deal.account_name or None,
            "opened_on": deal.opened_on,
        },
    )
