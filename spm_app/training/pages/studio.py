"""The trainer's list of courses."""

from __future__ import annotations

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.training.state.studio import COLUMNS, StudioState
from spm_app.ui.blocks.basic import button
from spm_app.ui.blocks.fields import form, text_field
from spm_app.ui.blocks.overlays import dialog
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def studio_page() -> rx.Component:
    """The table, and a dialog that asks for a title."""
    new = button(t("training.new_course"), variant="primary", icon="plus", on_click=StudioState.ask_title(True))
    empty = empty_state(t("training.no_courses"), t("training.no_courses.what_now"), icon="pen-line")
    return rx.fragment(
        data_table(StudioState, COLUMNS, caption="training.studio", empty=empty, actions=(new,)),
        dialog(
            t("training.new_course"),
            form(
                text_field(t("training.title"), "title", error=StudioState.refused, auto_focus=True, max_length=200),
                button(t("training.create"), variant="primary", type="submit"),
                on_submit=StudioState.create,
            ),
            is_open=StudioState.is_new,
            on_open_change=StudioState.ask_title,
        ),
    )


PAGE = Page(
    route="/studio",
    title="training.studio",
    body=studio_page,
    load=(StudioState.load,),
    roles=(Role.TRAINER,),
    group="learning",
    icon="pen-line",
)
