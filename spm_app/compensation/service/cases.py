"""Cases beside a plan, calculated and compared: what `spm plan test` does with a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.cases import holds_cases, read_cases
from spm_app.compensation.domain.condition import payable
from spm_app.compensation.domain.explain import Step, explain_component, explain_line
from spm_app.compensation.service import offline, offline_json
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar
from spm_app.kernel.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from spm_app.compensation.domain.cases import Case, Expected
    from spm_app.compensation.domain.terms import Plan
    from spm_app.kernel.money import Currency


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of a case: what is expected, what is calculated (None: there is no such figure), and its derivation."""

    at: str
    case: str
    figure: str
    expected: Money
    found: Money | None
    steps: tuple[Step, ...]

    @property
    def agrees(self) -> bool:
        """Whether both are the same to the smallest coin."""
        return self.expected == self.found


def plans_and_cases(at: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The plans that lie in a folder, and the files of cases anywhere below it."""
    texts = sorted(each for ending in ("*.yaml", "*.yml") for each in at.rglob(ending))
    cases = tuple(each for each in texts if holds_cases(each.read_text(encoding="utf-8")))
    return tuple(each for each in texts if each.parent == at and each not in cases), cases


def compared(file: Path, beside: Sequence[Path], language: str) -> Iterator[Compared]:
    """Every figure that the cases of a file expect, by the plans that it names or all of those `beside` it.

    Raises InvalidInput with every place to mend when the file, a plan or a case's rows cannot be used.
    """
    read, problems = read_cases(file.read_text(encoding="utf-8"), str(file))
    if read is None:
        raise InvalidInput("compensation.cases.unreadable", problems)
    meant = [file.parent / name for name in read.plans] or list(beside)
    plans = [offline.readable(each.read_text(encoding="utf-8")) for each in meant]
    for case in read.cases:
        yield from _compared(case, plans, file, language)


def _compared(case: Case, plans: Sequence[Plan], file: Path, language: str) -> Iterator[Compared]:
    given = offline.folder(file.parent / case.data).sheets if case.data else ()
    done = offline.calculated(plans, FiscalCalendar().parse(case.period), (*given, *case.sheets))
    said = [offline_json.statement(payee, part) for part in done for payee in part.payees()]
    currency = plans[0].currency
    for expected in case.expected:
        whole = [each for each in said if _is_of(each, expected, ("payee", "period"))]
        for name, text in expected.figures.items():
            minor = payable(text, currency)
            if minor is None:
                args = {"value": text, "currency": currency.code}
                raise InvalidInput(
                    "compensation.cases.unreadable", [Problem(expected.at, "compensation.plan.not_an_amount", args)]
                )
            found, steps = _figure(whole, expected, name, currency=currency, language=language)
            yield Compared(
                at=expected.at,
                case=case.name,
                figure=", ".join([*expected.whose.values(), name]),
                expected=Money.from_minor(minor, currency),
                found=None if found is None else Money.from_minor(found, currency),
                steps=steps,
            )


def _figure(
    whole: Sequence[Mapping[str, Any]], expected: Expected, name: str, *, currency: Currency, language: str
) -> tuple[int | None, tuple[Step, ...]]:
    """The sum of that figure over everything that is meant, and how each part of it came about."""
    parts = [(each, part) for each in whole for part in each["components"] if _is_of(part, expected, ("component",))]
    if "transaction" in expected.whose:
        asked = ("component", "transaction")
        lines = [(each, line) for each in whole for line in each["lines"] if _is_of(line, expected, asked)]
        derived = {(id(each), part["plan"], part["component"]): part["derivation"] for each, part in parts}
        steps = [
            explain_line(line["derivation"], derived[id(each), line["plan"], line["component"]], currency, language)
            for each, line in lines
        ]
        return _sum([line for _, line in lines], name), tuple(step for each in steps for step in each)
    steps = [explain_component(part["derivation"], currency, language) for _, part in parts]
    told = tuple(step for each in steps for step in each)
    if "component" in expected.whose:
        return _sum([part for _, part in parts], name), told
    return _sum([each["totals"] | each["balances"] for each in whole], name), told


def _is_of(told: Mapping[str, Any], expected: Expected, asked: Sequence[str]) -> bool:
    return all(told[name] == expected.whose[name] for name in asked if name in expected.whose)


def _sum(told: Sequence[Mapping[str, Any]], name: str) -> int | None:
    """None where there is nothing, or no such figure."""
    values = [value for each in told if isinstance(value := each.get(name), int)]
    return sum(values) if values and len(values) == len(told) else None
