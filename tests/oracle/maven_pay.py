"""What Maven's sellers and their managers earned in a quarter, straight from the CSV: loops, fractions, nothing shared.

The plans stand here twice: once as the texts that the program reads, and once as the arithmetic that they mean.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SELLERS = """\
code: sellers
name: Sellers
currency: USD
effective: {from: 2017-01-01, to: 2017-12-31}
eligibility: {titles: [REP]}
period: quarter
rounding: half_up
components:
  - code: sales
    name: {en: Sales against quota, it: Vendite rispetto alla quota}
    credit: {when: "outcome = 'won'", to: owner}
    rate_table:
      kind: marginal
      over: attainment
      bands:
        - {from: 0 %, to: 75 %, rate: 4.25 %}
        - {from: 75 %, to: 100 %, rate: 6.5 %}
        - {from: 100 %, rate: 9.125 %}
  - code: gtx-pro
    name: {en: GTX Pro bonus, it: Premio GTX Pro}
    credit: {when: "outcome = 'won' and product = 'GTX Pro'", to: owner}
    rate: 1.375 %
  - code: large
    name: {en: Large deals, it: Grandi affari}
    credit: {when: "outcome = 'won'", to: owner}
    accumulate: transaction
    rate_table:
      kind: whole_amount
      over: amount
      bands:
        - {from: 0, to: 5000, rate: 0 %}
        - {from: 5000, rate: 1.1 %}
"""
LEADERS = """\
code: leaders
name: Team leads
currency: USD
effective: {from: 2017-01-01, to: 2017-12-31}
eligibility: {titles: [LEAD]}
period: quarter
rounding: half_up
components:
  - code: override
    name: {en: Team override, it: Quota sulla squadra}
    credit: {when: "outcome = 'won'", to: manager, levels: 1}
    rate_table:
      kind: marginal
      over: amount
      bands:
        - {from: 0, to: 300000, rate: 0.333 %}
        - {from: 300000, rate: 0.777 %}
"""
FIRST, LAST = "2017-10-01", "2017-12-31"


@dataclass(frozen=True)
class Won:
    """A deal won in the quarter: its worth in cents."""

    seller: str
    product: str
    cents: int


def won_in_quarter(files: Mapping[str, Path]) -> list[Won]:
    """The won deals that closed from the first to the last day, as text compares days."""
    return [
        Won(row["sales_agent"], row["product"], int(row["close_value"]) * 100)
        for row in _rows(files["sales_pipeline"])
        if row["deal_stage"] == "Won" and FIRST <= row["close_date"] <= LAST
    ]


def managers(files: Mapping[str, Path]) -> dict[str, str]:
    """Who each seller reports to, by name."""
    return {row["sales_agent"]: row["manager"] for row in _rows(files["sales_teams"])}


def pay(files: Mapping[str, Path], quotas: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Cents by payee and component, each rounded once; everybody of the plans, also who sold nothing."""
    sold: defaultdict[str, list[Won]] = defaultdict(list)
    above = managers(files)
    for deal in won_in_quarter(files):
        sold[deal.seller].append(deal)

    found: dict[tuple[str, str], int] = {}
    for seller in above:
        worth = sum(deal.cents for deal in sold[seller])
        found[seller, "sales"] = cents(_against_quota(worth, quotas[seller]))
        pro = sum(deal.cents for deal in sold[seller] if deal.product == "GTXPro")
        found[seller, "gtx-pro"] = cents(pro * Fraction("0.01375"))
        large = sum(deal.cents for deal in sold[seller] if deal.cents >= 5_000_00)
        found[seller, "large"] = cents(large * Fraction("0.011"))
    for leader in set(above.values()):
        team = sum(deal.cents for seller, deals in sold.items() for deal in deals if above[seller] == leader)
        first = min(team, 300_000_00)
        found[leader, "override"] = cents(first * Fraction("0.00333") + (team - first) * Fraction("0.00777"))
    return found


def _against_quota(worth: int, quota: int) -> Fraction:
    """Three quarters of the quota at 4.25 %, the rest of it at 6.5 %, and what is above at 9.125 %."""
    lower, upper = Fraction(3, 4) * quota, Fraction(quota)
    slices = (min(Fraction(worth), lower), min(max(worth - lower, Fraction(0)), upper - lower), max(worth - upper, 0))
    return sum((part * Fraction(rate) for part, rate in zip(slices, RATES, strict=True)), Fraction(0))


RATES = ("0.0425", "0.065", "0.09125")


def cents(exact: Fraction) -> int:
    """Half a cent goes up. Nothing here is below zero."""
    return int(exact + Fraction(1, 2))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
