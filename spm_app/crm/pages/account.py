"""One customer: facts, and the newest of its deals."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.crm.pages.roles import READERS
from spm_app.crm.parts import extra_card
from spm_app.crm.state.accounts import AccountState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, fact, facts
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

DEALS = (
    Column("name", "crm.deal", kind="link"),
    Column("product", "crm.product"),
    Column("amount", "crm.amount", kind="number"),
    Column("stage", "crm.stage", kind="pill"),
    Column("closed", "crm.close_day"),
)


def account_page() -> rx.Component:
    """Who they are, what they bought and may buy."""
    unknown = card(empty_state(t("crm.account_unknown"), t("crm.deals.none.what_now"), icon="search-x"))
    known = rx.el.div(_facts(), _deals(), extra_card(AccountState.extra), class_name=theme.STACK)
    return rx.cond(AccountState.found, known, unknown)


def _facts() -> rx.Component:
    known: Any = AccountState.facts
    return card(
        facts(
            fact(t("crm.won_worth"), known["won"]),
            fact(t("crm.deals"), known["deals"]),
            fact(t("crm.sector"), known["sector"]),
            fact(t("crm.country"), known["country"]),
            fact(t("crm.parent"), known["parent"]),
            fact(t("crm.external_id"), known["external_id"]),
        )
    )


def _deals() -> rx.Component:
    return card(
        simple_table(DEALS, AccountState.deals, caption=t("crm.deals")),
        rx.el.p(AccountState.more, class_name=f"{theme.SMALL} m-0 empty:hidden"),
        title=t("crm.deals"),
    )


PAGE = Page(
    route="/accounts/[account_id]",
    title="crm.account",
    body=account_page,
    load=(AccountState.load,),
    roles=READERS,
    live=("deals",),
    parents=("/accounts",),
    heading=lambda: rx.Var.create(AccountState.name),
)
