"""A plan with measures to look at, and one component whose terms stand from line 15 on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.plan import read_plan
from tests.compensation.plans import plan

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Component, Pays, RateTable

HEAD = """\
code: seller
name: Sellers
currency: EUR
effective: {from: 2026-01-01}
eligibility: {titles: [seller]}
period: quarter
measures:
  - {code: margin, name: Margin, credit: {to: owner, value: margin}, quota: margin}
  - {code: boxes, name: Boxes, credit: {to: owner, value: units}}
  - {code: rating, name: Rating, given: percent}
components:
  - code: sales
    name: Sales
"""
CREDIT = "credit: {to: owner}"


def text_of(*lines: str, credit: str = CREDIT, tail: str = "") -> str:
    """The plan whose component has this credit on line 14 and these lines after it."""
    return HEAD + "".join(f"    {line}\n" for line in (credit, *lines)) + tail


def component_of(*lines: str, credit: str = CREDIT) -> Component:
    """The component of these lines, as it is read."""
    return plan(text_of(*lines, credit=credit)).components[0]


def table_of(table: str, credit: str = CREDIT) -> RateTable:
    """The rate table of a component."""
    return component_of(f"rate_table: {table}", credit=credit).table


def pays_of(line: str, *lines: str) -> Pays:
    """What stands around the rate of a component."""
    return component_of("rate: 5 %", line, *lines).pays


def findings(text: str) -> list[tuple[str, str]]:
    """Where a text cannot be understood, below the component where it is in one, and why."""
    read, problems = read_plan(text)
    assert read is None
    return [
        (each.at.replace("components[0].", ""), each.key.removeprefix("compensation.").removeprefix("plan."))
        for each in problems
    ]
