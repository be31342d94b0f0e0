"""Buttons, cards, status words and headings: the smallest parts of a screen."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.react_router import ReactRouterLink

from spm_app.ui import theme

Child = rx.Component | rx.Var[Any] | str


def button(label: Child, *, variant: str = "plain", icon: str = "", **props: Any) -> rx.Component:
    """A button: `primary` once a screen, `plain`, `quiet`, or `danger` for what takes away."""
    props.setdefault("type", "button")
    looks = f"{theme.BUTTONS[variant]} {props.pop('class_name', '')}".strip()
    return rx.el.button(*_face(label, icon), class_name=looks, **props)


def link_button(label: Child, href: Child, *, variant: str = "plain", icon: str = "", **props: Any) -> rx.Component:
    """A link that looks like a button: it goes somewhere, it changes nothing."""
    return ReactRouterLink.create(*_face(label, icon), to=href, class_name=theme.BUTTONS[variant], **props)


def link(label: Child, href: Child, **props: Any) -> rx.Component:
    """A word that leads somewhere."""
    props.setdefault("class_name", theme.LINK)
    return ReactRouterLink.create(label, to=href, **props)


def card(*children: Child, title: Child | None = None, actions: rx.Component | None = None) -> rx.Component:
    """A group with a hairline around it; its title is a second-level heading."""
    head = () if title is None else (rx.el.div(heading(title), actions or rx.fragment(), class_name=theme.HEAD),)
    return rx.el.section(*head, *children, class_name=f"{theme.CARD} {theme.PAD} {theme.STACK}")


def heading(title: Child) -> rx.Component:
    """A second-level heading."""
    return rx.el.h2(title, class_name=theme.H2)


def pill(label: Child, tone: str | rx.Var[str] = "neutral") -> rx.Component:
    """A state in one word, written with a capital; the colour only repeats what the word says."""
    shape = (
        "inline-block first-letter:uppercase rounded-full px-2 py-0.5 text-[12px] leading-4 font-medium "
        "whitespace-nowrap "
    )
    if isinstance(tone, str):
        return rx.el.span(label, class_name=shape + theme.TONES[tone])
    looks = rx.match(tone, *((name, shape + classes) for name, classes in theme.TONES.items()), shape)
    return rx.el.span(label, class_name=looks)


def note(*children: Child, tone: str = "neutral") -> rx.Component:
    """A sentence that must be seen: what happened, what to do."""
    return rx.el.p(*children, class_name=f"rounded-lg px-3 py-2 m-0 {theme.TONES[tone]}")


def fact(label: Child, value: Child, *, is_long: bool = False) -> rx.Component:
    """One labelled value of a description list; put several in `facts`. One that is long has a phone's whole width."""
    return rx.el.div(
        rx.el.dt(label, class_name=theme.SMALL),
        rx.el.dd(value, class_name="m-0 text-ink [overflow-wrap:anywhere]"),
        class_name="min-w-0 max-sm:col-span-2" if is_long else "min-w-0",
    )


def facts(*children: rx.Component) -> rx.Component:
    """A description list that fills the width it has."""
    return rx.el.dl(*children, class_name="grid grid-cols-2 sm:grid-cols-3 lg:grid-cols-4 gap-x-6 gap-y-3 m-0")


def figure(label: Child, value: Child, beside: Child = "") -> rx.Component:
    """One large number with its name above and a small word below."""
    return rx.el.div(
        rx.el.div(label, class_name=theme.SMALL),
        rx.el.div(value, class_name=theme.FIGURE),
        rx.el.div(beside, class_name=theme.SMALL),
    )


def _face(label: Child, icon: str) -> tuple[Child, ...]:
    return (label,) if not icon else (rx.icon(icon, size=16, aria_hidden="true"), label)
