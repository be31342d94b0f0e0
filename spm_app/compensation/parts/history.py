"""What stands beside a statement: the period before, the year so far, and the same statement on an earlier day."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.statement_history import StatementHistoryState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, link, note
from spm_app.ui.i18n import t

_ROW = "flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-2"


def beside() -> rx.Component:
    """Both cards side by side where there is room; the changes only when there is a period before."""
    return rx.el.div(
        rx.cond(StatementHistoryState.earlier != "", _changes(), rx.fragment()),
        _year(),
        class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start",
    )


def look_back() -> rx.Component:
    """Choose a day; what counted then, marked as past."""
    picker = rx.el.label(
        rx.el.span(t("compensation.past.day"), class_name="block text-[14px] font-medium mb-1"),
        rx.el.input(
            type="date",
            min=StatementHistoryState.first_day,
            max=StatementHistoryState.last_day,
            default_value=StatementHistoryState.past_day,
            on_change=StatementHistoryState.look_back,
            class_name=f"{theme.INPUT} max-w-52",
        ),
    )
    return card(
        rx.el.p(t("compensation.past.what"), class_name="m-0 text-ink-soft"),
        picker,
        rx.cond(StatementHistoryState.past_day != "", _past(), rx.fragment()),
        title=t("compensation.past"),
    )


def _past() -> rx.Component:
    told: Any = StatementHistoryState.past
    shown = rx.el.div(
        rx.el.div(t("compensation.past.due"), class_name=theme.SMALL),
        rx.el.div(told["due"], class_name=theme.FIGURE),
        rx.el.dl(
            rx.foreach(StatementHistoryState.past_parts, lambda each: _pair(each["name"], each["earned"])),
            rx.cond(told["adjusted"] != "", _pair(t("compensation.adjusted"), told["adjusted"]), rx.fragment()),
            class_name="m-0",
        ),
        link(t("compensation.past.open"), told["href"]),
        class_name="border-l-4 border-line-strong pl-4 flex flex-col gap-2",
    )
    return rx.el.div(
        note(told["says"], tone="warn"),
        rx.cond(told["href"] != "", shown, rx.fragment()),
        class_name=theme.STACK,
        role="status",
    )


def _pair(name: Any, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-ink-soft flex-1 min-w-0"),
        rx.el.dd(value, class_name="m-0 tabular-nums"),
        class_name=_ROW,
    )


def _changes() -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(StatementHistoryState.changes, _change), class_name="list-none m-0 p-0"),
        title=t("compensation.change"),
        actions=link(StatementHistoryState.earlier, StatementHistoryState.earlier_href),
    )


def _change(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(each["name"], class_name="font-medium w-full sm:w-auto sm:flex-1 min-w-0"),
            rx.el.span(each["before"], " → ", each["now"], class_name="tabular-nums text-ink-soft"),
            rx.el.span(each["more"], class_name="tabular-nums font-semibold"),
            class_name="flex flex-wrap items-baseline gap-x-4 gap-y-1",
        ),
        rx.el.p(each["why"], class_name="m-0 mt-1 text-ink-soft"),
        class_name="border-t border-line py-2",
    )


def _year() -> rx.Component:
    def row(each: Any) -> rx.Component:
        return rx.el.li(
            link(each["period"], each["href"], class_name=f"{theme.LINK} flex-1 min-w-0"),
            rx.el.span(each["state"], class_name=theme.SMALL),
            rx.el.span(each["due"], class_name="tabular-nums"),
            class_name=_ROW,
        )

    return card(
        rx.el.ul(rx.foreach(StatementHistoryState.year, row), class_name="list-none m-0 p-0"),
        rx.el.div(
            rx.el.span(t("compensation.year.sum"), class_name="font-medium flex-1"),
            rx.el.span(StatementHistoryState.year_due, class_name="tabular-nums font-semibold"),
            class_name="flex gap-4 border-t border-line-strong pt-2",
        ),
        title=t("compensation.year"),
    )
