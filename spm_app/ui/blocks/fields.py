"""Form fields: a label, a hint, and the server's word on what was entered, tied together for every reader."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.blocks.basic import Child


def field(label: Child, control: rx.Component, *, name: str, hint: Child = "", error: Child = "") -> rx.Component:
    """A label over a control; the error shows below it and is read with it (`aria-describedby`)."""
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="block text-[14px] font-medium mb-1"),
        control,
        rx.el.p(hint, id=f"{name}-hint", class_name=f"{theme.SMALL} m-0 mt-1 empty:hidden"),
        rx.el.p(error, id=f"{name}-error", role="alert", class_name="text-[12px] text-bad m-0 mt-1 empty:hidden"),
        class_name="min-w-0",
    )


def text_field(
    label: Child, name: str, *, kind: str = "text", hint: Child = "", error: Child = "", **props: Any
) -> rx.Component:
    """A single line: `kind` is the HTML type (`text`, `email`, `password`, `date`, `number`, `search`)."""
    control = rx.el.input(type=kind, **_tied(name, error), class_name=theme.INPUT, **props)
    return field(label, control, name=name, hint=hint, error=error)


def money_field(label: Child, name: str, *, hint: Child = "", error: Child = "", **props: Any) -> rx.Component:
    """An amount as text; the server reads it, so no browser turns it into a float."""
    looks = f"{theme.INPUT} text-right tabular-nums"
    control = rx.el.input(type="text", input_mode="decimal", **_tied(name, error), class_name=looks, **props)
    return field(label, control, name=name, hint=hint, error=error)


def text_area(label: Child, name: str, *, hint: Child = "", error: Child = "", **props: Any) -> rx.Component:
    """Several lines."""
    props.setdefault("rows", "4")
    extra = str(props.pop("class_name", ""))
    control = rx.el.textarea(**_tied(name, error), class_name=f"{theme.INPUT} py-2 {extra}", **props)
    return field(label, control, name=name, hint=hint, error=error)


def select_field(
    label: Child,
    name: str,
    options: Any,
    *,
    hint: Child = "",
    error: Child = "",
    **props: Any,
) -> rx.Component:
    """One of several: `options` are (value, label) pairs, or a Var of dicts with `value` and `label`."""
    if isinstance(options, rx.Var):
        shown: Any = rx.foreach(options, lambda each: rx.el.option(each["label"], value=each["value"]))
    else:
        shown = rx.fragment(*(rx.el.option(words, value=value) for value, words in options))
    control = rx.el.select(shown, **_tied(name, error), class_name=theme.INPUT, **props)
    return field(label, control, name=name, hint=hint, error=error)


def check_field(label: Child, name: str, **props: Any) -> rx.Component:
    """A yes or no, with a target large enough for a thumb."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, id=name, class_name="size-5 shrink-0 accent-[var(--accent)]", **props),
        rx.el.span(label),
        html_for=name,
        class_name=f"inline-flex items-center gap-2 cursor-pointer {theme.TARGET}",
    )


def form(*children: rx.Component, **props: Any) -> rx.Component:
    """A form that keeps what was typed when the server refuses it."""
    props.setdefault("reset_on_submit", False)
    return rx.el.form(*children, class_name=f"{theme.STACK} max-w-[40rem]", **props)


def _tied(name: str, error: Child) -> dict[str, Any]:
    wrong: Any = rx.cond(error, "true", "false") if isinstance(error, rx.Var) else bool(error)
    return {"id": name, "name": name, "aria_describedby": f"{name}-hint {name}-error", "aria_invalid": wrong}
