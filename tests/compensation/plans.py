"""Plan texts for tests, written as an author would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.plan import read_plan

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Plan

#: Paid on a quarter's quota: each slice at its own rate.
SELLER = """\
code: seller
name: Sellers
currency: EUR
effective: {from: 2026-01-01, to: 2026-12-31}
eligibility: {titles: [seller]}
period: quarter
rounding: half_up
components:
  - code: new-business
    name: {en: New business, it: Nuove vendite}
    credit: {when: "outcome = 'won'", date: closed_on, value: amount, to: owner}
    rate_table:
      kind: marginal
      over: attainment
      bound: lower_inclusive
      bands:
        - {from: 0 %, to: 75 %, rate: 5 %}
        - {from: 75 %, to: 100 %, rate: 10 %}
        - {from: 100 %, rate: 15 %}
"""


def plan(text: str = SELLER) -> Plan:
    """The plan of a text that is known to be readable."""
    read, problems = read_plan(text)
    assert read is not None, problems
    return read


def changed(old: str, new: str, text: str = SELLER) -> str:
    """The text with one thing changed; fails when there is no such thing in it."""
    assert old in text
    return text.replace(old, new, 1)


def with_bands(*bands: str, kind: str = "marginal", over: str = "attainment") -> str:
    """The seller's plan with these bands."""
    head = SELLER[: SELLER.index("        - {from")]
    text = head + "".join(f"        - {{{band}}}\n" for band in bands)
    return text.replace("kind: marginal", f"kind: {kind}").replace("over: attainment", f"over: {over}")
