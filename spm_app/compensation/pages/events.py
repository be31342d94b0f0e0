"""What happened to sales after they were won: a file of it, and the list."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.parts.facts import intake, withdrawal
from spm_app.compensation.state.pay_facts import EVENT_COLUMNS, EventsState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def events_page() -> rx.Component:
    """The file first, then the list."""
    nothing = empty_state(t("compensation.events.none"), t("compensation.events.none.what_now"))
    table = data_table(EventsState, EVENT_COLUMNS, caption="compensation.events", empty=nothing)
    return rx.el.div(intake("events", EventsState), table, withdrawal(), class_name=theme.STACK)


PAGE = Page(
    route="/settings/events",
    title="compensation.events",
    body=events_page,
    load=(EventsState.load,),
    roles=(Role.COMP_ADMIN, Role.FINANCE),
    group="settings",
    icon="calendar-check",
)
