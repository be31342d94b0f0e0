"""What was brought in, newest first."""

from __future__ import annotations

import reflex as rx

from spm_app.crm.pages.roles import IMPORTERS
from spm_app.crm.state.imports import COLUMNS, ImportsState
from spm_app.ui.blocks.basic import link_button
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def imports_page() -> rx.Component:
    """The list, and the way to a new one."""
    return data_table(
        ImportsState,
        COLUMNS,
        caption="crm.imports",
        empty=empty_state(t("crm.imports.none"), t("crm.imports.none.what_now"), icon="file-up"),
        actions=(link_button(t("crm.import.new"), "/imports/new", variant="primary", icon="file-up"),),
    )


PAGE = Page(
    route="/imports",
    title="crm.imports",
    body=imports_page,
    load=(ImportsState.load,),
    roles=IMPORTERS,
    group="sales",
    icon="file-up",
    live=("imports",),
)
