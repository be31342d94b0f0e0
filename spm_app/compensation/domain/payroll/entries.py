"""What is to be paid, what of it payroll has been told, and what is left to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.kernel.money import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.money import Currency, Money

#: Under which component approved lines by people are paid, and what a statement has beside its components.
ADJUSTMENT, REST = "adjustment", "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one payee gets under one component. `number` is the payee's in the personnel file."""

    payee_id: PersonId
    number: str
    name: str
    is_agent: bool
    component: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an export: what was told before, what holds now; `amount` is what this export says."""

    entry: Entry
    before: Money

    @property
    def amount(self) -> Money:
        """The difference."""
        return self.entry.amount - self.before


def left(payable: Iterable[Entry], told: Iterable[Told]) -> tuple[Told, ...]:
    """What no export has said yet, by payee and component: all of it the first time, differences afterwards.

    What was told of somebody who is now paid in the other way is taken back there, and told anew here.
    """
    before: dict[tuple[PersonId, str, bool], list[Told]] = {}
    for each in told:
        before.setdefault(_key(each.entry), []).append(each)
    now = {_key(each): each for each in payable if each.amount}
    found: list[Told] = []
    for key, entry in now.items():
        found.append(Told(entry, total((each.amount for each in before.pop(key, ())), entry.amount.currency)))
    for gone in before.values():
        last = gone[-1].entry
        said = total((each.amount for each in gone), last.amount.currency)
        found.append(Told(_nothing(last), said))
    return tuple(sorted((each for each in found if each.amount), key=_order))


def due(lines: Sequence[Told], currency: Currency) -> Money:
    """What an export comes to."""
    return total((each.amount for each in lines), currency)


def _nothing(entry: Entry) -> Entry:
    return Entry(entry.payee_id, entry.number, entry.name, entry.is_agent, entry.component, entry.amount - entry.amount)


def _key(entry: Entry) -> tuple[PersonId, str, bool]:
    return entry.payee_id, entry.component, entry.is_agent


def _order(each: Told) -> tuple[str, int, str]:
    return each.entry.name.casefold(), int(each.entry.payee_id), each.entry.component
