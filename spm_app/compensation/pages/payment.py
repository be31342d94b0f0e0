"""One export: the sums that tie, its lines with what changed, documents for agents, approval and download."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.parts.documents import documents
from spm_app.compensation.state.payment import COLUMNS, PaymentState
from spm_app.compensation.state.payments import READERS
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def payment_page() -> rx.Component:
    """Head, documents, lines."""
    unknown = card(
        empty_state(t("compensation.payroll.export_unknown"), t("compensation.payments.none.what_now"), icon="search-x")
    )
    lines = data_table(PaymentState, COLUMNS, caption="compensation.payment.lines")
    known = rx.el.div(_head(), documents(PaymentState.documents), lines, class_name=theme.STACK)
    return rx.cond(PaymentState.loaded, rx.cond(PaymentState.found, known, unknown), skeleton())


def _head() -> rx.Component:
    told: Any = PaymentState.facts
    ties = rx.cond(told["ties"] != "", pill(t("compensation.payment.ties"), "good"), rx.fragment())
    return card(
        facts(
            fact(t("compensation.state"), pill(told["state"], told["state_tone"])),
            fact(t("ui.period"), told["period"]),
            fact(t("compensation.payment.template"), told["template"]),
            fact(t("compensation.payment.made"), told["made"]),
            fact(t("compensation.payment.decided"), told["decided"]),
            fact(t("compensation.payment.digest"), rx.el.code(told["digest"])),
        ),
        facts(
            fact(t("compensation.payment.employees"), _sum(told["employees"])),
            fact(t("compensation.payment.agents"), _sum(told["agents"])),
            fact(t("compensation.payment.told"), _sum(told["told"])),
            fact(
                t("compensation.payment.period_total"),
                rx.el.span(_sum(told["period_total"]), ties, class_name=theme.ROW),
            ),
            fact(t("compensation.payment.left"), _sum(told["left"])),
        ),
        rx.el.div(
            rx.cond(PaymentState.may_decide, _decide(), rx.fragment()),
            rx.cond(
                PaymentState.may_take,
                button(t("compensation.payment.take"), variant="primary", icon="download", on_click=PaymentState.take),
                rx.fragment(),
            ),
            class_name=theme.ROW,
        ),
    )


def _decide() -> rx.Component:
    """Two buttons that ask first."""
    return rx.fragment(
        confirm(
            t("compensation.payment.approve"),
            t("compensation.payment.approve.sure"),
            PaymentState.decide(True),
            variant="primary",
            icon="check",
        ),
        confirm(
            t("compensation.payment.refuse"),
            t("compensation.payment.refuse.sure"),
            PaymentState.decide(False),
            icon="x",
        ),
    )


def _sum(amount: Any) -> rx.Component:
    return rx.el.span(amount, class_name="tabular-nums font-medium")


PAGE = Page(
    route="/payments/[export_id]",
    title="compensation.payment",
    body=payment_page,
    load=(PaymentState.load,),
    roles=READERS,
    parents=("/payments",),
    live=("payments",),
)
