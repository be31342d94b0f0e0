"""Whatever the engine gives can be said: every figure in steps, in both languages, and lines that come to the cent."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.compensation.domain.explain import explain_component, explain_line
from spm_app.compensation.domain.inputs import InForce
from spm_app.compensation.engine import calculate
from spm_app.ui.catalogue import say
from tests.oracle.both import Result, by_engine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.results import ComponentOutcome
    from spm_app.compensation.domain.terms import Plan
    from spm_app.kernel.money import Currency


def by_engine_with_reasons(plans: Sequence[Plan], inputs: Inputs) -> Result:
    """What the engine gives, after everything has been explained."""
    for payee in calculate([InForce(at, each) for at, each in enumerate(plans)], inputs).payees():
        for component in payee.components:
            _say(component, inputs.currency)
            assert sum(each.amount for each in component.lines) == component.earned
            for line in component.lines:
                if "slices" in line.derivation and "uncapped" not in line.derivation:
                    assert _from_slices(line.derivation) == Fraction(line.derivation["exact"])
    return by_engine(plans, inputs)


def _say(component: ComponentOutcome, currency: Currency) -> None:
    for language in ("en", "it"):
        steps = [*explain_component(component.derivation, currency, language)]
        for line in component.lines:
            steps += explain_line(line.derivation, component.derivation, currency, language)
        for step in steps:
            told = say(language, step.key, **step.args)
            assert "{" not in told
            assert step.key not in told


def _from_slices(derivation: Mapping[str, Any]) -> Fraction:
    """What the slices of a deal's line and the factor come to."""
    earned = sum((Fraction(each["earned"]) for each in derivation["slices"]), Fraction(0))
    return earned * Fraction(derivation.get("factor", 1))
