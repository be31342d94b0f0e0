"""The same calculation on files alone: no database, no sign-in. What the terminal calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from spm_app.compensation.domain.checking import check_plan
from spm_app.compensation.domain.files import Sheet, csv_sheet, kind_of, read_sheets
from spm_app.compensation.domain.inputs import InForce
from spm_app.compensation.domain.plan import Plan, read_plan
from spm_app.compensation.domain.results import PayeeOutcome
from spm_app.compensation.engine import Results, Whole, calculate_whole
from spm_app.compensation.engine.examples import Verdict, run_examples
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem, Severity, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from spm_app.compensation.domain.files import Read
    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.settle.values import Settled
    from spm_app.kernel.period import Period

__all__ = ["Calculated", "Folder", "Verdict", "calculated", "findings", "folder", "readable", "run_examples"]


@dataclass(frozen=True, slots=True)
class Folder:
    """The sheets of a folder, and what lies there that is none."""

    sheets: tuple[Sheet, ...]
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculated:
    """One period, earned and settled, with what it was calculated from and the names behind the numbers of persons."""

    whole: Whole
    given: Read

    @property
    def results(self) -> Results:
        """What everybody earned."""
        return self.whole.results

    @property
    def names(self) -> Mapping[int, str]:
        """The name behind each person's number."""
        return self.given.names

    @property
    def settled(self) -> Mapping[int, Settled]:
        """What of it is paid, by the number of the payee."""
        return {each.payee_id: each for each in self.whole.settled}

    def payees(self) -> Iterator[PayeeOutcome]:
        """Everybody who earned, and then who is only paid or only has something open."""
        seen: set[int] = set()
        for each in self.results.payees():
            seen.add(each.payee_id)
            yield each
        for each in self.whole.settled:
            if each.payee_id not in seen:
                yield PayeeOutcome(each.payee_id, "", 0, ())


def findings(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a plan text, or worth a look."""
    read, problems = read_plan(text)
    return problems if read is None else check_plan(read)


def readable(text: str) -> Plan:
    """The plan of a text. Raises InvalidInput with every finding when it cannot be used."""
    read, problems = read_plan(text)
    if read is None:
        raise InvalidInput("compensation.plan_unreadable", problems)
    found = check_plan(read)
    if has_errors(found):
        raise InvalidInput("compensation.plan_has_errors", found)
    return read


def folder(at: Path) -> Folder:
    """Every CSV file of a folder by its name. Raises InvalidInput when a file is no text in UTF-8."""
    files = sorted(each for each in at.glob("*.csv") if each.is_file())
    sheets: list[Sheet] = []
    strange: list[Problem] = []
    for file in files:
        kind = kind_of(file.stem)
        if kind is None:
            strange.append(Problem(str(file), "compensation.files.no_such_sheet", severity=Severity.WARNING))
            continue
        try:
            sheets.append(csv_sheet(kind, str(file), file.read_text(encoding="utf-8-sig")))
        except UnicodeDecodeError:
            raise _unusable([Problem(str(file), "compensation.files.not_utf8")]) from None
    return Folder(tuple(sheets), tuple(strange))


def calculated(
    plans: Sequence[Plan], asked: Period, sheets: Iterable[Sheet], *, as_of: datetime | None = None
) -> tuple[Calculated, ...]:
    """What everybody earns in each pay period of the plans within the period that is asked for.

    Raises InvalidInput with every place to mend. Periods are those of the calendar year.
    """
    given = tuple(sheets)
    pairs = [
        (paid, period, read_sheets(given, period=period, currency=paid[0].currency, as_of=as_of))
        for paid, period in _periods(plans, asked)
    ]
    found = {(each.at, each.key, str(each.args)): each for _, _, read in pairs for each in read.problems}
    if found:
        raise _unusable(list(found.values()))
    return tuple(_in_turn(pairs, plans))


def _in_turn(pairs: Sequence[tuple[list[Plan], Period, Read]], plans: Sequence[Plan]) -> Iterator[Calculated]:
    """Period after period: each is given what those before it, of the same size, left open."""
    elsewhere: set[str] = set()
    for grain, group in groupby(pairs, key=lambda each: each[0][0].period):
        own = [each for each in plans if each.period is grain]
        past: Inputs | None = None
        for paid, _, read in group:
            inputs = _opened(read.inputs, elsewhere) if past is None else _after(read.inputs, past)
            whole = _calculated([InForce(at, each) for at, each in enumerate(paid, 1)], inputs, own, read.names)
            past = replace(
                inputs,
                balances=tuple(one for each in whole.settled for one in each.balances),
                paid_lines=(*inputs.paid_lines, *(one for each in whole.settled for one in each.lines)),
            )
            yield Calculated(whole, read)
        elsewhere |= {each.code for each in own} | {each.plan for each in pairs[0][2].inputs.balances}


def _calculated(plans: Sequence[InForce], inputs: Inputs, known: Sequence[Plan], names: Mapping[int, str]) -> Whole:
    """The calculation; findings about persons name them instead of numbering them."""
    try:
        return calculate_whole(plans, inputs, earlier=known)
    except InvalidInput as refusal:
        raise _unusable([named(each, names) for each in refusal.problems]) from None


def named(problem: Problem, names: Mapping[int, str]) -> Problem:
    """The finding with the person's name where it has the number."""
    person = problem.args.get("person")
    if not isinstance(person, int) or person not in names:
        return problem
    return replace(problem, at=names[person], args={**problem.args, "person": names[person]})


def _opened(inputs: Inputs, elsewhere: set[str]) -> Inputs:
    """Without what plans of another size of period have seen to."""
    return replace(inputs, balances=tuple(each for each in inputs.balances if each.plan not in elsewhere))


def _after(inputs: Inputs, past: Inputs) -> Inputs:
    return replace(inputs, balances=past.balances, paid_lines=past.paid_lines)


def _periods(plans: Sequence[Plan], asked: Period) -> list[tuple[list[Plan], Period]]:
    """Plans that pay by the same size of period together, in each such period that lies in the one asked for.

    When it holds none of them, all plans meet the period itself, and the calculation says what does not fit.
    """
    calendar = FiscalCalendar()
    grains = dict.fromkeys(each.period for each in plans)
    found = [
        ([each for each in plans if each.period is grain], period)
        for grain in grains
        for period in calendar.periods(calendar.year_of(asked.start), grain)
        if asked.start <= period.start and period.end <= asked.end
    ]
    known = {each.code for paid, _ in found for each in paid}
    missed = [each for each in plans if each.code not in known]
    return [*found, (missed, asked)] if missed else found


def _unusable(problems: Sequence[Problem]) -> InvalidInput:
    return InvalidInput("compensation.inputs.unusable", problems, n=len(problems))
