"""A counter-calculation on a screen: what was changed, and what it comes to."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.blocks.basic import fact, facts
from spm_app.ui.i18n import t


def counter_shown(asked: Any, parts: Any) -> rx.Component:
    """The change in words, the three sums, and each component before and after."""
    what = rx.el.p(
        rx.el.span(asked["what"], class_name="font-medium"),
        rx.cond(asked["deal"] != "", rx.el.span(asked["deal"], class_name="text-ink-soft"), rx.fragment()),
        rx.el.span(asked["value"], class_name="font-medium tabular-nums"),
        class_name="m-0 flex flex-wrap gap-x-3",
    )
    return rx.el.div(
        what,
        facts(
            fact(t("compensation.counter.paid"), rx.el.span(asked["paid"], class_name="tabular-nums")),
            fact(t("compensation.counter.asked"), rx.el.span(asked["asked"], class_name="tabular-nums")),
            fact(
                t("compensation.counter.difference"),
                rx.el.span(asked["difference"], class_name="tabular-nums font-semibold"),
            ),
        ),
        rx.el.ul(rx.foreach(parts, _part), class_name="list-none m-0 p-0 flex flex-col gap-1"),
        class_name=f"{theme.STACK} rounded-lg bg-sunken p-3",
    )


def _part(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(each["name"]),
        rx.el.span(
            rx.el.span(each["before"]),
            " → ",
            rx.el.span(each["after"], class_name="font-medium"),
            class_name="tabular-nums whitespace-nowrap",
        ),
        class_name="flex flex-wrap justify-between gap-x-4",
    )
