"""What a run has to say about parts of a period: a plan or a payee that was not there all the time.

Nothing of it is an error; it is what would otherwise look like pay that is missing.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from spm_app.kernel.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def notices(log: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """Each thing once, plan by plan, from the log of a calculation; a log kept by an older release says nothing."""
    found = dict.fromkeys((key, tuple(args.items())) for each in log if "days" in each for key, args in _of(each))
    return tuple(Problem(str(dict(args)["plan"]), key, dict(args), Severity.WARNING) for key, args in found)


def _of(each: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    plan = {"plan": each["plan"]}
    if not each["days"]:
        yield "compensation.part.not_in_force", plan
        return
    if each["days"] < each["of"]:
        days = {"start": date.fromisoformat(each["start"]), "last": date.fromisoformat(each["last"])}
        yield "compensation.part.plan", {**plan, **days, "n": each["days"], "of": each["of"]}
    if each["partial"]:
        yield "compensation.part.payees", {**plan, "n": each["partial"]}
    if each["outside"]:
        yield "compensation.part.outside", {**plan, "component": each["component"], "n": each["outside"]}
