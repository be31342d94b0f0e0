"""Terms of payment as an author writes them, what is refused, and what deserves a look."""

from __future__ import annotations

from datetime import date

import pytest

from spm_app.compensation.domain.checking import check_plan
from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.domain.settle.terms import (
    Below,
    Ceiling,
    Clawback,
    Deficit,
    Draw,
    DrawKind,
    Hold,
    Level,
    PaidWhen,
    Payment,
    RateDay,
    Recovery,
    Residual,
    Settlement,
    TakenBack,
)
from spm_app.kernel.problem import Severity

PLAN = """\
code: p
name: P
currency: EUR
effective: {from: 2026-01-01}
eligibility: {titles: [t]}
period: month
components:
  - code: sales
    name: Sales
    credit: {when: "outcome = 'won'", to: owner}
    rate: 5 %
"""
#: A draw for two months, recovered from June on.
DATED_DRAW = """\
draw: {kind: recoverable, amount: 100, from: 2026-02-01, to: 2026-03-31,
       recovery: {from: 2026-06-01, share: 50 %, keep: 20}}"""


def of_plan(text: str) -> str:
    """The plan with these terms of settlement."""
    return f"{PLAN}settlement: {{{text}}}\n"


def of_component(text: str) -> str:
    """The plan whose component has these terms of payment."""
    return f"{PLAN}    payment: {{{text}}}\n"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("cap: {amount: 5000.50}", Settlement(cap=Ceiling(Level(5000_50)))),
        (
            "cap: {of_target: 200 %, refundable: yes}",
            Settlement(cap=Ceiling(Level(of_target=2_000_000), refundable=True)),
        ),
        ("floor: {amount: 10}", Settlement(floor=Level(10_00))),
        ("floor: {of_target: 5 %}", Settlement(floor=Level(of_target=50_000))),
        ("hold: {share: 10 %, periods: 2}", Settlement(hold=Hold(100_000, periods=2))),
        ("hold: {share: 10 %, until: release}", Settlement(hold=Hold(100_000, until="release"))),
        ("negative: {kind: pay, most: 5}", Settlement(deficit=Deficit(Below.PAY, 5_00))),
        ("negative: {kind: write_off}", Settlement(deficit=Deficit(Below.WRITE_OFF))),
        ("exchange: period_end, earning_code: X1", Settlement(rate_day=RateDay.PERIOD_END, code="X1")),
        ("draw: {kind: guarantee, amount: 100}", Settlement(draw=Draw(DrawKind.GUARANTEE, 100_00))),
        (
            DATED_DRAW,
            Settlement(
                draw=Draw(
                    DrawKind.RECOVERABLE,
                    100_00,
                    date(2026, 2, 1),
                    date(2026, 4, 1),
                    Recovery(date(2026, 6, 1), 1, 500_000, 20_00),
                )
            ),
        ),
        (
            "draw: {kind: recoverable_guarantee, amount: 1, recovery: {after: 3}}",
            Settlement(draw=Draw(DrawKind.RECOVERABLE_GUARANTEE, 1_00, recovery=Recovery(periods=3))),
        ),
    ],
)
def test_a_plan_says_how_it_settles(text: str, terms: Settlement) -> None:
    read, problems = read_plan(of_plan(text))
    assert (problems, read and read.settlement) == ((), terms)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("when: paid", Payment(PaidWhen.PAID)),
        (
            "when: invoiced, hold: {share: 5 %, until: delivered}",
            Payment(PaidWhen.INVOICED, Hold(50_000, until="delivered")),
        ),
        ("clawback: {kind: full}", Payment(clawback=Clawback(TakenBack.FULL))),
        (
            "clawback: {kind: partial, share: 30 %, within_days: 90}",
            Payment(clawback=Clawback(TakenBack.PARTIAL, 300_000, within_days=90)),
        ),
        (
            "clawback: {kind: unexpired, within_months: 12, reduces_attainment: yes}",
            Payment(clawback=Clawback(TakenBack.UNEXPIRED, within_months=12, reduces_attainment=True)),
        ),
        ("residual: {share: 10 %, periods: 4}", Payment(residual=Residual(100_000, 4))),
    ],
)
def test_a_component_says_how_it_is_paid(text: str, terms: Payment) -> None:
    read, problems = read_plan(of_component(text))
    assert (problems, read and read.components[0].payment) == ((), terms)
    assert terms.by_line


