"""Every deal that one may see."""

from __future__ import annotations

import reflex as rx

from spm_app.crm.pages.roles import READERS
from spm_app.crm.state.deals import COLUMNS, DealsState
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def deals_page() -> rx.Component:
    """Search, filters, table."""
    return data_table(
        DealsState,
        COLUMNS,
        caption="crm.deals",
        filters=(
            filter_choice(DealsState, "outcome", "crm.outcome", DealsState.outcomes),
            filter_choice(DealsState, "period", "crm.closed_in", DealsState.periods),
            filter_choice(DealsState, "stage", "crm.stage", DealsState.stages),
            filter_choice(DealsState, "product", "crm.product", DealsState.products),
            filter_choice(DealsState, "team", "crm.team", DealsState.teams),
            filter_choice(DealsState, "owner", "crm.owner", DealsState.owners),
        ),
        empty=empty_state(t("crm.deals.none"), t("crm.deals.none.what_now"), icon="handshake"),
    )


PAGE = Page(
    route="/deals",
    title="crm.deals",
    body=deals_page,
    load=(DealsState.load,),
    roles=READERS,
    group="sales",
    icon="handshake",
    live=("deals",),
)
