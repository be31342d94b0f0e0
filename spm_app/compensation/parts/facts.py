"""Taking in a file of rates or of events, and taking an event back."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.pay_facts import EventsState, RatesState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note
from spm_app.ui.blocks.overlays import dialog
from spm_app.ui.blocks.upload import upload_field
from spm_app.ui.i18n import t

_CSV = {"text/csv": [".csv", ".txt"]}


def intake(name: str, state: type[EventsState | RatesState]) -> rx.Component:
    """What the file holds, where to drop it, and what came of the last one."""
    wrong: Any = rx.Var.create(state.wrong)
    refused = rx.el.ul(rx.foreach(state.wrong, rx.el.li), class_name="m-0 pl-5 flex flex-col gap-1")
    return card(
        rx.el.p(t(f"compensation.{name}.what"), class_name="m-0"),
        rx.el.p(t(f"compensation.{name}.columns"), class_name=f"m-0 {theme.SMALL}"),
        upload_field(name, t(f"compensation.{name}.drop"), state.take, accept=_CSV),
        rx.el.div(
            rx.cond(state.said != "", note(state.said, tone="good"), rx.fragment()),
            rx.cond(
                wrong.length() > 0,
                rx.el.div(note(t("compensation.facts.nothing"), tone="bad"), refused, class_name=theme.STACK),
                rx.fragment(),
            ),
            role="status",
        ),
        title=t(f"compensation.{name}.file"),
    )


def withdrawal() -> rx.Component:
    """Asks before an event counts no more."""
    return dialog(
        t("compensation.events.withdraw"),
        rx.el.p(t("compensation.events.withdraw.what"), class_name="m-0 text-ink-soft"),
        rx.el.div(
            button(t("ui.cancel"), on_click=EventsState.ask_no_more(False)),
            button(t("compensation.events.withdraw"), variant="danger", on_click=EventsState.withdraw),
            class_name=theme.ROW,
        ),
        is_open=EventsState.asking,
        on_open_change=EventsState.ask_no_more,
    )
