"""One import: how far it is, what came of it, what it left out; and the way back."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.crm.pages.roles import IMPORTERS
from spm_app.crm.state.imports import ImportPageState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, link_button, note, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state, progress
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

COUNTS = (
    Column("kind", "crm.import.rows_of"),
    Column("read", "crm.import.read", kind="number"),
    Column("created", "crm.import.created", kind="number"),
    Column("changed", "crm.import.changed", kind="number"),
    Column("unchanged", "crm.import.unchanged", kind="number"),
    Column("refused", "crm.import.refused", kind="number"),
)
FINDINGS = (
    Column("kind", "crm.import.rows_of"),
    Column("row", "crm.row", kind="number"),
    Column("field", "crm.field"),
    Column("what", "crm.why"),
    Column("severity", "crm.severity", kind="pill"),
)


def import_page() -> rx.Component:
    """State first, then the figures, then every row that needs a look."""
    unknown = card(empty_state(t("crm.import_unknown"), t("crm.imports.none.what_now"), icon="search-x"))
    known = rx.el.div(_state(), _counts(), _findings(), class_name=theme.STACK)
    return rx.cond(ImportPageState.found, known, unknown)


def _state() -> rx.Component:
    known: Any = ImportPageState.facts
    return card(
        facts(
            fact(t("crm.import.state"), pill(known["state"], known["tone"])),
            fact(t("crm.import.source"), known["source"]),
            fact(t("crm.import.by"), known["by"]),
            fact(t("crm.import.at"), known["at"]),
        ),
        rx.cond(
            ImportPageState.state == "waiting",
            progress(ImportPageState.done, rx.cond(ImportPageState.total > 0, ImportPageState.total, 1), _how_far()),
            rx.fragment(),
        ),
        rx.cond(ImportPageState.reason != "", note(ImportPageState.reason, tone="bad"), rx.fragment()),
        rx.cond(known["can_be_undone"] != "", _ways_on(), rx.fragment()),
        title=t("crm.import.job"),
    )


def _how_far() -> rx.Var[str]:
    return rx.cond(
        ImportPageState.total > 0,
        t("crm.import.how_far", done=ImportPageState.done, total=ImportPageState.total),
        t("crm.import.reading"),
    )


def _ways_on() -> rx.Component:
    known: Any = ImportPageState.facts
    fetch = button(t("crm.import.download_refused"), icon="download", on_click=ImportPageState.download_refused)
    return rx.el.div(
        link_button(t("crm.import.see_deals"), "/deals", icon="handshake"),
        rx.cond(known["refused"] != "", fetch, rx.fragment()),
        confirm(t("crm.import.undo"), t("crm.import.undo_question"), ImportPageState.undo, icon="undo-2"),
        class_name=theme.ROW,
    )


def _counts() -> rx.Component:
    rows = rx.Var.create(ImportPageState.counts)
    table = simple_table(COUNTS, rows, caption=t("crm.import.result"))
    return rx.cond(rows.length() > 0, card(table, title=t("crm.import.result")), rx.fragment())


def _findings() -> rx.Component:
    rows = rx.Var.create(ImportPageState.findings)
    table = simple_table(FINDINGS, rows, caption=t("crm.import.findings"))
    return rx.cond(rows.length() > 0, card(table, title=t("crm.import.findings")), rx.fragment())


PAGE = Page(
    route="/imports/[import_id]",
    title="crm.import.job",
    body=import_page,
    load=(ImportPageState.load,),
    roles=IMPORTERS,
    live=("imports",),
    parents=("/imports",),
    heading=lambda: rx.Var.create(ImportPageState.filename),
)
