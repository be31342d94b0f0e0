"""What stands around a rate table: targets, thresholds, gates, modifiers, caps, floors, objectives and pools."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.rates import Bound

if TYPE_CHECKING:
    from spm_app.compensation.domain.rates import Band, Key


class Basis(StrEnum):
    """What a rate is taken of: what is credited; or the individual commission rate, which is target over quota."""

    CREDIT = "credit"
    TARGET = "target"


class Holds(StrEnum):
    """What a gate that is shut keeps back: all of it, or what is paid above the rate of the point."""

    ALL = "all"
    ACCELERATOR = "accelerator"


class AsOf(StrEnum):
    """When a gate looks at its measure: as the period ends, or as it stood before the period."""

    END = "end"
    START = "start"


class ShareBy(StrEnum):
    """By what the members of a team share its pool."""

    CREDIT = "credit"
    ATTAINMENT = "attainment"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount in minor units, or a share of the component's target in parts per million."""

    amount: int | None = None
    of_target: int | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Nothing is paid below `at` (in the unit of the table's bounds); then from there on, or from the first unit."""

    at: int
    from_first: bool


@dataclass(frozen=True, slots=True)
class Gate:
    """Something else that has to hold: a measure or attainment of at least so much, or a certificate."""

    key: Key | None
    least: int = 0
    certificate: str = ""
    holds: Holds = Holds.ALL
    point: int = WHOLE
    as_of: AsOf = AsOf.END


@dataclass(frozen=True, slots=True)
class Modifier:
    """Multiplies what was earned by the factor (a band's rate) of the band that another measure falls into.

    `interpolated` draws straight lines between the bands' starts and goes on level beyond the first and the last.
    """

    key: Key
    bands: tuple[Band, ...]
    bound: Bound = Bound.LOWER_INCLUSIVE
    interpolated: bool = False


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a line, the component, or attainment (parts per million of the quota) may come to.

    What a refundable cap keeps back stays the payee's and is paid when a later period has room.
    """

    component: Limit | None = None
    line: Limit | None = None
    attainment: int | None = None
    refundable: bool = False


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective: its weight, and what a score is worth: bands over it, or, without, the score up to the whole."""

    code: str
    name_en: str
    name_it: str
    weight: int
    scale: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """The component is earned by all members together (those of each team by themselves) and shared among them."""

    by: ShareBy
    by_team: bool = False


@dataclass(frozen=True, slots=True)
class Pays:
    """Everything around the table. `target` is the part of the person's target incentive, or an amount a period."""

    basis: Basis = Basis.CREDIT
    target: Limit | None = None
    threshold: Threshold | None = None
    gates: tuple[Gate, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    caps: Caps = Caps()
    floor: Limit | None = None
