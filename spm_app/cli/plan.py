"""`spm plan`: a plan text is checked and tested like code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cyclopts import App

from spm_app.cli.words import here
from spm_app.compensation.service import cases, offline
from spm_app.kernel.problem import Severity, has_errors
from spm_app.ui.catalogue import say, say_problem

app = App(name="plan", help="Check and test plan texts.")


@app.command
def check(*files: Path) -> int:
    """Print what is wrong with each plan, or worth a look, as file:line. 1 when something is wrong.

    Parameters
    ----------
    files
        Plan texts in YAML.
    """
    wrong = 0
    for file in files:
        found = offline.findings(file.read_text(encoding="utf-8"))
        for each in found:
            line, _, path = each.at.partition(":")
            mark = "" if each.severity is Severity.ERROR else f"({each.severity.value}) "
            print(f"{file}:{line}: {mark}{path + ': ' if path else ''}{say_problem(here(), each)}")
        wrong += has_errors(found)
    return min(1, wrong)


@app.command
def test(*files: Path) -> int:
    """Calculate the examples inside plans and the cases beside them, and compare. 1 when one differs.

    Parameters
    ----------
    files
        Plan texts in YAML with `examples`, files of cases, or folders of both.
    """
    differs = 0
    for file in files:
        plans, texts = cases.plans_and_cases(file if file.is_dir() else file.parent)
        if file.is_dir():
            differs += _examples(plans, is_case=bool(texts)) + _cases(texts, plans)
        elif file in texts:
            differs += _cases((file,), plans)
        else:
            differs += _examples((file,))
    return min(1, differs)


def _cases(files: Sequence[Path], plans: Sequence[Path]) -> int:
    """How many figures of cases differ; those that do are printed with their derivation."""
    differs = 0
    for each in (each for file in files for each in cases.compared(file, plans, here())):
        values = {"case": each.case, "figure": each.figure, "expected": each.expected}
        if each.agrees:
            print(say(here(), "compensation.cases.agrees", **values))
            continue
        differs += 1
        if each.found is None:
            print(f"{each.at}: {say(here(), 'compensation.cases.nothing', **values)}")
        else:
            print(f"{each.at}: {say(here(), 'compensation.cases.differs', **values, found=each.found)}")
        for step in each.steps:
            print(f"    {say(here(), step.key, **step.args)}")
    return differs


def _examples(files: Sequence[Path], *, is_case: bool = False) -> int:
    """How many examples inside plans differ. `is_case`: a plan without examples has cases beside it."""
    differs = 0
    for file in files:
        verdicts = offline.run_examples(offline.readable(file.read_text(encoding="utf-8")))
        for each in verdicts:
            values = {"example": each.example, "component": each.component}
            if each.agrees:
                print(say(here(), "compensation.calc.agrees", **values, earned=each.earned))
                continue
            differs += 1
            said = say(here(), "compensation.calc.differs", **values, earned=each.earned, expected=each.expected)
            print(f"{file}:{each.at.partition(':')[0]}: {said}")
        if not verdicts and not is_case:
            print(f"{file}: {say(here(), 'compensation.calc.no_example')}")
    return differs
