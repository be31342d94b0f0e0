"""A goal as a tree: company, teams, people, quarters. Every node is exactly the sum of what hangs under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.kernel.errors import Conflict, InvalidInput, NotFound
from spm_app.planning.domain.spread import Share, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.kernel.ids import PersonId, TeamId

#: The key of the node at the top.
TOP = "company"


class Level(StrEnum):
    """What a node stands for, from the top down."""

    COMPANY = "company"
    TEAM = "team"
    PERSON = "person"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Node:
    """One amount, in minor units. `weight` is its claim by history, `past` what was really won last year.

    `days` is how many days of a quarter the person is there, where that is not all of it.
    """

    key: str
    level: Level
    name: str
    weight: int = 1
    past: int = 0
    amount: int = 0
    is_locked: bool = False
    team_id: TeamId | None = None
    person_id: PersonId | None = None
    days: int | None = None
    below: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all under it, each before its children."""
        yield self
        for each in self.below:
            yield from each.walk()

    @property
    def least(self) -> int:
        """The least it can be: locked things below it keep what they have."""
        return self.amount if self.is_locked or self.is_absent else sum(each.least for each in self.below)

    @property
    def is_absent(self) -> bool:
        """Whether it is a quarter in which the person is not there at all, and carries nothing."""
        return self.days == 0

    @property
    def is_fast(self) -> bool:
        """Whether it cannot move: locked, absent, or everything under it is."""
        return self.is_locked or self.is_absent or (bool(self.below) and all(each.is_fast for each in self.below))


def settled(node: Node, amount: int) -> Node:
    """The node with that amount, handed down by history; locked nodes keep theirs.

    Raises Conflict when the locks leave no way.
    """
    if not node.below:
        return replace(node, amount=amount)
    shares = [Share(each.weight, each.least, each.amount if each.is_fast else None) for each in node.below]
    return _handed(node, amount, spread(amount, shares))


def rescaled(node: Node, amount: int) -> Node:
    """The node with that amount, handed down in the proportions that stand now; locked nodes keep theirs."""
    if not node.below or amount == node.amount:
        return replace(node, amount=amount)
    has_amounts = any(each.amount for each in node.below)
    shares = [
        Share(each.amount if has_amounts else each.weight, each.least, each.amount if each.is_fast else None)
        for each in node.below
    ]
    parts = spread(amount, shares)
    below = tuple(rescaled(each, part) for each, part in zip(node.below, parts, strict=True))
    return replace(node, amount=amount, below=below)


def edited(top: Node, key: str, amount: int) -> Node:
    """The tree after one amount was set by hand: siblings take up the difference, what hangs below follows.

    Where no sibling can, the difference goes to what is above, and its siblings take it up.

    Raises NotFound for an unknown key, InvalidInput for a negative amount, Conflict when locks make it impossible.
    """
    if amount < 0:
        raise InvalidInput("planning.amount_negative")
    found = at(top, key)
    if found.is_absent:
        raise Conflict("planning.not_there", name=found.name)
    if found is top:
        return rescaled(top, amount)
    above = next(each for each in top.walk() if any(under.key == key for under in each.below))
    if above is not top and not above.is_locked and all(each.is_fast or each.key == key for each in above.below):
        return edited(top, above.key, above.amount + amount - found.amount)
    return replaced(top, key, rescaled(found, amount))


def replaced(node: Node, key: str, new: Node) -> Node:
    """The node under `node` that has the key becomes `new`; its siblings take up the difference.

    Raises Conflict when they cannot.
    """
    if not any(each.key == key for each in node.below):
        return replace(node, below=tuple(replaced(each, key, new) for each in node.below))
    others = [each for each in node.below if each.key != key]
    has_amounts = any(each.amount for each in others if not each.is_fast)
    shares = [
        Share(fixed=new.amount)
        if each.key == key
        else Share(each.amount if has_amounts else each.weight, each.least, each.amount if each.is_fast else None)
        for each in node.below
    ]
    parts = spread(node.amount, shares)
    below = tuple(
        new if each.key == key else rescaled(each, part) for each, part in zip(node.below, parts, strict=True)
    )
    return replace(node, below=below)


def locked(top: Node, key: str, *, is_locked: bool) -> Node:
    """The tree with one node held fast, or let go. The amount stays as it is."""
    at(top, key)
    return _mapped(top, key, is_locked=is_locked)


def put_back(top: Node, amounts: Mapping[str, tuple[int, bool]]) -> Node:
    """The tree with amounts and locks as they were. Raises Conflict unless every sum is exact."""
    below = tuple(put_back(each, amounts) for each in top.below)
    amount, is_locked = amounts.get(top.key, (top.amount, top.is_locked))
    if below and sum(each.amount for each in below) != amount:
        raise Conflict("planning.sums_differ")
    return replace(top, amount=amount, is_locked=is_locked, below=below)


def without_personal_past(node: Node) -> Node:
    """The tree without what single people sold the year before."""
    past = 0 if node.level in {Level.PERSON, Level.QUARTER} else node.past
    return replace(node, past=past, below=tuple(without_personal_past(each) for each in node.below))


def at(top: Node, key: str) -> Node:
    """The node of that key. Raises NotFound."""
    for each in top.walk():
        if each.key == key:
            return each
    raise NotFound("planning.node_not_found")


def snapshot(top: Node) -> dict[str, tuple[int, bool]]:
    """Amounts and locks by key, to put back later."""
    return {each.key: (each.amount, each.is_locked) for each in top.walk()}


def _handed(node: Node, amount: int, parts: tuple[int, ...]) -> Node:
    below = tuple(each if each.is_fast else settled(each, part) for each, part in zip(node.below, parts, strict=True))
    return replace(node, amount=amount, below=below)


def _mapped(node: Node, key: str, *, is_locked: bool) -> Node:
    here = is_locked if node.key == key else node.is_locked
    return replace(node, is_locked=here, below=tuple(_mapped(each, key, is_locked=is_locked) for each in node.below))
