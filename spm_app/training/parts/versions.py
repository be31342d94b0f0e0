"""The versions of a course, each to be read at the side."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.parts.prose import prose
from spm_app.training.state.versions import VersionsState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t, whole
from spm_app.ui.listing import Column

_COLUMNS = (
    Column("name", "training.version"),
    Column("stands", "training.stands", kind="pill"),
    Column("changed", "training.changed"),
    Column("published", "training.published_at"),
)


def versions() -> rx.Component:
    """A short table, and the open version beside it."""
    listed = simple_table(_COLUMNS, VersionsState.rows, caption=t("training.versions"), acts=_read)
    return rx.fragment(card(listed, title=t("training.versions")), _text())


def _read(row: Any) -> rx.Component:
    return button(
        t("training.version.read"),
        variant="quiet",
        icon="book-open",
        aria_label=t("training.version.read_number", number=row["number"]),
        on_click=VersionsState.read(whole(row["number"])),
    )


def _text() -> rx.Component:
    return drawer(
        VersionsState.title,
        rx.foreach(VersionsState.parts, _part),
        is_open=VersionsState.is_open,
        on_open_change=VersionsState.set_open,
    )


def _part(part: Any) -> rx.Component:
    title = rx.match(
        part["kind"],
        ("section", rx.el.h3(part["title"], class_name=f"{theme.H2} border-t border-line pt-3")),
        ("question", rx.el.p(part["title"], class_name="m-0 font-medium")),
        rx.el.h4(part["title"], class_name="m-0 font-semibold"),
    )
    return rx.el.div(
        title,
        rx.cond(part["html"] != "", prose(part["html"]), rx.fragment()),
        rx.cond(part["right"] != "", rx.el.p(part["right"], class_name=f"{theme.SMALL} m-0"), rx.fragment()),
        class_name="flex flex-col gap-1",
    )
