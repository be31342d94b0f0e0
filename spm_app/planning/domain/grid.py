"""A goal read across: what a team, or the company, is to sell in one quarter. Such a cell is a sum, held nowhere.

Its key is that of the node and the quarter, `t10q1`. Setting it moves amounts between the quarters of the people in it:
everybody's year, and so the team's and the goal, stay as they are. See docs/planning.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.planning.domain import tree
from spm_app.planning.domain.spread import Share, spread
from spm_app.planning.domain.tree import TOP, Level, Node

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Cell:
    """One node above persons in one quarter, counted from 0: the persons it sums."""

    node: Node
    quarter: int

    @property
    def persons(self) -> tuple[Node, ...]:
        """Everybody under the node, in order."""
        return tuple(each for each in self.node.walk() if each.level is Level.PERSON)

    @property
    def leaves(self) -> tuple[Node, ...]:
        """Everybody's quarter."""
        return tuple(each.below[self.quarter] for each in self.persons)

    @property
    def amount(self) -> int:
        """Their sum."""
        return sum(each.amount for each in self.leaves)

    @property
    def is_locked(self) -> bool:
        """Whether everybody's quarter in it is."""
        return all(each.is_locked for each in self.leaves)


def cell_key(node: Node, quarter: int) -> str:
    """How the cell is called."""
    return f"{node.key}q{quarter + 1}"


def cell(top: Node, key: str) -> Cell | None:
    """The cell of that key; None when it is no cell but perhaps a node's."""
    above, _, number = key.rpartition("q")
    for each in top.walk():
        has_persons = each.level in {Level.COMPANY, Level.TEAM} and bool(each.below)
        if has_persons and each.key == above and number in {"1", "2", "3", "4"}:
            return Cell(each, int(number) - 1)
    return None


def amount_at(top: Node, key: str) -> int:
    """What stands in a cell or node. Raises NotFound."""
    found = cell(top, key)
    return tree.at(top, key).amount if found is None else found.amount


def is_locked_at(top: Node, key: str) -> bool:
    """Whether a cell or node is held fast. Raises NotFound."""
    found = cell(top, key)
    return tree.at(top, key).is_locked if found is None else found.is_locked


def locked(top: Node, key: str, *, is_locked: bool) -> Node:
    """The tree with a node, or everybody's quarter in a cell, held fast or let go."""
    found = cell(top, key)
    for each in (tree.at(top, key),) if found is None else found.leaves:
        top = tree.locked(top, each.key, is_locked=is_locked)
    return top


def edited(top: Node, key: str, amount: int) -> Node:
    """The tree after one cell or node was set by hand.

    Raises NotFound for an unknown key, InvalidInput for a negative amount, Conflict when locks make it impossible.
    """
    found = cell(top, key)
    if found is None:
        return tree.edited(top, key, amount)
    if amount < 0:
        raise InvalidInput("planning.amount_negative")
    if found.is_locked:
        let_go = edited(locked(top, key, is_locked=False), key, amount)
        return locked(let_go, key, is_locked=True)
    if any(_within_year(each, found.quarter) is not None for each in found.persons):
        return _shifted(top, found, amount)
    return _grown(top, found, amount)


def _shifted(top: Node, found: Cell, amount: int) -> Node:
    """Everybody's other quarters take up what their own quarter gives or gets; their years stay."""
    bounds = [_within_year(each, found.quarter) for each in found.persons]
    if amount > sum(each.amount if most is None else most for each, most in zip(found.leaves, bounds, strict=True)):
        raise Conflict("planning.quarters_give_less")
    new = {
        person.key: tree.replaced(person, leaf.key, replace(leaf, amount=part))
        for person, leaf, part in zip(found.persons, found.leaves, _shared(found, amount, bounds), strict=True)
        if part != leaf.amount
    }
    return _with(top, new)


def _grown(top: Node, found: Cell, amount: int) -> Node:
    """Where nobody's other quarters can move, the team's year changes, and the other teams take up the difference."""
    if found.node.key == TOP or found.node.is_locked:
        raise Conflict("planning.quarters_locked")
    bounds = [
        None if person.is_locked or leaf.is_fast else amount
        for person, leaf in zip(found.persons, found.leaves, strict=True)
    ]
    new = {
        person.key: _with_leaf(person, replace(leaf, amount=part))
        for person, leaf, part in zip(found.persons, found.leaves, _shared(found, amount, bounds), strict=True)
    }
    team = _with(found.node, new)
    return tree.replaced(top, team.key, replace(team, amount=sum(each.amount for each in team.below)))


def _within_year(person: Node, quarter: int) -> int | None:
    """The most that the quarter can take from the person's others; None when it, or they all, are held fast."""
    leaf, others = person.below[quarter], [each for at, each in enumerate(person.below) if at != quarter]
    if leaf.is_fast or all(each.is_fast for each in others):
        return None
    return person.amount - sum(each.least for each in others)


def _shared(found: Cell, amount: int, bounds: Sequence[int | None]) -> tuple[int, ...]:
    """Everybody's part of the cell: at most their bound, and what they have where that is None.

    By what stands in the quarter; where that is nothing, by the years; where those are nothing too, by history.
    """
    claims = (
        [each.amount for each in found.leaves],
        [each.amount for each in found.persons],
        [each.weight for each in found.persons],
    )
    free = [at for at, most in enumerate(bounds) if most is not None]
    weights = next((each for each in claims if any(each[at] for at in free)), claims[-1])
    return spread(
        amount,
        [
            Share(fixed=leaf.amount) if most is None else Share(weight, most=most)
            for leaf, weight, most in zip(found.leaves, weights, bounds, strict=True)
        ],
    )


def _with_leaf(person: Node, leaf: Node) -> Node:
    below = tuple(leaf if each.key == leaf.key else each for each in person.below)
    return replace(person, amount=sum(each.amount for each in below), below=below)


def _with(node: Node, new: Mapping[str, Node]) -> Node:
    """The same tree with these persons in place of those of their keys; amounts above are left as they are."""
    return replace(node, below=tuple(new.get(each.key) or _with(each, new) for each in node.below))
