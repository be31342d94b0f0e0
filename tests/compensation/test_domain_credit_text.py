"""What a component measures, as an author writes it, and what is refused."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.measures import Accumulate, Aggregate, Credit, DatedBy, Measure, QuotaTerms, To
from spm_app.compensation.domain.rule import Compare, Type
from spm_app.compensation.domain.value import AMOUNT, Take
from tests.compensation.plan_parts import HEAD, component_of, findings, text_of
from tests.compensation.plans import plan

MARGIN = Take("margin")


def measured(credit: str, *lines: str) -> Measure:
    return component_of("rate: 5 %", *lines, credit=f"credit: {credit}").measure


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("{to: owner}", Credit(None, To.OWNER)),
        ("{to: owner, when: 'amount > 5'}", Credit(Compare("amount", ">", 500), To.OWNER)),
        ("{to: manager}", Credit(None, To.MANAGER, levels=1)),
        ("{to: manager, levels: 9}", Credit(None, To.MANAGER, levels=9)),
        ("{to: overlay, value: margin, share: 12.5 %}", Credit(None, To.OVERLAY, value=MARGIN, share=125_000)),
        ("{to: named, role: engineer}", Credit(None, To.NAMED, role="engineer")),
        ("{to: owner, date: invoiced_on}", Credit(None, To.OWNER, dated_by=DatedBy.INVOICED_ON)),
        ("{to: owner, date: paid_on}", Credit(None, To.OWNER, dated_by=DatedBy.PAID_ON)),
    ],
)
def test_a_rule_of_crediting_is_read(text: str, credit: Credit) -> None:
    assert measured(text) == Measure((credit,))


def test_a_component_may_have_several_rules() -> None:
    rules = measured("[{to: owner, share: 100 %}, {to: overlay, share: 50 %}]").credits
    assert rules == (Credit(None, To.OWNER), Credit(None, To.OVERLAY, share=500_000))


@pytest.mark.parametrize("aggregate", ["sum", "count", "average", "max"])
def test_credits_become_one_figure(aggregate: str) -> None:
    assert measured("{to: owner}", f"aggregate: {aggregate}").aggregate is Aggregate(aggregate)


def test_a_ratio_says_of_what() -> None:
    measure = measured("{to: owner, value: margin}", "aggregate: ratio", "divided_by: amount")
    assert (measure.aggregate, measure.weight, measure.unit) == (Aggregate.RATIO, AMOUNT, Type.RATIO)


@pytest.mark.parametrize("accumulate", ["period", "quarter", "half", "year", "plan", "transaction"])
def test_it_counts_since_then(accumulate: str) -> None:
    assert measured("{to: owner}", f"accumulate: {accumulate}").accumulate is Accumulate(accumulate)


@pytest.mark.parametrize(
    ("text", "quota"),
    [
        ("net", QuotaTerms("net")),
        ("{name: net}", QuotaTerms("net")),
        ("{of: year}", QuotaTerms(whole_year=True)),
        ("{of: to_date}", QuotaTerms()),
        ("{name: net, of: year, ramp: [25 %, 50 %]}", QuotaTerms("net", whole_year=True, ramp=(250_000, 500_000))),
    ],
)
def test_a_quota_has_a_name_a_time_and_a_ramp(text: str, quota: QuotaTerms) -> None:
    assert measured("{to: owner}", f"quota: {text}").quota == quota


@pytest.mark.parametrize(
    ("lines", "credit", "expected"),
    [
        ((), "{}", [("14:credit", "missing")]),
        ((), "{to: everybody}", [("14:credit.to", "not_a_choice")]),
        ((), "[]", [("14:credit", "not_a_list")]),
        ((), "owner", [("14:credit", "not_a_map")]),
        ((), "{to: owner, levels: 2}", [("14:credit.levels", "levels_of_others")]),
        ((), "{to: manager, levels: 10}", [("14:credit.levels", "not_a_number")]),
        ((), "{to: owner, role: x}", [("14:credit.role", "role_of_others")]),
        ((), "{to: named}", [("14:credit", "missing")]),
        ((), "{to: owner, share: 0.5}", [("14:credit.share", "not_a_percentage")]),
        ((), "{to: owner, date: opened_on}", [("14:credit.date", "not_a_choice")]),
        ((), "{to: owner, when: 'amount >'}", [("14:credit.when", "rule.unfinished")]),
        ((), "{to: owner, value: 'amount *'}", [("14:credit.value", "rule.unfinished")]),
        ((), "[{to: owner}, {to: overlay, value: units}]", [("14:credit", "credits_mixed")]),
        (("aggregate: median",), "{to: owner}", [("15:aggregate", "not_a_choice")]),
        (("aggregate: ratio",), "{to: owner}", [("12:components[0]", "ratio_over")]),
        (("divided_by: amount",), "{to: owner}", [("12:components[0]", "ratio_over")]),
        (("aggregate: ratio", "divided_by: stage"), "{to: owner}", [("16:divided_by", "rule.no_figure")]),
        (("accumulate: week",), "{to: owner}", [("15:accumulate", "not_a_choice")]),
        (("quota: {of: month}",), "{to: owner}", [("15:quota.of", "not_a_choice")]),
        (("quota: {ramp: []}",), "{to: owner}", [("15:quota.ramp", "not_a_list")]),
        (("quota: {ramp: [110 %]}",), "{to: owner}", [("15:quota.ramp", "ramp_range")]),
        (("quota: {ramp: [-1 %]}",), "{to: owner}", [("15:quota.ramp", "ramp_range")]),
        ((f"quota: {{ramp: [{', '.join(['5 %'] * 37)}]}}",), "{to: owner}", [("15:quota.ramp", "ramp_range")]),
    ],
)
def test_what_cannot_be_measured_is_named_with_its_line(
    lines: tuple[str, ...], credit: str, expected: list[tuple[str, str]]
) -> None:
    assert findings(text_of(*lines, "rate: 5 %", credit=f"credit: {credit}")) == expected


@pytest.mark.parametrize(("text", "kind"), [("money", Type.MONEY), ("number", Type.NUMBER), ("percent", Type.RATIO)])
def test_a_measure_may_be_given(text: str, kind: Type) -> None:
    head = HEAD.replace("given: percent", f"given: {text}, quota: calls")
    read = plan(head + "    credit: {to: owner}\n    rate: 5 %\n").measures[2].measure
    assert (read.given, read.unit, read.quota, read.credits) == (kind, kind, QuotaTerms("calls"), ())
    assert not read.runs


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("given: hours", [("10:measures[2].given", "not_a_choice")]),
        ("given: percent, accumulate: year", [("10:measures[2].accumulate", "given_counts_nothing")]),
        ("given: percent, aggregate: max", [("10:measures[2].aggregate", "given_counts_nothing")]),
        ("given: percent, divided_by: amount", [("10:measures[2].divided_by", "given_counts_nothing")]),
        (
            "given: percent, credit: {to: owner}",
            [("10:measures[2]", "given_or_credit"), ("10:measures[2].credit", "given_counts_nothing")],
        ),
        ("quota: x", [("10:measures[2]", "given_or_credit")]),
    ],
)
def test_a_given_measure_counts_nothing(given: str, expected: list[tuple[str, str]]) -> None:
    assert findings(text_of("rate: 5 %").replace("given: percent", given)) == expected
