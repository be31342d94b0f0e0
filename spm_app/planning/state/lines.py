"""A goal's tree as lines of a table: company, teams and people, with quarters side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from spm_app.kernel.money import Currency, Money
from spm_app.planning.domain.grid import Cell as Cross
from spm_app.planning.domain.grid import cell_key
from spm_app.planning.domain.tree import Level, Node
from spm_app.ui import words
from spm_app.ui.catalogue import say


@dataclass
class Cell:
    """One amount. `key` is empty where there is nothing to change; `days` says which part of a quarter it is for."""

    key: str
    text: str
    label: str
    is_locked: bool
    days: str = ""


@dataclass
class Row:
    """One line: the year and its four quarters, beside last year and the change."""

    level: str
    name: str
    cells: list[Cell]
    past: str
    change: str


def rows_of(top: Node, lengths: Sequence[int], currency: Currency, lang: str) -> list[Row]:
    """Everything down to persons, in order; `lengths` are the days that each quarter has."""
    return [_row(each, lengths, currency, lang) for each in _down_to_persons(top)]


def sheet_of(top: Node, currency: Currency, company: str) -> list[list[str | Decimal]]:
    """The same with plain numbers, last year in the last column."""

    def amount(minor: int) -> Decimal:
        return Money.from_minor(minor, currency).amount

    return [
        [
            company if each.level is Level.COMPANY else each.name,
            amount(each.amount),
            *(amount(minor) for minor in quarters(each)),
            amount(each.past),
        ]
        for each in _down_to_persons(top)
    ]


def quarters(node: Node) -> tuple[int, ...]:
    """The four quarters of a node: its own, or the sums of what is below."""
    if node.level is Level.PERSON:
        return tuple(each.amount for each in node.below)
    return tuple(sum(column) for column in zip(*(quarters(each) for each in node.below), strict=True))


def _down_to_persons(top: Node) -> list[Node]:
    return [each for each in top.walk() if each.level is not Level.QUARTER]


def _row(node: Node, lengths: Sequence[int], currency: Currency, lang: str) -> Row:
    name = say(lang, "planning.company") if node.level is Level.COMPANY else node.name

    def cell(key: str, minor: int, column: str, *, is_locked: bool = False, days: str = "") -> Cell:
        return Cell(key, words.money(Money.from_minor(minor, currency), lang), f"{name}, {column}", is_locked, days)

    columns = [say(lang, f"planning.q{at}") for at in range(1, 5)]
    cells = [
        cell(key, minor, column, is_locked=is_locked, days=said)
        for (key, minor, is_locked), column, said in zip(
            _across(node), columns, _days(node, lengths, lang), strict=True
        )
    ]
    year = cell(node.key, node.amount, say(lang, "planning.whole_year"), is_locked=node.is_locked)
    change = Fraction(node.amount, node.past) - 1 if node.past > 0 else None
    past = Money.from_minor(node.past, currency)
    return Row(node.level.value, name, [year, *cells], words.money(past, lang), _signed(change, lang))


def _across(node: Node) -> list[tuple[str, int, bool]]:
    """Key, amount and lock of each quarter."""
    if node.level is Level.PERSON:
        return [("" if each.is_absent else each.key, each.amount, each.is_locked) for each in node.below]
    cells = [Cross(node, at) for at in range(4)]
    return [(cell_key(node, each.quarter) if node.below else "", each.amount, each.is_locked) for each in cells]


def _days(node: Node, lengths: Sequence[int], lang: str) -> list[str]:
    """For each quarter of a person how much of it they are there, where that is not all of it."""
    if node.level is not Level.PERSON:
        return [""] * len(lengths)
    return [
        "" if each.days is None else say(lang, "planning.days", n=each.days, all=length)
        for each, length in zip(node.below, lengths, strict=True)
    ]


def _signed(change: Fraction | None, lang: str) -> str:
    return ("+" if change is not None and change > 0 else "") + words.percent(change, lang)
