"""One plan: its text, what the checker finds, and the steps to being in force."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.parts import plan_sides
from spm_app.compensation.parts.plan_form import plan_form
from spm_app.compensation.parts.plan_templates import template_cards, template_choice
from spm_app.compensation.parts.plan_text import plan_text
from spm_app.compensation.state.plan_agreed import PlanAgreedState
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.compensation.state.plan_pay import PlanPayState
from spm_app.compensation.state.plan_reading import PlanReadingState
from spm_app.compensation.state.plans import PlanState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note, pill
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
    known = rx.el.div(
        _bar(),
        rx.cond(PlanState.may_edit, rx.fragment(), plan_sides.agreement()),
        rx.cond(PlanState.is_new, template_cards(), rx.fragment()),
        _tabs(),
        rx.match(
            PlanReadingState.tab,
            ("write", rx.cond(PlanState.may_edit, _editor(), _text())),
            ("pay", plan_sides.pay()),
            ("changes", plan_sides.changed()),
            ("members", plan_sides.membership()),
            ("agreed", plan_sides.agreed()),
            plan_sides.document(),
        ),
        rx.cond(PlanState.is_new, rx.fragment(), _history()),
        custom_attrs={
            "data-plan-editor": "true",
            "data-unsaved": (PlanState.may_edit & PlanFormState.dirty).to_string(),
            "data-question": t("compensation.editor.leave"),
        },
        class_name=theme.STACK,
    )
    return rx.cond(PlanState.loaded, rx.cond(PlanState.found, known, unknown), skeleton())


def _bar() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            pill(PlanState.state, PlanState.tone),
            rx.el.span(t("compensation.plan.version_n", n=PlanState.number), class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        rx.el.div(*(rx.cond(allowed, part, rx.fragment()) for allowed, part in _acts()), class_name=theme.ROW),
        class_name=theme.HEAD,
    )


def _acts() -> list[tuple[Any, rx.Component]]:
    """Each step with whether it may be taken now."""
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
    save = button(
        t("compensation.plan.save"),
        variant="primary",
        icon="save",
        on_click=PlanState.save,
        custom_attrs={"data-do": "save"},
    )
    renew = button(t("compensation.plan.renew"), variant="primary", icon="file-plus-2", on_click=PlanState.renew)
    return [
        (PlanState.may_send_back, back),
        (PlanState.may_propose, propose),
        (PlanState.may_edit, save),
        (PlanState.may_renew, renew),
        (PlanState.may_approve, approve),
        (PlanState.may_publish, publish),
    ]


def _tabs() -> rx.Component:
    """The sides of the plan that the reader may see."""
    choose = PlanReadingState.choose
    judged, published = PlanState.may_judge, PlanState.may_judge & PlanState.is_published
    sides = (
        ("write", "compensation.side.write", choose("write"), True),
        ("document", "compensation.document", choose("document"), True),
        ("pay", "compensation.drawn", [choose("pay"), PlanPayState.draw], True),
        ("changes", "compensation.notice", choose("changes"), True),
        ("members", "compensation.members", [choose("members"), PlanReadingState.list_members], judged),
        ("agreed", "compensation.agreed", [choose("agreed"), PlanAgreedState.list_answers], published),
    )

    def side(name: str, title: str, act: Any) -> rx.Component:
        is_here = (PlanReadingState.tab == name).to_string()
        return button(t(title), variant="quiet", on_click=act, aria_pressed=is_here)

    return rx.el.div(
        *(
            side(name, title, act) if allowed is True else rx.cond(allowed, side(name, title, act), rx.fragment())
            for name, title, act, allowed in sides
        ),
        role="group",
        aria_label=t("compensation.side"),
        class_name=f"{theme.ROW} border-b border-line pb-1 print:hidden",
    )


def _editor() -> rx.Component:
    """Form and text side by side, what is wrong above both."""
    undo = button(
        rx.icon("undo-2", size=16),
        variant="quiet",
        on_click=PlanFormState.undo,
        disabled=~PlanFormState.may_undo,
        aria_label=t("compensation.editor.undo"),
        custom_attrs={"data-do": "undo"},
    )
    redo = button(
        rx.icon("redo-2", size=16),
        variant="quiet",
        on_click=PlanFormState.redo,
        disabled=~PlanFormState.may_redo,
        aria_label=t("compensation.editor.redo"),
        custom_attrs={"data-do": "redo"},
    )
    unsaved = rx.cond(
        PlanFormState.dirty, pill(t("compensation.editor.unsaved"), "warn"), pill(t("compensation.editor.kept"), "good")
    )
    keys = rx.el.p(t("compensation.editor.keys"), class_name=f"{theme.SMALL} m-0 max-sm:hidden")
    return rx.el.div(
        rx.el.div(rx.el.div(undo, redo, unsaved, template_choice(), class_name=theme.ROW), keys, class_name=theme.HEAD),
        _findings(),
        rx.el.div(
            rx.el.div(
                plan_form(),
                custom_attrs={"data-scroll": "true"},
                class_name="min-w-0 lg:max-h-[80vh] lg:overflow-y-auto",
            ),
            rx.el.div(plan_text(), class_name="min-w-0"),
            class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start",
        ),
        class_name=theme.STACK,
    )


def _text() -> rx.Component:
    shown = rx.el.pre(
        PlanState.text, class_name="m-0 whitespace-pre-wrap break-words text-[13px] leading-5", tab_index=0
    )
    return card(shown)


def _findings() -> rx.Component:
    found = rx.el.ul(
        rx.foreach(PlanFormState.findings, _finding),
        class_name="list-none m-0 p-0 flex flex-col gap-1 max-h-56 overflow-y-auto",
    )
    clean = note(t("compensation.plan.clean"), tone="good")
    shown = rx.cond(PlanFormState.findings.length() > 0, found, clean)
    return rx.el.section(
        rx.el.h2(t("compensation.findings"), class_name="unseen"), shown, aria_live="polite", class_name="min-w-0"
    )


def _finding(each: Any) -> rx.Component:
    return rx.el.li(
        pill(each["kind"], each["tone"]),
        rx.el.button(
            rx.el.span(t("compensation.editor.line", n=each["line"]), class_name="text-accent underline"),
            " ",
            rx.el.span(each["text"]),
            type="button",
            on_click=PlanFormState.go_to(each["line"].to(int), each["path"]),
            class_name="text-left bg-transparent border-0 p-0 cursor-pointer text-ink min-h-6",
        ),
        class_name="flex items-start gap-2",
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
