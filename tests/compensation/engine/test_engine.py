"""What the engine promises besides the right figures: conditions, refusals, logs, size, the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm_app.compensation.domain.condition import parse_rule
from spm_app.compensation.domain.inputs import InForce, Inputs, Quota, Seat, Share, Transaction
from spm_app.compensation.domain.terms import Credit, Measure, To
from spm_app.compensation.engine import calculate
from spm_app.compensation.engine.session import opened
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.plans import changed, plan, with_bands

EUR, DAY = Currency("EUR"), date(2026, 2, 1)
QUARTER = FiscalCalendar().parse("2026-Q1")
#: The seller's bands as amounts, for a quota of 100,000.
ROUND = with_bands(
    "from: 0, to: 75000, rate: 5 %",
    "from: 75000, to: 100000, rate: 10 %",
    "from: 100000, rate: 15 %",
    over="amount",
)
SEATS = (Seat(1, "seller", None, date(2026, 1, 1)),)


def inputs(*deals: Transaction, quota: int | None = 100_000) -> Inputs:
    """One seller who owns every deal."""
    quotas = () if quota is None else (Quota(1, quota),)
    return Inputs(QUARTER, EUR, deals, tuple(Share(each.id, 1) for each in deals), SEATS, quotas)


def cut(*amounts: int) -> Inputs:
    return inputs(*(Transaction(f"{at:03}", DAY, amount) for at, amount in enumerate(amounts)))


def earned(given_inputs: Inputs, text: str | None = None) -> int:
    return calculate([InForce(1, plan() if text is None else plan(text))], given_inputs).total_minor


DEALS = (
    Transaction("a", DAY, 100, "won", "Closed", "P1", "Rossi", date(2026, 1, 1)),
    Transaction("b", date(2026, 3, 1), 200, "lost", "It's over", "P2", None, None),
    Transaction("c", DAY, -300, "won", None, None, "Bianchi", DAY),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("outcome = 'won'", "ac"),
        ("not outcome = 'won'", "b"),
        ("stage = 'It''s over'", "b"),
        ("stage <> 'Closed'", "b"),
        ("not stage = 'Closed'", "bc"),
        ("product in ('P1', 'P2')", "ab"),
        ("product not in ('P1')", "bc"),
        ("product is null", "c"),
        ("account is not null", "ac"),
        ("amount >= 1", "ab"),
        ("amount between -3 and 1", "ac"),
        ("opened_on < '2026-02-01'", "a"),
        ("closed_on > date '2026-02-01' or amount < 0", "bc"),
        ("stage = '''); drop table deals; --'", ""),
    ],
)
def test_a_condition_picks_its_deals(condition: str, expected: str) -> None:
    read = plan(with_bands("from: 0, rate: 100 %", over="amount"))
    component = replace(read.components[0], measure=Measure((Credit(parse_rule(condition, EUR), To.OWNER),)))
    results = calculate([InForce(1, replace(read, components=(component,)))], inputs(*DEALS))
    found = [line.transaction for payee in results.payees() for c in payee.components for line in c.lines]
    assert "".join(sorted(found)) == expected


def test_what_was_left_out_is_counted_by_the_part_it_failed_on() -> None:
    text = changed("outcome = 'won'", "outcome = 'won' and product = 'P1'")
    log = calculate([InForce(1, plan(text))], inputs(*DEALS)).log
    assert log == (
        {
            "plan": "seller",
            "component": "new-business",
            "deals": 3,
            "matched": 1,
            "refused": [{"part": "outcome = 'won'", "n": 1}, {"part": "product = 'P1'", "n": 1}],
            "lines": 1,
            "start": "2026-01-01",
            "last": "2026-03-31",
            "days": 90,
            "of": 90,
            "partial": 0,
            "outside": 0,
        },
    )


def test_a_payee_who_sold_nothing_has_a_statement_with_the_reason() -> None:
    (payee,) = calculate([InForce(7, plan())], inputs()).payees()
    (component,) = payee.components
    assert (payee.payee_id, payee.title_code, payee.earned, component.version_id) == (1, "seller", 0, 7)
    assert (component.quota, component.lines, component.derivation["reason"]) == (100_000, (), "no_credit")


def test_nobody_in_the_plan_means_no_statement() -> None:
    assert list(calculate([InForce(1, plan())], replace(inputs(), seats=())).payees()) == []
    assert calculate([], inputs(*DEALS)).log == ()


def test_a_statement_counts_its_lines_through_all_components() -> None:
    read = plan()
    second = replace(read.components[0], code="second")
    both = replace(read, components=(read.components[0], second))
    (payee,) = calculate([InForce(1, both)], cut(100, 200)).payees()
    assert [line.position for c in payee.components for line in c.lines] == [1, 2, 3, 4]


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=8))
def test_marginal_pay_does_not_depend_on_how_sales_are_cut(parts: list[int]) -> None:
    assert earned(cut(*parts)) == earned(cut(sum(parts)))


@pytest.mark.parametrize("bound", [75_000, 100_000])
def test_marginal_pay_has_no_jump_at_a_bound(bound: int) -> None:
    below, at, above = (earned(cut(bound * 100 + step), ROUND) for step in (-1, 0, 1))
    assert 0 <= at - below <= 1
    assert 0 <= above - at <= 1


def test_more_sales_never_pay_less() -> None:
    paid = [earned(cut(amount)) for amount in (0, 1, 74_999, 75_000, 75_001, 100_000, 250_000)]
    assert paid == sorted(paid)


def test_very_large_amounts_stay_exact() -> None:
    """A quota that is no round number makes bounds fall between cents; 64 bits no longer hold the products."""
    quota, sold = 100_000_000_000_001, 400_000_000_000_003
    given_inputs = inputs(Transaction("a", DAY, sold), quota=quota)
    exact = quota * 75 * 5 + quota * 25 * 10 + (sold - quota) * 100 * 15
    assert earned(given_inputs) == (exact + 5_000) // 10_000


def test_amounts_beyond_what_is_exact_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        calculate([InForce(1, plan())], cut(2**61, 2**61))
    assert [each.key for each in caught.value.problems] == ["compensation.inputs.too_large"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (changed("currency: EUR", "currency: USD"), "other_currency"),
        (changed("period: quarter", "period: month"), "other_period"),
    ],
)
def test_a_plan_that_does_not_fit_the_run_is_refused(text: str, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        calculate([InForce(1, plan(text))], inputs())
    assert [each.key for each in caught.value.problems] == [f"compensation.inputs.{key}"]


def test_the_digest_changes_with_any_figure_and_version() -> None:
    digests = {
        calculate([InForce(version, plan())], each).digest
        for version, each in (
            (1, cut(100)),
            (1, cut(101)),
            (2, cut(100)),
            (1, inputs(Transaction("000", DAY, 100), quota=5)),
        )
    }
    assert len(digests) == 4
    assert calculate([InForce(1, plan())], cut(100)).digest in digests


@pytest.mark.parametrize(
    "attack",
    [
        "FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO 'x.csv'",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SELECT getenv('HOME')",
    ],
)
def test_the_session_reaches_nothing_outside(attack: str) -> None:
    with opened(1, None) as session, pytest.raises(duckdb.Error):
        session.run(attack)
