"""Who did what, and whether the log is as it was written."""

from __future__ import annotations

import reflex as rx

from spm_app.gate.watching import AUDIT_COLUMNS, AuditState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, note
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def audit_page() -> rx.Component:
    """The verdict above the table once it was asked for."""
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
            filters=(filter_choice(AuditState, "act", "gate.audit.act", AuditState.acts),),
            actions=(button(t("gate.audit.verify"), icon="shield-check", on_click=AuditState.verify),),
        ),
        class_name=theme.STACK,
    )


PAGE = Page(
    route="/settings/audit",
    title="gate.audit",
    body=audit_page,
    load=(AuditState.load,),
    roles=(Role.AUDITOR, Role.SYSADMIN),
    group="settings",
    icon="scroll-text",
)
