"""The directory of everybody who works here."""

from __future__ import annotations

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.people.pages.dialogs import hiring_dialog
from spm_app.people.state.directory import COLUMNS, PeopleState
from spm_app.people.state.hiring import HiringState
from spm_app.ui.blocks.basic import button, link_button
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page
from spm_app.ui.shell import holds_any

WRITERS = (Role.COMP_ADMIN, Role.SYSADMIN)


def people_page() -> rx.Component:
    """Search, filter, and for whoever may the ways to bring people in."""
    table = data_table(
        PeopleState,
        COLUMNS,
        caption="people.directory",
        filters=(
            filter_choice(PeopleState, "team", "people.team", PeopleState.teams),
            filter_choice(PeopleState, "status", "people.status", PeopleState.statuses),
        ),
        empty=empty_state(t("people.none_yet"), t("people.none_yet.what_now"), icon="users"),
        actions=(rx.cond(holds_any(WRITERS), _ways_in(), rx.fragment()),),
    )
    return rx.fragment(table, hiring_dialog())


def _ways_in() -> rx.Component:
    return rx.fragment(
        link_button(t("people.import"), "/people/import", icon="file-up"),
        button(t("people.hire"), variant="primary", icon="user-plus", on_click=HiringState.begin),
    )


PAGE = Page(
    route="/people",
    title="people.directory",
    body=people_page,
    load=(PeopleState.load,),
    group="people",
    icon="users",
    live=("people",),
)
