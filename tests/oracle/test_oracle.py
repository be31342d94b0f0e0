"""The engine against the oracle, on plans, people and deals that nobody chose."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from spm_app.compensation.domain.inputs import InForce, Inputs
from spm_app.compensation.domain.pay_check import of_pays
from spm_app.compensation.domain.rates import Kind
from spm_app.compensation.engine import calculate
from tests.oracle.both import by_engine, by_oracle
from tests.oracle.strategies import company
from tests.oracle.strategies.plans import Focus, plans
from tests.oracle.strategies.sales import companies
from tests.oracle.strategies.worlds import worlds

if TYPE_CHECKING:
    import random

    from spm_app.compensation.domain.terms import Plan
    from spm_app.kernel.period import Period

pytestmark = pytest.mark.slow
FOCUS = pytest.mark.parametrize("focus", Focus)
LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
#: The same few cases each time; `SPM_EXAMPLES=500` looks at others.
WANTED = os.environ.get("SPM_EXAMPLES", "")
few = settings(deadline=None, max_examples=int(WANTED or 20), derandomize=not WANTED, suppress_health_check=LARGE)


def agree(plan: Plan, inputs: Inputs) -> None:
    """Every component of everybody, line by line, to the cent, of a plan whose terms go together."""
    assume(not any(True for each in plan.components for _ in of_pays(plan, each, "")))
    ours, theirs = by_engine([plan], inputs), by_oracle([plan], inputs)
    assert ours.keys() == theirs.keys()
    for key, mine in ours.items():
        assert (mine.measure, mine.quota, mine.earned) == (
            theirs[key].measure,
            theirs[key].quota,
            theirs[key].earned,
        ), key
        if not is_shared(plan):
            assert mine.rows == theirs[key].rows, key


def is_shared(plan: Plan) -> bool:
    """Whether something earned at once is shared among lines, which may be a cent apart: either rounds it first."""
    component = plan.components[0]
    return component.table.pays_amounts or component.table.kind is Kind.GRID or not component.measure.runs


@FOCUS
@few
@given(st.data())
def test_the_engine_agrees_with_the_oracle(focus: Focus, data: st.DataObject) -> None:
    agree(*data.draw(worlds(focus)))


@few
@given(st.data(), company.periods)
def test_two_plans_do_not_disturb_each_other(data: st.DataObject, period: Period) -> None:
    two = [data.draw(plans(code, period, focus)) for code, focus in (("a", Focus.TABLES), ("b", Focus.TERMS))]
    inputs = data.draw(companies(period))
    assert by_engine(two, inputs) == by_engine(two[:1], inputs) | by_engine(two[1:], inputs)


@FOCUS
@settings(few, max_examples=12)
@given(st.data(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_no_byte(focus: Focus, data: st.DataObject, dice: random.Random) -> None:
    plan, inputs = data.draw(worlds(focus))
    rows = {each.name: getattr(inputs, each.name) for each in fields(inputs)}
    lists = {name: each for name, each in rows.items() if isinstance(each, tuple)}
    other = replace(inputs, **{name: tuple(dice.sample(each, len(each))) for name, each in lists.items()})
    once, again = (calculate([InForce(1, plan)], each, threads=n) for each, n in ((inputs, 1), (other, 2)))
    assert once.digest == again.digest
    assert (once.lines, once.components, once.log) == (again.lines, again.components, again.log)


@FOCUS
@settings(few, max_examples=12)
@given(st.data())
def test_everything_adds_up_to_the_cent(focus: Focus, data: st.DataObject) -> None:
    plan, inputs = data.draw(worlds(focus))
    results = calculate([InForce(1, plan)], inputs)
    payees = list(results.payees())
    assert results.total_minor == sum(payee.earned for payee in payees)
    for payee in payees:
        assert payee.earned == sum(each.earned for each in payee.components)
        positions = [line.position for each in payee.components for line in each.lines]
        assert positions == list(range(1, 1 + len(positions)))
        assert all(each.earned == sum(line.amount for line in each.lines) for each in payee.components)
