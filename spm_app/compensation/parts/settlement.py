"""From earned to paid, on a statement: the steps that add up, what stays open, and the drawer that says why."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.settlement import SettlementState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.i18n import t

_ROW = "flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-2"


def settlement() -> rx.Component:
    """Nothing where everything earned is simply paid."""
    steps: Any = rx.Var.create(SettlementState.steps)
    kept: Any = rx.Var.create(SettlementState.kept)
    return rx.el.div(
        rx.cond(steps.length() > 0, _steps(), rx.fragment()),
        rx.cond(kept.length() > 0, _kept(), rx.fragment()),
        _why(),
        class_name="contents",
    )


def _steps() -> rx.Component:
    codes: Any = rx.Var.create(SettlementState.codes)
    return card(
        rx.el.p(t("compensation.settlement.what"), class_name="m-0 text-ink-soft"),
        rx.el.ul(rx.foreach(SettlementState.steps, _step), class_name="list-none m-0 p-0"),
        rx.el.div(
            rx.el.span(t("compensation.settlement.paid"), class_name="font-semibold flex-1"),
            rx.el.span(SettlementState.paid, class_name="tabular-nums font-semibold"),
            class_name="flex gap-4 border-t-2 border-line-strong pt-2",
        ),
        rx.cond(SettlementState.payment != "", note(SettlementState.payment), rx.fragment()),
        rx.cond(codes.length() > 0, _codes(), rx.fragment()),
        title=t("compensation.settlement"),
    )


def _step(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(each["label"], class_name="font-medium"),
            rx.el.div(each["what"], class_name=theme.SMALL),
            class_name="flex-1 min-w-48",
        ),
        button(
            each["count"],
            icon="circle-help",
            variant="quiet",
            on_click=SettlementState.show_kind(each["kind"].to(str), 1),
        ),
        rx.el.span(each["amount"], class_name="tabular-nums min-w-24 text-right ml-auto"),
        class_name=_ROW,
    )


def _codes() -> rx.Component:
    rows = rx.foreach(
        SettlementState.codes,
        lambda each: rx.el.div(
            rx.el.dt(each["code"], class_name="flex-1 text-ink-soft"),
            rx.el.dd(each["amount"], class_name="m-0 tabular-nums"),
            class_name=_ROW,
        ),
    )
    return rx.el.div(
        rx.el.h3(t("compensation.settlement.codes"), class_name="m-0 text-[15px] font-semibold"),
        rx.el.dl(rows, class_name="m-0"),
    )


def _kept() -> rx.Component:
    return card(
        rx.el.p(t("compensation.settlement.open_what"), class_name="m-0 text-ink-soft"),
        rx.el.ul(rx.foreach(SettlementState.kept, _balance), class_name="list-none m-0 p-0"),
        title=t("compensation.settlement.open"),
    )


def _balance(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(each["label"], class_name="font-medium"),
            rx.el.div(each["when"], class_name=theme.SMALL),
            class_name="flex-1 min-w-48",
        ),
        rx.el.span(each["count"], class_name=theme.SMALL),
        rx.el.span(each["amount"], class_name="tabular-nums min-w-24 text-right ml-auto"),
        class_name=_ROW,
    )


def _why() -> rx.Component:
    entries = rx.el.ul(rx.foreach(SettlementState.parts, _entry), class_name="list-none m-0 p-0 flex flex-col gap-3")
    pages = rx.el.div(
        rx.cond(
            SettlementState.page > 1,
            button(
                t("compensation.settlement.before"),
                on_click=SettlementState.show_kind(SettlementState.kind, SettlementState.page - 1),
            ),
            rx.fragment(),
        ),
        rx.cond(
            SettlementState.more,
            button(
                t("compensation.settlement.after"),
                on_click=SettlementState.show_kind(SettlementState.kind, SettlementState.page + 1),
            ),
            rx.fragment(),
        ),
        class_name=theme.ROW,
    )
    return drawer(
        SettlementState.title,
        entries,
        pages,
        is_open=SettlementState.opened,
        on_open_change=SettlementState.show,
    )


def _entry(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(each["about"], class_name="font-medium flex-1 min-w-0 break-words"),
            rx.el.span(each["amount"], class_name="tabular-nums font-semibold"),
            class_name="flex gap-4",
        ),
        rx.el.p(each["said"], class_name="m-0 text-ink-soft"),
        class_name="border-b border-line pb-3",
    )
