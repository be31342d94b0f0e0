"""How far somebody is in a course, as a thin bar with words beside it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.ui import theme


def bar(percent: Any, said: Any) -> rx.Component:
    """The words carry the meaning; the bar repeats them."""
    fill = rx.el.div(
        class_name="h-full rounded-full bg-accent transition-[width] duration-200", style={"width": percent + "%"}
    )
    return rx.el.div(
        rx.el.div(fill, class_name="h-1.5 rounded-full bg-sunken overflow-hidden", aria_hidden="true"),
        rx.el.span(said, class_name=theme.SMALL),
        class_name="flex flex-col gap-1",
    )
