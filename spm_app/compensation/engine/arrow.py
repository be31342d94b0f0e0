"""Arrow's columns with types: the package brings none, so they are said here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs] - it has none
from pyarrow import csv as pyarrow_csv  # pyright: ignore[reportMissingTypeStubs] - it has none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_pa: Any = pa
_csv: Any = pyarrow_csv

TEXT, WHOLE, DAY, FLAG = _pa.string(), _pa.int64(), _pa.date32(), _pa.bool_()


class Column(Protocol):
    """One column of a table."""

    def to_pylist(self) -> list[Any]:
        """Its values."""
        ...


class Table(Protocol):
    """Columns of equal length, as the engine reads and writes them."""

    num_rows: int

    def column(self, name: str) -> Column:
        """The column of that name."""
        ...

    def equals(self, other: object) -> bool:
        """Whether both hold the same."""
        ...


def table(schema: Mapping[str, Any], rows: Iterable[tuple[Any, ...]]) -> Table:
    """Rows as columns of the types given by name."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [_pa.array(column, kind) for column, kind in zip(columns, schema.values(), strict=True)]
    return _pa.table(dict(zip(schema, arrays, strict=True)))


def rows(given: Table, at_once: int) -> Iterator[dict[str, Any]]:
    """Rows by name of column, made a batch at a time."""
    batches: Any = given
    for batch in batches.to_batches(max_chunksize=at_once):
        yield from batch.to_pylist()


def write_csv(given: Table, take: Callable[[bytes], object]) -> None:
    """The table as CSV, handed on piece by piece: the same table gives the same bytes."""
    _csv.write_csv(given, _pa.PythonFile(_Sink(take), mode="w"))


class _Sink:
    """A file that hands on what is written."""

    closed = False

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take

    def write(self, data: bytes) -> int:
        self._take(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing to close."""
