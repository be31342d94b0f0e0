"""What the company of this suite sells, aims for and pays: every figure and every word belongs to one person alone.

A figure that turns up in an answer thereby says whose it is.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.service import adjustments, dispute_desk, disputes, periods, plans, runs, statements
from spm_app.compensation.service.adjustments import Proposal
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome, Owner
from spm_app.crm.domain.records import AccountRecord, CrmBatch, DealRecord, ProductRecord
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.money import Money
from spm_app.kernel.period import Grain
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spm_app.compensation.service.statements import Head
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.period import Period

PLAN = """\
code: quill
name: Quill
currency: EUR
effective: {from: 2024-01-01}
eligibility: {titles: [REP]}
period: quarter
rounding: half_up
components:
  - code: sales
    name: {en: Sales, it: Vendite}
    credit: {when: "outcome = 'won'", to: owner}
    rate_table:
      over: attainment
      kind: marginal
      bands:
        - {from: 0 %, to: 100 %, rate: 7.3 %}
        - {from: 100 %, rate: 9.1 %}
"""
#: Of each seller, in the order of their numbers: the first of everybody, then the second of everybody.
DEALS = ("won", "sold", "past", "gone", "open", "hope")

_FILE = re.compile(r"base64,([A-Za-z0-9+/=]+)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?:[.,'\u2019\u00a0\u202f ]|\\u00a0|\\u202f|\\u2019)(?=\d)")


@dataclass(frozen=True, slots=True)
class Canary:
    """Something of one person. `kind` says who else may hear it: pay, statement, quota or deal."""

    person_id: PersonId
    kind: str
    word: str


def plainly(said: str) -> str:
    """What was said, with files opened and the signs between digits taken out, as every language writes them."""
    files = (base64.b64decode(each).decode(errors="replace") for each in _FILE.findall(said))
    return _BETWEEN_DIGITS.sub("", "\n".join([said, *files]))


@dataclass(frozen=True, slots=True)
class _Hands:
    """Who does what in the books; nobody approves their own."""

    admin: Actor
    finance: Actor


def fill(held: Mapping[Role, PersonId], sellers: Sequence[PersonId]) -> tuple[Canary, ...]:
    """Sell, plan, calculate, ask and adjust; what each person must find nowhere but at home."""
    hands = _Hands(_acts(held, Role.COMP_ADMIN), _acts(held, Role.FINANCE))
    with reading() as work:
        calendar = people.company(work).calendar
        today = calendar.day_of(clock.now())
    period = calendar.containing(today, Grain.QUARTER)
    _sell(hands, sellers, period)
    _aim(hands, period)
    _publish(hands)
    runs.calculate_period(hands.admin, period.code)
    return (*_pay(), *_deals(sellers), *_paid(hands, sellers, period), *_quotas(hands, period))


def _acts(held: Mapping[Role, PersonId], role: Role) -> Actor:
    return Actor(held[role], f"Holder {role.value}", frozenset({role}))


def _amount(at: int, part: int) -> Money:
    """Seven figures, the like of which stands nowhere else."""
    return Money.of(f"{3_100_000 + part * 170_000 + at * 3_719}.{10 + at}")


def _sell(hands: _Hands, sellers: Sequence[PersonId], period: Period) -> None:
    """Each won two deals a year ago and two in this quarter, and has two open: no sum is the amount of a single one."""
    then = period.start - timedelta(days=365)
    deals = [
        DealRecord(
            f"{name}{at}",
            name=_deal_name(name, at),
            stage="Won" if day else "Talks",
            outcome=Outcome.WON if day else Outcome.OPEN,
            account=f"A{at}",
            product="GTX",
            amount=_amount(at, part),
            opened_on=(day or period.start) - timedelta(days=40),
            close_on=day,
            owners=(Owner(person_id),),
        )
        for part, (name, day) in enumerate(
            zip(DEALS, [period.start, period.start, then, then, None, None], strict=True)
        )
        for at, person_id in enumerate(sellers, 1)
    ]
    accounts = tuple(AccountRecord(f"A{at}", name=_account_name(at)) for at, _ in enumerate(sellers, 1))
    batch = CrmBatch(products=(ProductRecord("GTX", "GTX"),), accounts=accounts, deals=tuple(deals))
    loaded = crm.load(hands.admin, batch, "test")
    assert not loaded.findings, loaded.findings


def _deal_name(name: str, at: int) -> str:
    return f"Kestrel {name} {at:03d}x"


def _account_name(at: int) -> str:
    return f"Heron Mills {at:03d}x"


def _aim(hands: _Hands, period: Period) -> None:
    goal = planning.create_goal(hands.admin, NewGoal(str(period.start.year), Money.of("48123456.78")))
    planning.step(hands.admin, goal, "propose")
    planning.step(hands.finance, goal, "approve")
    planning.step(hands.admin, goal, "publish")


def _publish(hands: _Hands) -> None:
    version = plans.save_draft(hands.admin, PLAN)
    plans.propose(hands.admin, version)
    plans.approve(hands.finance, version)
    plans.publish(hands.admin, version)


def _pay() -> Iterator[Canary]:
    with reading() as work:
        period = people.company(work).calendar.containing(clock.now().date(), Grain.YEAR)
        for person_id, timeline in people.pay_of(work, period).items():
            pay = timeline.steps[-1].value
            yield from (Canary(person_id, "pay", _digits(each)) for each in (pay.base, pay.target_incentive))


def _deals(sellers: Sequence[PersonId]) -> Iterator[Canary]:
    for at, person_id in enumerate(sellers, 1):
        yield Canary(person_id, "deal", _account_name(at))
        for part, name in enumerate(DEALS):
            yield Canary(person_id, "deal", _deal_name(name, at))
            yield Canary(person_id, "deal", _digits(_amount(at, part)))


def _paid(hands: _Hands, sellers: Sequence[PersonId], period: Period) -> Iterator[Canary]:
    """What was earned, with a question and an adjustment that have words and a figure of their own."""
    for at, person_id in enumerate(sellers, 1):
        asks = Actor(person_id, f"Seller {at}", frozenset({Role.REP}))
        (mine,) = statements.statements(asks, own=True)
        asked = disputes.raise_dispute(asks, mine.statement.id, "rate", f"osprey {at:03d}x")
        dispute_desk.attach(asks, asked, f"dunlin {at:03d}x.txt", b"x")
        proposed = Proposal(person_id, period.code, _amount(at, len(DEALS)), "correction", f"bittern {at:03d}x")
        adjustments.decide(hands.finance, adjustments.propose(hands.admin, proposed), approved=True)
        words = (f"osprey {at:03d}x", f"dunlin {at:03d}x", f"bittern {at:03d}x", _digits(_amount(at, len(DEALS))))
        yield from (Canary(person_id, "statement", each) for each in words)
    assert periods.period(hands.admin, period.code).pay.run_id is not None
    for each in statements.statements(hands.admin):
        yield from _figures(each)


def _figures(each: Head) -> Iterator[Canary]:
    for amount in (each.statement.earned, each.due):
        yield Canary(each.statement.payee_id, "statement", _digits(amount))


def _quotas(hands: _Hands, period: Period) -> Iterator[Canary]:
    for quota, _ in planning.targets(hands.admin, period):
        yield Canary(quota.person_id, "quota", _digits(quota.amount))


def _digits(amount: Money) -> str:
    """Whole units without any sign between them: what every way of writing the amount has in common."""
    return str(amount.minor // 100)
