"""Rates of exchange: what they are, and a file of more."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.parts.facts import intake
from spm_app.compensation.state.pay_facts import RATE_COLUMNS, RatesState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def rates_page() -> rx.Component:
    """The file first, then the list."""
    nothing = empty_state(t("compensation.rates.none"), t("compensation.rates.none.what_now"))
    table = data_table(RatesState, RATE_COLUMNS, caption="compensation.rates", empty=nothing)
    return rx.el.div(intake("rates", RatesState), table, class_name=theme.STACK)


PAGE = Page(
    route="/settings/rates",
    title="compensation.rates",
    body=rates_page,
    load=(RatesState.load,),
    roles=(Role.COMP_ADMIN, Role.FINANCE),
    group="settings",
    icon="arrow-left-right",
)
