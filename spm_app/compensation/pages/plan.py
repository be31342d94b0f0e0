"""One plan: its text, what the checker finds, and the steps to being in force."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.plans import PlanState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note, pill
from spm_app.ui.blocks.fields import text_area
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_HISTORY = (
    Column("version", "compensation.plan.version", kind="number"),
    Column("state", "compensation.state"),
    Column("author", "compensation.plan.author"),
    Column("approver", "compensation.plan.approver"),
    Column("published", "compensation.plan.in_force_since"),
)


def plan_page() -> rx.Component:
    """A draft at the left with its findings at the right, any other text alone; versions below."""
    unknown = card(empty_state(t("compensation.plan_unknown"), t("compensation.plans.none.what_now"), icon="search-x"))
    draft = rx.el.div(
        _editor(),
        _findings(),
        class_name="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start",
    )
    known = rx.el.div(
        _bar(),
        rx.cond(PlanState.may_edit, draft, _text()),
        rx.cond(PlanState.is_new, rx.fragment(), _history()),
        class_name=theme.STACK,
    )
    return rx.cond(PlanState.loaded, rx.cond(PlanState.found, known, unknown), skeleton())


def _bar() -> rx.Component:
    publish = confirm(
        t("compensation.plan.publish"),
        t("compensation.plan.publish.sure"),
        PlanState.publish,
        variant="primary",
        icon="rocket",
    )
    propose = button(t("compensation.plan.propose"), icon="send", on_click=PlanState.propose)
    approve = button(t("compensation.plan.approve"), variant="primary", icon="check", on_click=PlanState.approve)
    back = button(t("compensation.plan.send_back"), icon="undo-2", on_click=PlanState.send_back)
    save = button(t("compensation.plan.save"), variant="primary", icon="save", on_click=PlanState.save)
    renew = button(t("compensation.plan.renew"), variant="primary", icon="file-plus-2", on_click=PlanState.renew)
    check = button(t("compensation.plan.check"), icon="list-checks", on_click=PlanState.check)
    return rx.el.div(
        rx.el.div(
            pill(PlanState.state, PlanState.tone),
            rx.el.span(t("compensation.plan.version_n", n=PlanState.number), class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        rx.el.div(
            *(
                rx.cond(allowed, part, rx.fragment())
                for allowed, part in (
                    (PlanState.may_edit, check),
                    (PlanState.may_send_back, back),
                    (PlanState.may_propose, propose),
                    (PlanState.may_edit, save),
                    (PlanState.may_renew, renew),
                    (PlanState.may_approve, approve),
                    (PlanState.may_publish, publish),
                )
            ),
            class_name=theme.ROW,
        ),
        class_name=theme.HEAD,
    )


def _editor() -> rx.Component:
    written = text_area(
        t("compensation.plan.text"),
        "text",
        hint=t("compensation.plan.text.hint"),
        rows="28",
        default_value=PlanState.text,
        key=PlanState.text,
        on_change=PlanState.write.debounce(300),
        on_blur=PlanState.write,  # whoever presses a button at once loses no letter
        spell_check=False,
        class_name="font-mono text-[13px] leading-5",
    )
    return card(written)


def _text() -> rx.Component:
    shown = rx.el.pre(
        PlanState.text, class_name="m-0 whitespace-pre-wrap break-words text-[13px] leading-5", tab_index=0
    )
    return card(shown)


def _findings() -> rx.Component:
    found = rx.el.ul(rx.foreach(PlanState.findings, _finding), class_name="list-none m-0 p-0 flex flex-col gap-3")
    clean = note(t("compensation.plan.clean"), tone="good")
    asked = rx.cond(rx.Var.create(PlanState.findings).length() > 0, found, clean)
    waiting = rx.el.p(t("compensation.plan.check_first"), class_name="m-0 text-ink-soft")
    return card(
        rx.el.div(rx.cond(PlanState.checked, asked, waiting), aria_live="polite"), title=t("compensation.findings")
    )


def _finding(each: Any) -> rx.Component:
    return rx.el.li(
        pill(each["kind"], each["tone"]),
        rx.el.span(each["text"]),
        rx.el.code(each["at"], class_name=theme.SMALL),
        class_name="flex flex-col items-start gap-1",
    )


def _history() -> rx.Component:
    return card(
        simple_table(_HISTORY, PlanState.history, caption=t("compensation.plan.versions")),
        title=t("compensation.plan.versions"),
    )


PAGE = Page(
    route="/plans/[plan_id]",
    title="compensation.plan",
    body=plan_page,
    load=(PlanState.load,),
    parents=("/plans",),
    heading=lambda: rx.Var.create(PlanState.name),
)
