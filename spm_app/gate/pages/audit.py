"""Who did what, and whether the log is as it was written."""

from __future__ import annotations

import reflex as rx

from spm_app.gate.auditing import AUDIT_COLUMNS, AuditState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, fact, facts, heading, link, note
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.blocks.table import data_table, filter_choice, filter_day, simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_CHANGES = (
    Column("name", "gate.audit.field"),
    Column("before", "gate.audit.before"),
    Column("after", "gate.audit.after"),
)
_DETAILS = (Column("name", "gate.audit.field"), Column("value", "gate.audit.value"))


def audit_page() -> rx.Component:
    """The verdict above the table once it was asked for; an entry opens at the side."""
    verdict = rx.el.div(
        rx.cond(AuditState.is_whole, note(AuditState.verdict, tone="good"), note(AuditState.verdict, tone="bad")),
        role="status",
    )
    return rx.el.div(
        rx.cond(AuditState.verdict != "", verdict, rx.fragment()),
        data_table(
            AuditState,
            AUDIT_COLUMNS,
            caption="gate.audit",
            filters=(
                filter_choice(AuditState, "act", "gate.audit.act", AuditState.acts),
                filter_choice(AuditState, "who", "gate.audit.who", AuditState.persons),
                filter_day(AuditState, "from", "gate.audit.from"),
                filter_day(AuditState, "to", "gate.audit.to"),
            ),
            actions=(button(t("gate.audit.verify"), icon="shield-check", on_click=AuditState.verify),),
        ),
        _entry(),
        class_name=theme.STACK,
    )


def _entry() -> rx.Component:
    known = AuditState.entry
    subject = rx.cond(known["href"] != "", link(known["subject"], known["href"]), known["subject"])
    return drawer(
        known["title"],
        facts(
            fact(t("gate.audit.at"), known["at"]),
            fact(t("gate.audit.who"), known["who"]),
            fact(t("gate.audit.subject"), subject),
            fact(t("gate.audit.code"), known["code"]),
        ),
        _part("gate.audit.changes", _CHANGES, AuditState.changes),
        _part("gate.audit.details", _DETAILS, AuditState.details),
        rx.cond(
            (rx.Var.create(AuditState.changes).length() == 0) & (rx.Var.create(AuditState.details).length() == 0),
            rx.el.p(t("gate.audit.no_details"), class_name="m-0 text-ink-soft"),
            rx.fragment(),
        ),
        is_open=AuditState.is_open,
        on_open_change=AuditState.set_open,
    )


def _part(title: str, columns: tuple[Column, ...], rows: list[dict[str, str]]) -> rx.Component:
    shown = rx.el.section(heading(t(title)), simple_table(columns, rows, caption=t(title)), class_name=theme.STACK)
    return rx.cond(rx.Var.create(rows).length() == 0, rx.fragment(), shown)


PAGE = Page(
    route="/settings/audit",
    title="gate.audit",
    body=audit_page,
    load=(AuditState.load,),
    roles=(Role.AUDITOR, Role.SYSADMIN),
    group="settings",
    icon="scroll-text",
)
