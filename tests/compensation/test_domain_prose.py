"""The plan document: everything that a text says is told, in words that both languages have."""

# ruff: noqa: E501 - plans and sentences are read on one line

from __future__ import annotations

import pytest

from spm_app.compensation.domain.prose import Phrase, changes, prose_of
from spm_app.compensation.service import templates
from spm_app.compensation.state.plan_words import document, said
from tests.compensation.plans import SELLER, changed

FULL = """\
code: full
name: Full
currency: EUR
effective: {from: 2026-01-01, to: 2026-12-31}
eligibility:
  titles: [REP, {code: LEAD, from: 2026-02-01}]
  positions: [{code: P1, to: 2026-06-30}]
  people: [{code: Anna, from: 2026-01-01, to: 2026-01-31}]
period: quarter
frequency: weekly
measures:
  - {code: nps, name: NPS, given: percent}
components:
  - code: a
    name: {en: First, it: Prima}
    credit:
      - {to: owner, when: "outcome = 'won' and amount >= 10 or margin_rate < 20 %", value: margin, date: paid_on, share: 50 %}
      - {to: manager, levels: 2, when: "not product is null and stage <> 'X' and units > 3 and closed_on <= date '2026-01-31'"}
      - {to: overlay, when: "not (product in ('A', 'B'))", odd: 1}
      - {to: named, role: engineer, when: "account is null"}
      - {to: nobody}
    aggregate: sum
    accumulate: year
    quota: {name: revenue, of: year, ramp: [25 %, 50 %]}
    basis: target
    target: 60 %
    threshold: {at: 50 %, pays: first_unit}
    rate_table:
      kind: marginal
      over: attainment
      bound: upper_inclusive
      bands: [{from: 0 %, to: 100 %, rate: 5 %}, {from: 100 %, rate: 8 %}]
    gates:
      - {certificate: C1}
      - {attainment: a, at_least: 80 %, holds: accelerator, as_of: start}
      - {measure: nps, at_least: 30 %}
    modifiers: [{measure: nps, bands: [{from: 0 %, to: 50 %, factor: 0.9}, {from: 50 %, factor: 1.1}]}]
    cap: {component: 200 %, line: 1000, attainment: 300 %, refundable: yes}
    floor: 100
    pool: {share_by: equal}
  - {code: b, name: B, measure: a, quota: {ramp: [10 %]}, gates: [{measure: a, at_least: 1}], each: 50, target: 1000, threshold: {at: 10, pays: from_there}, cap: 500}
  - {code: c, name: C, credit: {to: owner, when: "rubbish ="}, rate: 5 %, basis: credit}
  - code: d
    name: D
    target: 100
    objectives: [{code: o, name: {en: O, it: Oh}, weight: 100 %, scale: [{from: 0 %, pays: 0 %}]}]
  - code: e
    name: E
    credit: {to: owner}
    rate_table: {kind: curve, over: {measure: nps}, points: [{at: 0, pays: 0}, {at: 10, pays: 5}], odd: 1}
  - code: f
    name: F
    quota: revenue
    rate_table:
      kind: grid
      rows: {over: {field: discount}, from: [0 %, 10 %]}
      columns: {over: attainment, from: [0 %]}
      cells: [[1 %], [2 %]]
  - code: g
    name: G
    credit: {to: owner, value: units}
    rate_table: {kind: hybrid, over: {}, point: 100 %, below: marginal, above: whole_amount, bands: [{from: 0, each: 3}, {from: 1, amount: 2}]}
  - {code: h, name: H, rate_table: {kind: unheard_of}}
examples:
  - {name: X, quota: 100, transactions: [10, {amount: 5, product: A}], expected: {a: 1, zz: 2}}
  - {name: Y, transactions: [10], expected: {}}
"""


def lines(text: str, lang: str = "en") -> list[str]:
    return [each["text"] for each in document(prose_of(text), lang)]


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("name", templates.NAMES)
def test_every_template_is_told_without_a_gap(name: str, lang: str) -> None:
    for line in lines(templates.text(name), lang):
        assert "{" not in line
        assert "compensation." not in line


def test_the_document_says_what_the_text_says() -> None:
    told = lines(SELLER)
    assert "It holds from 1 Jan 2026 up to and including 31 Dec 2026." in told
    assert "What counts are the payee’s own deals: outcome is won." in told
    assert told[told.index("from 75% to 100%: 10%;") - 1] == "from 0% to 75%: 5%;"
    assert "Contano le trattative proprie: esito è vinta." in lines(SELLER, "it")


