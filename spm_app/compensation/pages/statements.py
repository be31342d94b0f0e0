"""One's own statements."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.state.statements import OWN_COLUMNS, StatementsState
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def statements_page() -> rx.Component:
    """Newest first."""
    nothing = empty_state(t("compensation.statements.none"), t("compensation.statements.none.what_now"), icon="receipt")
    return data_table(StatementsState, OWN_COLUMNS, caption="compensation.statements", empty=nothing)


PAGE = Page(
    route="/statements",
    title="compensation.statements",
    body=statements_page,
    load=(StatementsState.load,),
    group="earnings",
    icon="receipt",
    live=("statements", "runs"),
)
