"""A company whose sellers are paid by a published plan, with a goal split into quotas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spm_app.compensation.service import plans
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role
from spm_app.planning import service as planning
from spm_app.planning.domain.goal import NewGoal
from tests.crm.builders import Staff, account, deal, hire_staff, product

#: A share of what is won, and the manager's share of what the team wins.
PLAN = """\
code: sellers
name: Sellers
currency: EUR
effective: {from: 2026-01-01}
eligibility: {titles: [REP]}
period: quarter
rounding: half_up
components:
  - code: sales
    name: {en: Sales, it: Vendite}
    credit: {when: "outcome = 'won'", to: owner}
    rate_table:
      kind: marginal
      over: attainment
      bands:
        - {from: 0 %, to: 100 %, rate: 5 %}
        - {from: 100 %, rate: 8 %}
  - code: override
    name: {en: Override, it: Quota di squadra}
    credit: {when: "outcome = 'won'", to: manager, levels: 1}
    rate: 1 %
"""
QUARTER = "2026-Q4"


@dataclass(frozen=True, slots=True)
class Office:
    """`staff` sells; `admin` writes and calculates, `finance` approves, `controller` finalises. None is paid."""

    staff: Staff
    admin: Actor
    finance: Actor
    controller: Actor


def open_office() -> Office:
    """Everything that a calculation needs, in place."""
    staff = hire_staff()
    finance = Actor(PersonId(901), "Fina Finance", frozenset({Role.FINANCE}))
    controller = Actor(PersonId(902), "Carlo Control", frozenset({Role.FINANCE}))
    sell(staff)
    publish(staff.admin, finance, PLAN)
    set_quotas(staff.admin, finance)
    return Office(staff, staff.admin, finance, controller)


def sell(staff: Staff) -> None:
    """The rep won 1,000 alone last year and now, and shares 600 with another; a deal has no amount."""
    shared = (Owner(staff.rep.person_id, 500_000), Owner(staff.other.person_id, 500_000))
    own = (Owner(staff.rep.person_id),)
    last = {"opened_on": date(2025, 9, 1), "close_on": date(2025, 11, 3)}
    deals = (
        deal("L1", owners=own, **last),
        deal("L2", owners=(Owner(staff.other.person_id),), **last),
        deal("D1", owners=own),
        deal("D2", owners=shared, amount=Money.of("600")),
        deal("D3", owners=own, amount=None),
    )
    crm.load(staff.admin, CrmBatch(products=(product(),), accounts=(account(),), deals=deals), "test")


def publish(author: Actor, approver: Actor, text: str) -> None:
    """A plan all the way to being in force."""
    version = plans.save_draft(author, text)
    plans.propose(author, version)
    plans.approve(approver, version)
    plans.publish(author, version)


def set_quotas(planner: Actor, approver: Actor) -> None:
    """A goal of 4,000 for 2026, published."""
    goal_id = planning.create_goal(planner, NewGoal("2026", Money.of("4000")))
    planning.step(planner, goal_id, "propose")
    planning.step(approver, goal_id, "approve")
    planning.step(planner, goal_id, "publish")
