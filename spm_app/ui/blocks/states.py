"""What a page shows when there is nothing, not yet anything, or nothing for this person."""

from __future__ import annotations

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.blocks.basic import Child


def empty_state(title: Child, text: Child, action: rx.Component | None = None, *, icon: str = "inbox") -> rx.Component:
    """What this is, what to do, one button."""
    return rx.el.div(
        rx.icon(icon, size=28, class_name="text-ink-faint", aria_hidden="true"),
        rx.el.p(title, class_name="m-0 font-semibold text-[16px]"),
        rx.el.p(text, class_name="m-0 text-ink-soft max-w-[46ch]"),
        action or rx.fragment(),
        class_name="flex flex-col items-center text-center gap-2 py-10 px-4",
    )


def error_state(title: Child, text: Child, action: rx.Component | None = None) -> rx.Component:
    """What happened, what to do; nothing is lost."""
    return rx.el.div(empty_state(title, text, action, icon="circle-alert"), role="alert")


def skeleton(rows: int = 6) -> rx.Component:
    """The shape of what is coming: a title, a few figures and some rows."""
    return rx.el.div(
        rx.el.div(class_name="skeleton h-8 w-56"),
        rx.el.div(
            *(rx.el.div(class_name="skeleton h-24") for _ in range(4)),
            class_name="grid grid-cols-2 lg:grid-cols-4 gap-4",
        ),
        *(rx.el.div(class_name="skeleton h-9") for _ in range(rows)),
        class_name=theme.STACK,
        aria_hidden="true",
        key="skeleton",  # so that React does not turn its parts into those of the page, which then seem to jump
    )


def progress(done: rx.Var[int] | int, total: rx.Var[int] | int, label: Child) -> rx.Component:
    """How far long work has come, in words and as a bar."""
    return rx.el.div(
        rx.el.div(label, class_name=theme.SMALL, aria_live="polite"),
        rx.el.progress(value=done, max=total, aria_label=label, class_name=_BAR),
        class_name="flex flex-col gap-1",
    )


#: The browser's own bar is grey and square while nothing is counted yet.
_BAR = (
    "block w-full h-2 rounded-full overflow-hidden appearance-none border-0 bg-sunken "
    "[&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent"
)
