"""The form that disputes an amount: one's own calculation, which may be left out, and the question."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.domain.counter import Changed
from spm_app.compensation.parts.counter import counter_shown
from spm_app.compensation.service.disputes import REASONS
from spm_app.compensation.state.asking import AskingState
from spm_app.compensation.state.statement import StatementState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button
from spm_app.ui.blocks.fields import field, form, money_field, select_field, text_area, text_field
from spm_app.ui.i18n import t

#: Which kinds of change ask for which field.
_WITH_DEAL = (Changed.AMOUNT, Changed.DAY, Changed.SHARE, Changed.PRODUCT)
_WITH_AMOUNT = (Changed.AMOUNT, Changed.QUOTA, Changed.DEAL)
_WITH_DAY = (Changed.DAY, Changed.DEAL)
_WITH_PRODUCT = (Changed.PRODUCT, Changed.DEAL)


def asking() -> rx.Component:
    """Both, one below the other."""
    return rx.el.div(_calculation(), _question(), class_name=theme.STACK)


def _calculation() -> rx.Component:
    kinds = rx.el.select(
        rx.el.option(t("compensation.counter.none"), value=""),
        *(rx.el.option(t(f"compensation.counter.{each.value}"), value=each.value) for each in Changed),
        value=AskingState.what,
        on_change=AskingState.choose,
        id="what",
        class_name=theme.INPUT,
    )
    return rx.el.div(
        field(t("compensation.counter.what"), kinds, name="what", hint=t("compensation.counter.hint")),
        rx.cond(AskingState.what != "", _fields(), rx.fragment()),
        rx.cond(
            AskingState.tried.get("what", "") != "",
            rx.el.div(
                counter_shown(AskingState.tried, AskingState.counted),
                rx.el.p(t("compensation.counter.travels"), class_name=f"{theme.SMALL} m-0"),
                class_name=theme.STACK,
                aria_live="polite",
            ),
            rx.fragment(),
        ),
        class_name=theme.STACK,
    )


def _fields() -> rx.Component:
    errors = AskingState.errors
    deal = text_field(
        t("compensation.counter.transaction"),
        "deal",
        default_value=rx.cond(StatementState.why_line > 0, StatementState.why_title, ""),
        error=errors.get("transaction", ""),
    )
    return form(
        _only(_WITH_DEAL, deal),
        _only(_WITH_AMOUNT, money_field(t("compensation.counter.value"), "amount", error=errors.get("amount", ""))),
        _only(_WITH_DAY, text_field(t("compensation.line.day"), "day", kind="date", error=errors.get("day", ""))),
        _only(
            (Changed.SHARE,),
            text_field(t("compensation.counter.share_field"), "share", error=errors.get("share", "")),
        ),
        _only(_WITH_PRODUCT, text_field(t("compensation.counter.product_field"), "product")),
        rx.el.div(button(t("compensation.counter.try"), icon="calculator", type="submit"), class_name=theme.ROW),
        on_submit=AskingState.try_it,
    )


def _only(kinds: tuple[Changed, ...], part: rx.Component) -> rx.Component:
    fits: Any = rx.Var.create([each.value for each in kinds]).contains(AskingState.what)
    return rx.cond(fits, part, rx.fragment())


def _question() -> rx.Component:
    errors = AskingState.errors
    reasons = [(reason, t(f"compensation.reason.{reason}")) for reason in REASONS]
    return form(
        select_field(t("compensation.dispute.reason"), "reason", reasons, error=errors.get("reason", "")),
        text_area(
            t("compensation.dispute.text"), "text", hint=t("compensation.dispute.hint"), error=errors.get("text", "")
        ),
        rx.el.div(
            button(t("compensation.dispute.send"), variant="primary", type="submit"),
            button(t("ui.cancel"), on_click=StatementState.ask(False)),
            class_name=theme.ROW,
        ),
        on_submit=AskingState.send,
    )
