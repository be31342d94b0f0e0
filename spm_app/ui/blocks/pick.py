"""Choosing when and who: a period with its neighbours, and a row of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.blocks.basic import button
from spm_app.ui.i18n import t


def period_picker(chosen: Any, periods: Any, on_change: Any) -> rx.Component:
    """One of several periods, newest first: a Var of dicts with `value` and `label`; `on_change` takes the value."""
    choices = rx.foreach(periods, lambda each: rx.el.option(each["label"], value=each["value"]))
    return rx.el.div(
        rx.el.label(t("ui.period"), html_for="period", class_name="unseen"),
        rx.el.select(choices, id="period", value=chosen, on_change=on_change, class_name=f"{theme.INPUT} sm:w-auto"),
        class_name=theme.ROW,
    )


def choice(label: Any, name: str, options: Any, *, value: Any, on_change: Any) -> rx.Component:
    """One of several outside a table: a labelled select; options as for the period."""
    choices = rx.foreach(options, lambda each: rx.el.option(each["label"], value=each["value"]))
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="unseen"),
        rx.el.select(
            choices, id=name, value=value, on_change=on_change, class_name=f"{theme.INPUT} sm:w-auto sm:max-w-64"
        ),
    )


def tabs(current: Any, options: Sequence[tuple[str, Any]], on_choose: Any) -> rx.Component:
    """A few views of one thing: (value, label) pairs; the chosen one is pressed."""
    return rx.el.div(
        *(
            button(
                label,
                variant="quiet",
                on_click=on_choose(value),
                aria_pressed=(current == value).to_string(),
            )
            for value, label in options
        ),
        class_name=f"{theme.ROW} border-b border-line pb-1",
        role="group",
    )


def steps(current: Any, names: Sequence[Any]) -> rx.Component:
    """Where one is in something with an order; `current` counts from 1."""
    items = [
        rx.el.li(
            rx.el.span(str(number), class_name="font-semibold"),
            rx.el.span(name),
            aria_current=rx.cond(current == number, "step", "false"),
            class_name=rx.cond(
                current == number,
                f"{_STEP} text-accent",
                rx.cond(current > number, f"{_STEP} text-ink", f"{_STEP} text-ink-faint"),
            ),
        )
        for number, name in enumerate(names, start=1)
    ]
    return rx.el.ol(*items, class_name="flex flex-wrap gap-x-6 gap-y-1 list-none m-0 p-0")


_STEP = "inline-flex items-center gap-2"
