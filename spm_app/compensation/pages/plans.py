"""Every plan that one may read."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.state.plans import COLUMNS, PlansState
from spm_app.ui.blocks.basic import link_button
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def plans_page() -> rx.Component:
    """The list, and a new one for who writes plans."""
    new = rx.cond(
        PlansState.may_write,
        link_button(t("compensation.plan.new"), "/plans/0", variant="primary", icon="plus"),
        rx.fragment(),
    )
    nothing = empty_state(t("compensation.plans.none"), t("compensation.plans.none.what_now"), icon="file-text")
    return data_table(PlansState, COLUMNS, caption="compensation.plans", actions=(new,), empty=nothing)


PAGE = Page(
    route="/plans",
    title="compensation.plans",
    body=plans_page,
    load=(PlansState.load,),
    group="earnings",
    icon="file-text",
)