def test_without_a_word_everything_is_paid_at_once_and_an_earning_has_its_code() -> None:
    read, _ = read_plan(PLAN + "    earning_code: COMM\n")
    assert read is not None
    assert (read.settlement, read.components[0].payment) == (Settlement(), Payment(code="COMM"))
    assert not read.components[0].payment.by_line


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (of_plan("cap: {}"), "amount_or_target"),
        (of_plan("floor: {amount: 1, of_target: 1 %}"), "amount_or_target"),
        (of_plan("hold: {share: 1 %}"), "periods_or_until"),
        (of_plan("hold: {share: 1 %, periods: 1, until: release}"), "periods_or_until"),
        (of_plan("hold: {share: 1 %, until: When ready}"), "not_an_event"),
        (of_plan("hold: {share: 1 %, until: ''}"), "not_a_text"),
        (of_component("clawback: {kind: full, share: 5 %}"), "share_of_partial"),
        (of_component("clawback: {kind: partial}"), "share_of_partial"),
        (of_component("clawback: {kind: full, within_days: 5, within_months: 1}"), "days_or_months"),
        (of_plan("draw: {kind: guarantee, amount: 5, recovery: {}}"), "nothing_to_recover"),
        (of_plan("draw: {kind: recoverable, amount: 5, recovery: {from: 2026-01-01, after: 2}}"), "from_or_after"),
        (of_plan("negative: {kind: write_off, most: 5}"), "all_written_off"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, key: str) -> None:
    read, problems = read_plan(text)
    assert (read, [each.key for each in problems]) == (None, [f"compensation.plan.{key}"])


TWO = """\
  - code: more
    name: More
    credit: {when: "outcome = 'won'", to: owner}
    rate: 5 %
    payment: {clawback: {kind: full}}
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (of_plan("cap: {amount: 5}, floor: {amount: 5}"), []),
        (of_plan("cap: {amount: 5}, floor: {amount: 6}"), ["floor_above_cap"]),
        (of_plan("cap: {of_target: 150 %}, floor: {of_target: 160 %}"), ["floor_above_cap"]),
        (of_plan("cap: {of_target: 150 %}, floor: {amount: 5}"), []),
        (of_plan("cap: {amount: 5}, floor: {of_target: 5 %}"), []),
        (of_plan("cap: {of_target: 90 %}"), ["cap_below_target"]),
        (of_plan("cap: {amount: -5}"), ["level_negative"]),
        (of_plan("floor: {of_target: -5 %}"), ["level_negative"]),
        (of_plan("draw: {kind: guarantee, amount: 0}"), ["draw_nothing"]),
        (of_plan("draw: {kind: recoverable, amount: 5}"), ["draw_never_ends"]),
        (of_plan("draw: {kind: recoverable, amount: 5, to: 2026-05-01}"), []),
        (of_plan("draw: {kind: guarantee, amount: 5, from: 2026-05-02, to: 2026-05-01}"), ["backward_days"]),
        (of_plan("draw: {kind: guarantee, amount: 5, from: 2026-05-01, to: 2026-05-01}"), []),
        (of_plan("draw: {kind: recoverable_guarantee, amount: 5, recovery: {share: 0 %}}"), ["share_range"]),
        (of_plan("hold: {share: 101 %, periods: 1}"), ["share_range"]),
        (of_plan("hold: {share: 100 %, periods: 1}"), []),
        (of_component("hold: {share: 0 %, periods: 1}"), ["share_range"]),
        (of_component("residual: {share: 0 %, periods: 1}"), ["share_range"]),
        (of_component("clawback: {kind: partial, share: 100 %}"), []),
        (of_component("clawback: {kind: full, reduces_attainment: yes}") + TWO, ["attainment_differs"]),
        (of_component("clawback: {kind: full}") + TWO, []),
    ],
)
def test_what_is_wrong_or_deserves_a_look(text: str, keys: list[str]) -> None:
    read, problems = read_plan(text)
    assert read is not None, problems
    found = [each for each in check_plan(read) if "any_outcome" not in each.key]
    assert [each.key for each in found] == [f"compensation.check.{key}" for key in keys]
    warnings = {"compensation.check.cap_below_target", "compensation.check.draw_never_ends"}
    assert {each.key for each in found if each.severity is Severity.WARNING} == warnings & {each.key for each in found}
    assert all(each.at.split(":")[0] != "1" for each in found)
