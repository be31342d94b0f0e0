"""How pay is found from a measure: bands, points and grids. Whole numbers only, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from spm_app.compensation.domain.rule import Type


class Kind(StrEnum):
    """How pay is found.

    By rates: one rate; each slice at its own rate; the band reached pays on everything; or one of these two below a
    point and one above it. By amounts: the band reached pays its amount; or each band pays its amount in proportion to
    how far it is filled; or straight lines between points. Looked up: the rate or amount of a cell of a grid.
    """

    FLAT = "flat"
    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"
    HYBRID = "hybrid"
    STEP = "step"
    INTERPOLATED = "interpolated"
    CURVE = "curve"
    GRID = "grid"


class Over(StrEnum):
    """What a table is keyed on: the measure or its share of the quota, those of another measure, or a deal's field."""

    ATTAINMENT = "attainment"
    AMOUNT = "amount"
    MEASURE = "measure"
    ATTAINMENT_OF = "attainment_of"
    FIELD = "field"


class Bound(StrEnum):
    """Which band a measure that stands exactly on a bound belongs to: the upper one, or the lower one."""

    LOWER_INCLUSIVE = "lower_inclusive"
    UPPER_INCLUSIVE = "upper_inclusive"


class Worth(StrEnum):
    """What a band says: a rate of what is credited, an amount, an amount for each unit, or a share of the target."""

    RATE = "rate"
    AMOUNT = "amount"
    EACH = "each"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Band:
    """From `start` up to `end` (None: without end), at `rate` parts per million, or worth `amount` minor units.

    Bounds are parts per million of the quota over attainment, minor units over money, millionths over numbers.
    """

    start: int
    end: int | None
    rate: int
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """What a table is looked up by. `of` names the other measure or the field; `type` is what bounds are."""

    over: Over
    of: str = ""
    type: Type = Type.MONEY

    @property
    def is_attainment(self) -> bool:
        """Whether bounds are shares of a quota."""
        return self.over in {Over.ATTAINMENT, Over.ATTAINMENT_OF}

    @property
    def is_own(self) -> bool:
        """Whether it is the component's own measure."""
        return self.over in {Over.ATTAINMENT, Over.AMOUNT}


@dataclass(frozen=True, slots=True)
class Grid:
    """Rates or amounts by two keys: `cells[row][column]`, each row and column from its start to the next one's.

    `interpolated` draws straight lines between starts instead, and goes on level beyond the first and last.
    """

    rows: Key
    columns: Key
    row_starts: tuple[int, ...]
    column_starts: tuple[int, ...]
    cells: tuple[tuple[int, ...], ...]
    interpolated: bool = False


@dataclass(frozen=True, slots=True)
class RateTable:
    """How much of a measure is earned. A flat rate is one band without end, over the amount.

    A hybrid has a `point`, in the unit of bounds, and says how what is `below` it pays and how what is `above`.
    A curve's bands are its points: `start` is where, and what it is worth there.
    """

    kind: Kind
    over: Over
    bound: Bound
    bands: tuple[Band, ...]
    point: int | None = None
    below: Kind = Kind.MARGINAL
    above: Kind = Kind.WHOLE_AMOUNT
    worth: Worth = Worth.RATE
    key: Key | None = None
    grid: Grid | None = None

    @property
    def runs(self) -> bool:
        """Whether what a line earns depends on where it stood in the measure."""
        return self.kind in {Kind.MARGINAL, Kind.HYBRID, Kind.INTERPOLATED}

    @property
    def pays_amounts(self) -> bool:
        """Whether its bands are worth amounts rather than rates."""
        return self.kind in {Kind.STEP, Kind.INTERPOLATED, Kind.CURVE}

    @property
    def keyed(self) -> Key:
        """What it is looked up by."""
        return self.key or Key(self.over)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Everything that it is looked up by."""
        return (self.keyed,) if self.grid is None else (self.grid.rows, self.grid.columns)
