"""An import as people look at it: what it was, what came of it, and what it left out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from spm_app.crm.domain.checking import check, check_links
from spm_app.crm.domain.compare import Comparison, Line, compare
from spm_app.crm.domain.records import AccountRecord, DealRecord, ProductRecord
from spm_app.kernel.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from spm_app.crm.domain.compare import Ref
    from spm_app.kernel.ids import ImportId, JobId

R = TypeVar("R", ProductRecord, AccountRecord, DealRecord)


class Kind(StrEnum):
    """What the rows of a file are. Persons come first, because deals name them; deals come last."""

    PERSON = "person"
    PRODUCT = "product"
    ACCOUNT = "account"
    DEAL = "deal"


class ImportState(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the rows went: created + changed + unchanged + refused = read."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.read + other.read,
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a row of a file: why it was refused, or what to look at."""

    kind: Kind
    row: int
    problem: Problem

    @property
    def is_refusal(self) -> bool:
        """Whether it kept the row out."""
        return self.problem.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Import:
    """One import. `counts` by kind of record; `error_key` is a text key, empty unless it failed."""

    id: ImportId
    source: str
    filename: str
    state: ImportState
    counts: Mapping[Kind, Counts]
    actor_name: str
    created_at: datetime
    ended_at: datetime | None = None
    job_id: JobId | None = None
    error_key: str = ""
    error_args: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def can_be_undone(self) -> bool:
        """Whether there is something to take back."""
        return self.state is ImportState.DONE

    @property
    def total(self) -> Counts:
        """All kinds together."""
        return sum(self.counts.values(), start=Counts())


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a batch; `findings` are its refusals and warnings."""

    import_id: ImportId
    counts: Mapping[Kind, Counts]
    findings: tuple[Finding, ...] = ()

    @property
    def total(self) -> Counts:
        """All kinds together."""
        return sum(self.counts.values(), start=Counts())


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a batch, each a record or the reasons why it is none."""

    products: Sequence[Line[ProductRecord]] = ()
    accounts: Sequence[Line[AccountRecord]] = ()
    deals: Sequence[Line[DealRecord]] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What a batch would change."""

    products: Comparison[ProductRecord]
    accounts: Comparison[AccountRecord]
    deals: Comparison[DealRecord]

    @property
    def counts(self) -> dict[Kind, Counts]:
        """By kind; kinds of which there was no row are left out."""
        found = {kind: counts_of(comparison) for kind, comparison in self.by_kind.items()}
        return {kind: counts for kind, counts in found.items() if counts.read}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every refusal and warning, by kind and row."""
        return tuple(
            Finding(kind, line.row, problem)
            for kind, comparison in self.by_kind.items()
            for line in sorted((*comparison.refused, *comparison.warned), key=lambda each: each.row)
            for problem in line.problems
        )

    @property
    def by_kind(self) -> dict[Kind, Comparison[Any]]:
        """The three comparisons."""
        return {Kind.PRODUCT: self.products, Kind.ACCOUNT: self.accounts, Kind.DEAL: self.deals}


def judge(lines: Lines, known: Mapping[Kind, Mapping[str, Ref]], named: Mapping[Kind, Collection[str]]) -> Judged:
    """Check every row, with what deals name, and compare it with what the source said before.

    `named` are the accounts and products that other sources brought: deals may name these as well.
    """
    products = compare(_checked(lines.products), known[Kind.PRODUCT])
    accounts = compare(_checked(lines.accounts), known[Kind.ACCOUNT])
    may_name = {
        kind: frozenset(named.get(kind, ())) | frozenset(known[kind]) | {each.record.external_id for each in new}
        for kind, new in ((Kind.ACCOUNT, accounts.created), (Kind.PRODUCT, products.created))
    }
    deals = _linked(lines.deals, may_name[Kind.ACCOUNT], may_name[Kind.PRODUCT])
    return Judged(products, accounts, compare(deals, known[Kind.DEAL]))


def counts_of(comparison: Comparison[Any]) -> Counts:
    """How many rows went where."""
    return Counts(
        comparison.read,
        len(comparison.created),
        len(comparison.changed),
        comparison.unchanged,
        len(comparison.refused),
    )


def _checked(lines: Sequence[Line[R]]) -> list[Line[R]]:
    return [replace(each, problems=_all(each, check(each.record))) if each.record else each for each in lines]


def _linked(
    lines: Iterable[Line[DealRecord]], accounts: Collection[str], products: Collection[str]
) -> list[Line[DealRecord]]:
    return [_with_links(each, each.record.settled(), accounts, products) if each.record else each for each in lines]


def _with_links(
    line: Line[DealRecord], record: DealRecord, accounts: Collection[str], products: Collection[str]
) -> Line[DealRecord]:
    return Line(line.row, record, _all(line, (*check(record), *check_links(record, accounts, products))))


def _all(line: Line[R], more: Iterable[Problem]) -> tuple[Problem, ...]:
    """A field that could not be read is not missing too: what was wrong with it has been said."""
    unread = {each.at for each in line.problems if each.severity is Severity.ERROR}
    return (*line.problems, *(each for each in more if each.at not in unread))
