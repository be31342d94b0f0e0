"""Documents that agents invoice against, wherever they are listed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.payment import AgentDocumentsState
from spm_app.ui.blocks.basic import button, card
from spm_app.ui.i18n import t, whole


def documents(rows: Any) -> rx.Component:
    """A card with one line a document; nothing at all where there is none."""
    listed = rx.el.ul(rx.foreach(rows, _row), class_name="list-none m-0 p-0 flex flex-col gap-2")
    return rx.cond(rx.Var.create(rows).length() > 0, card(listed, title=t("compensation.documents")), rx.fragment())


def _row(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(each["number"], class_name="font-medium"),
        rx.el.span(each["payee"]),
        rx.el.span(each["period"]),
        rx.el.span(each["total"], class_name="tabular-nums"),
        button(
            t("compensation.document.take"),
            icon="download",
            on_click=AgentDocumentsState.take(whole(each["export_id"]), whole(each["payee_id"])),
        ),
        class_name="flex flex-wrap items-center justify-between gap-x-6 gap-y-1",
    )
