"""Every customer that one sells to."""

from __future__ import annotations

import reflex as rx

from spm_app.crm.pages.roles import READERS
from spm_app.crm.state.accounts import COLUMNS, AccountsState
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def accounts_page() -> rx.Component:
    """Search, one filter, table."""
    return data_table(
        AccountsState,
        COLUMNS,
        caption="crm.accounts",
        filters=(filter_choice(AccountsState, "sector", "crm.sector", AccountsState.sectors),),
        empty=empty_state(t("crm.accounts.none"), t("crm.deals.none.what_now"), icon="building-2"),
    )


PAGE = Page(
    route="/accounts",
    title="crm.accounts",
    body=accounts_page,
    load=(AccountsState.load,),
    roles=READERS,
    group="sales",
    icon="building-2",
    live=("deals",),
)
