"""One deal: facts, owners with their shares, the stages it went through."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.crm.pages.roles import READERS
from spm_app.crm.parts import extra_card
from spm_app.crm.state.deals import DealState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, fact, facts, link, pill
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

OWNERS = (Column("name", "crm.owner", kind="link"), Column("share", "crm.share", kind="number"))
STEPS = (Column("stage", "crm.stage"), Column("outcome", "crm.outcome"), Column("on", "crm.since"))


def deal_page() -> rx.Component:
    """What it is, whose it is, how it went."""
    unknown = card(empty_state(t("crm.deal_unknown"), t("crm.deals.none.what_now"), icon="search-x"))
    known = rx.el.div(
        _facts(),
        rx.el.div(_owners(), _steps(), class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start"),
        extra_card(DealState.extra),
        class_name=theme.STACK,
    )
    return rx.cond(DealState.found, known, unknown)


def _facts() -> rx.Component:
    known: Any = DealState.facts
    account = rx.cond(
        known["account_href"] != "", link(known["account"], known["account_href"]), rx.el.span(known["account"])
    )
    return card(
        facts(
            fact(t("crm.stage"), pill(known["stage"], known["tone"])),
            fact(t("crm.outcome"), known["outcome"]),
            fact(t("crm.amount"), known["amount"]),
            fact(t("crm.account"), account),
            fact(t("crm.product"), known["product"]),
            fact(t("crm.opened"), known["opened"]),
            fact(t("crm.expected"), known["expected"]),
            fact(t("crm.closed"), known["closed"]),
            fact(t("crm.forecast"), known["forecast"]),
            fact(t("crm.external_id"), known["external_id"]),
        )
    )


def _owners() -> rx.Component:
    return card(
        rx.cond(
            rx.Var.create(DealState.owners).length() == 0,
            empty_state(t("crm.owners.none"), t("crm.owners.none.what_now"), icon="user-x"),
            simple_table(OWNERS, DealState.owners, caption=t("crm.owners")),
        ),
        title=t("crm.owners"),
    )


def _steps() -> rx.Component:
    return card(simple_table(STEPS, DealState.steps, caption=t("crm.history")), title=t("crm.history"))


PAGE = Page(
    route="/deals/[deal_id]",
    title="crm.deal",
    body=deal_page,
    load=(DealState.load,),
    roles=READERS,
    live=("deals",),
    parents=("/deals",),
    heading=lambda: rx.Var.create(DealState.name),
)
