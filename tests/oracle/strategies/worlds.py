"""A plan, and a company that it pays in one period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.oracle.strategies import company
from tests.oracle.strategies.plans import Focus, plans
from tests.oracle.strategies.sales import companies

if TYPE_CHECKING:
    from spm_app.compensation.domain.inputs import Inputs
    from spm_app.compensation.domain.terms import Plan


@st.composite
def worlds(draw: st.DrawFn, focus: Focus) -> tuple[Plan, Inputs]:
    """Both for the same period."""
    period = draw(company.periods)
    return draw(plans("a", period, focus)), draw(companies(period))
