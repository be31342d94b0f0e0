"""What opens over a page: a drawer at the side, a dialog in the middle, a question before what cannot be undone."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_radix.primitives.dialog import dialog as primitive

from spm_app.ui import theme
from spm_app.ui.blocks.basic import Child, button
from spm_app.ui.i18n import t

_PLACE = (
    "fixed left-1/2 -translate-x-1/2 w-[calc(100vw-2rem)] max-w-[32rem] max-h-[85vh] "
    "bg-raised border border-line rounded-lg z-50 overflow-y-auto "
)
_DRAWER = "fixed inset-y-0 right-0 w-full sm:w-[30rem] bg-raised border-l border-line z-50 overflow-y-auto"
_DIALOG = _PLACE + "top-1/2 -translate-y-1/2"


def dialog_look(more: str) -> dict[str, Any]:
    """The props of a dialog's content for who composes one of their own; `more` are class names."""
    place = "" if "top-" in more else "top-1/2 -translate-y-1/2 "
    return {"class_name": _PLACE + place + more, "style": {"boxShadow": "var(--shadow)"}, "aria_describedby": ""}


def drawer(title: Child, *children: Child, is_open: Any, on_open_change: Any) -> rx.Component:
    """A panel at the side for the detail of a row; Escape and a click outside close it."""
    return _overlay(_DRAWER, title, children, is_open=is_open, on_open_change=on_open_change)


def dialog(title: Child, *children: Child, is_open: Any, on_open_change: Any) -> rx.Component:
    """A small form or a message that wants an answer first."""
    return _overlay(_DIALOG, title, children, is_open=is_open, on_open_change=on_open_change)


def confirm(label: Child, question: Child, on_yes: Any, *, variant: str = "danger", icon: str = "") -> rx.Component:
    """A button that asks before it acts."""
    return primitive.root(
        primitive.trigger(button(label, variant=variant, icon=icon), as_child=True),
        primitive.portal(
            primitive.overlay(class_name="fixed inset-0 bg-black/40 z-40"),
            primitive.content(
                rx.el.div(
                    primitive.title(label, class_name=theme.H2),
                    primitive.description(question, class_name="m-0 text-ink-soft"),
                    rx.el.div(
                        primitive.close(button(t("ui.cancel")), as_child=True),
                        primitive.close(button(t("ui.go_on"), variant="primary", on_click=on_yes), as_child=True),
                        class_name="flex justify-end gap-2",
                    ),
                    class_name=f"{theme.PAD} {theme.STACK}",
                ),
                class_name=_DIALOG,
                style={"boxShadow": "var(--shadow)"},
            ),
        ),
    )


def _overlay(
    looks: str, title: Child, children: tuple[Child, ...], *, is_open: Any, on_open_change: Any
) -> rx.Component:
    return primitive.root(
        primitive.portal(
            primitive.overlay(class_name="fixed inset-0 bg-black/40 z-40"),
            primitive.content(
                rx.el.div(
                    rx.el.div(
                        primitive.title(title, class_name=theme.H2),
                        primitive.close(
                            button(rx.icon("x", size=18), variant="quiet", aria_label=t("ui.close")), as_child=True
                        ),
                        class_name=theme.HEAD,
                    ),
                    *children,
                    class_name=f"{theme.PAD} {theme.STACK}",
                ),
                class_name=looks,
                style={"boxShadow": "var(--shadow)"},
                aria_describedby="",
            ),
        ),
        open=is_open,
        on_open_change=on_open_change,
    )