@pytest.mark.parametrize(
    "sentence",
    [
        "It pays whoever holds the title REP, whoever holds the title LEAD (from 1 Feb 2026), whoever holds the position P1 (until 30 Jun 2026) and Anna (from 1 Jan 2026 to 31 Jan 2026).",
        "Frequency: weekly.",
        "What counts are the payee’s own deals: at least one of: outcome is won and amount is at least €10.00 and margin rate is below 20%.",
        "What counts, in full and beside its owners, is: not (product is one of “A” and “B”).",
        "What counts are deals that name the payee as engineer: account is empty.",
        "Odd: 1.",
        "At 100 % of the quota it pays 60% of the person’s target incentive.",
        "At 100 % of the quota it pays €1,000.00.",
        "Nothing is earned below 50%; once that is reached, everything counts from the first unit.",
        "Nothing is earned below €10.00; from there on, only what lies above counts.",
        "The certificate C1 is needed; nothing is paid otherwise.",
        "The attainment of a must be at least 80%; otherwise without the accelerator.",
        "It never pays more than 200%.",
        "No single deal pays more than €1,000.00.",
        "It is held against the quota “revenue”.",
        "In the first months after hire these parts of the quota count: 25% and 50%.",
        "rubbish =",
        "from 10% on: 2% from 0%;",
        "from 1 on: €2.00.",
        "X: with a quota of €100.00, deals of €10.00 and €5.00 (A) earn €1.00 (First) and €2.00 (zz).",
    ],
)
def test_every_word_of_the_language_has_its_sentence(sentence: str) -> None:
    assert any(sentence.casefold() in each.casefold() for each in lines(FULL)), "\n".join(lines(FULL))


def test_what_cannot_be_read_has_no_document() -> None:
    assert prose_of("a: [") == ()
    assert prose_of("- 1") == ()
    assert lines(
        'name: X\ncurrency: nothing\ncomponents: [{code: a, rate: 5 %, credit: {to: owner, when: "amount > 1"}}]'
    )
    assert "2026-13-45" in " ".join(lines("name: X\nuntil: 2026-13-45"))


def test_a_word_that_nobody_has_named_says_itself() -> None:
    assert said(Phrase("compensation.term.unheard", {"": "unheard"}), "en") == "unheard"
    assert said(Phrase("compensation.term.unheard"), "en") == "unheard"
    assert said(Phrase("compensation.prose.other", {"name": "A", "value": {"b": 1}}), "en") == "A: {'b': 1}."


def noted(before: str, after: str) -> list[str]:
    return [said(each, "en") for each in changes(before, after)]


def test_a_change_notice_names_the_terms_that_differ() -> None:
    assert noted(SELLER, changed("rate: 10 %", "rate: 12 %")) == [
        "Component “New business”, rate table, bands from 75%: rate changes from 10% to 12%."
    ]
    assert noted(SELLER, changed("outcome = 'won'", "outcome = 'won' and amount > 5")) == [
        "Component “New business”, what counts: condition changes from outcome is won to outcome is won and amount is above €5.00."
    ]
    assert noted(SELLER, changed(", to: 2026-12-31", "")) == [
        "Plan, in force: to no longer holds (it was 31 Dec 2026)."
    ]
    assert noted(changed(", to: 2026-12-31", ""), SELLER) == ["Plan, in force: to is new: 31 Dec 2026."]


def test_form_and_comments_are_no_change() -> None:
    same = changed("rounding: half_up\n", "# as before\n").replace("bound: lower_inclusive\n      ", "")
    assert noted(SELLER, same) == []
    assert noted(SELLER, SELLER + "examples: [{name: A, transactions: [1], expected: {}}]\n") == []


def test_parts_that_come_and_go_are_told() -> None:
    more = templates.with_components(SELLER, "spiff")
    found = noted(SELLER, more)
    assert found[:3] == [
        "New: Component “Sales”.",
        "What counts are the payee’s own deals: outcome is won.",
        "5% of all that counts is earned.",
    ]
    assert noted(more, SELLER) == [
        "No longer there: Component “Sales”.",
        "No longer there: Component “Launch premium”.",
    ]
    band = changed("100 %, rate: 15 %}", "100 %, to: 200 %, rate: 15 %}\n        - {from: 200 %, rate: 16 %}")
    assert noted(SELLER, band)[1:] == [
        "New: Component “New business”, rate table, bands from 200%.",
        "Component “New business”, rate table, bands from 200%: rate is new: 16%.",
    ]


def test_entries_are_known_by_what_names_them() -> None:
    assert noted(changed("titles: [seller]", "titles: [a, {code: b}]"), changed("titles: [seller]", "titles: [a]"))
    odd = changed("eligibility: {titles: [seller]}", "eligibility: {titles: [{x: 1}, {x: 1}, {x: 2}]}")
    assert noted(odd, odd) == []
    twice = changed("{from: 75 %, to: 100 %", "{from: 0 %, to: 100 %")
    assert noted(SELLER, twice)
    both = changed("    credit: {when", "    credit:\n      - {when")
    assert noted(SELLER, both) == []
