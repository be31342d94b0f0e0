"""Questions on pay: the list, and for compensation what they tell together."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.disputes import COLUMNS, DisputeFiguresState, DisputesState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts
from spm_app.ui.blocks.fields import check_field, form, text_field
from spm_app.ui.blocks.overlays import dialog
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice, simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_TALLY = (
    Column("name", "compensation.dispute.group"),
    Column("asked", "compensation.dispute.asked", kind="number"),
    Column("open", "compensation.disputes.open", kind="number"),
    Column("accepted", "compensation.dispute.share_accepted", kind="number"),
    Column("hours", "compensation.dispute.took", kind="number"),
)


def disputes_page() -> rx.Component:
    """The list; below it, for who reads everybody's pay, the figures."""
    nothing = empty_state(
        t("compensation.disputes.none"), t("compensation.disputes.none.what_now"), icon="message-circle-question"
    )
    filters = (
        filter_choice(DisputesState, "state", "compensation.state", DisputesState.states),
        filter_choice(DisputesState, "reason", "compensation.dispute.reason_short", DisputesState.reasons),
        filter_choice(DisputesState, "period", "ui.period", DisputesState.periods),
    )
    table = data_table(DisputesState, COLUMNS, caption="compensation.disputes", filters=filters, empty=nothing)
    return rx.el.div(
        table,
        rx.cond(DisputeFiguresState.figures.get("asked", "") != "", _figures(), rx.fragment()),
        _dialog(),
        class_name=theme.STACK,
    )


def _figures() -> rx.Component:
    told: Any = DisputeFiguresState.figures
    days = rx.cond(
        DisputeFiguresState.may_set,
        button(t("compensation.dispute.days"), icon="calendar-clock", on_click=DisputeFiguresState.show_setting(True)),
        rx.fragment(),
    )
    groups = (
        ("compensation.dispute.by_reason", DisputeFiguresState.by_reason),
        ("compensation.dispute.by_plan", DisputeFiguresState.by_plan),
        ("compensation.dispute.by_component", DisputeFiguresState.by_component),
    )
    return rx.el.div(
        card(
            facts(
                fact(t("compensation.dispute.asked"), told["asked"]),
                fact(t("compensation.disputes.open"), told["open"]),
                fact(t("compensation.disputes.late"), told["overdue"]),
                fact(t("compensation.dispute.share_accepted"), told["accepted"]),
                fact(t("compensation.dispute.took"), told["hours"]),
                fact(t("compensation.dispute.per_hundred"), told["per_hundred"]),
            ),
            title=t("compensation.dispute.figures"),
            actions=days,
        ),
        *(card(simple_table(_TALLY, rows, caption=t(title)), title=t(title)) for title, rows in groups),
        class_name="grid grid-cols-1 gap-4",
    )


def _dialog() -> rx.Component:
    held: Any = DisputeFiguresState.policy
    errors = DisputeFiguresState.errors
    return dialog(
        t("compensation.dispute.days"),
        form(
            text_field(
                t("compensation.dispute.manager_days"),
                "manager_days",
                kind="number",
                default_value=held["manager_days"],
                error=errors.get("manager_days", ""),
            ),
            text_field(
                t("compensation.dispute.compensation_days"),
                "compensation_days",
                kind="number",
                default_value=held["compensation_days"],
                error=errors.get("compensation_days", ""),
            ),
            check_field(t("compensation.dispute.blocks"), "blocks", default_checked=held["blocks"] != ""),
            rx.el.div(button(t("compensation.dispute.keep"), variant="primary", type="submit"), class_name=theme.ROW),
            on_submit=DisputeFiguresState.save,
        ),
        is_open=DisputeFiguresState.setting,
        on_open_change=DisputeFiguresState.show_setting,
    )


PAGE = Page(
    route="/disputes",
    title="compensation.disputes",
    body=disputes_page,
    load=(DisputesState.load, DisputeFiguresState.load),
    roles=(Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR),
    group="earnings",
    icon="message-circle-question",
    live=("disputes",),
)
