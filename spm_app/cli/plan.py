"""`spm plan`: a plan text is checked and tested like code."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from spm_app.cli.words import here
from spm_app.compensation.service import offline
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
    """Calculate the examples inside each plan and compare. 1 when one differs.

    Parameters
    ----------
    files
        Plan texts in YAML with `examples`.
    """
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
        if not verdicts:
            print(f"{file}: {say(here(), 'compensation.calc.no_example')}")
    return min(1, differs)
