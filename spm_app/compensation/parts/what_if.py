"""The drawer that tries open deals: a list with amounts and days to edit, and what they would change below."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.whatif import WhatIfState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, note
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.i18n import t, whole

_CELL = f"{theme.INPUT} text-right tabular-nums"


def what_if_button() -> rx.Component:
    """What opens it."""
    return button(t("compensation.what_if"), icon="sparkles", on_click=WhatIfState.show(True))


def what_if_drawer() -> rx.Component:
    """Nothing in it is kept."""
    return drawer(
        t("compensation.what_if"),
        rx.el.p(t("compensation.what_if.what"), class_name="m-0 text-ink-soft"),
        _result(),
        rx.el.input(
            type="search",
            placeholder=t("compensation.what_if.search"),
            aria_label=t("compensation.what_if.search"),
            default_value=WhatIfState.search,
            on_change=WhatIfState.find.debounce(250),
            class_name=theme.INPUT,
        ),
        rx.el.p(WhatIfState.count, class_name=f"{theme.SMALL} m-0"),
        rx.el.ul(rx.foreach(WhatIfState.deals, _deal), class_name="list-none m-0 p-0 flex flex-col"),
        is_open=WhatIfState.is_open,
        on_open_change=WhatIfState.show,
    )


def _result() -> rx.Component:
    """Now, then, the difference, and the same by component."""
    heads = rx.el.div(
        _figure(t("compensation.what_if.now"), WhatIfState.now),
        _figure(t("compensation.what_if.then"), WhatIfState.then),
        _figure(t("compensation.what_if.more"), rx.cond(WhatIfState.more != "", WhatIfState.more, "–")),
        class_name="flex flex-wrap justify-between gap-x-4 gap-y-1",
    )
    parts = rx.el.dl(rx.foreach(WhatIfState.results, _changed), class_name="m-0 flex flex-col")
    return rx.el.section(
        heads,
        parts,
        rx.el.p(WhatIfState.says, role="status", class_name="sr-only"),
        class_name=f"{theme.CARD} p-3 flex flex-col gap-3 sticky top-0 bg-surface",
    )


def _figure(label: Any, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(label, class_name=theme.SMALL),
        rx.el.div(value, class_name="text-[18px] leading-7 font-semibold tabular-nums whitespace-nowrap"),
    )


def _changed(each: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(each["name"], class_name="text-ink-soft min-w-0 flex-1"),
        rx.el.dd(each["before"], " → ", each["after"], class_name="m-0 tabular-nums text-right"),
        rx.cond(each["more"] != "", rx.el.dd(each["more"], class_name="m-0 font-semibold tabular-nums"), rx.fragment()),
        class_name="flex flex-wrap gap-x-3 border-t border-line py-1.5",
    )


def _deal(each: Any) -> rx.Component:
    tick = rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=each["chosen"] != "",
            on_change=lambda _: WhatIfState.tick(whole(each["id"])),
            class_name="size-5 mt-0.5 shrink-0 accent-[var(--accent)]",
        ),
        rx.el.span(
            rx.el.span(each["name"], class_name="block font-medium [overflow-wrap:anywhere]"),
            rx.el.span(each["account"], class_name=theme.SMALL),
        ),
        class_name="flex gap-2 cursor-pointer min-h-[44px]",
    )
    return rx.el.li(
        tick,
        _fields(each),
        rx.cond(each["wrong"] != "", note(each["wrong"], tone="warn"), rx.fragment()),
        key=each["id"],
        class_name="flex flex-col gap-2 border-t border-line py-3",
    )


def _fields(each: Any) -> rx.Component:
    """Amount and day."""
    return rx.el.div(
        rx.el.input(
            type="text",
            input_mode="decimal",
            default_value=each["amount"],
            aria_label=t("compensation.what_if.amount_of", name=each["name"]),
            on_change=lambda text: WhatIfState.set_amount(whole(each["id"]), text).debounce(200),
            class_name=_CELL,
        ),
        rx.el.input(
            type="date",
            default_value=each["day"],
            min=WhatIfState.first_day,
            max=WhatIfState.last_day,
            aria_label=t("compensation.what_if.day_of", name=each["name"]),
            on_change=lambda text: WhatIfState.set_day(whole(each["id"]), text),
            class_name=theme.INPUT,
        ),
        class_name="grid grid-cols-2 gap-2",
    )
