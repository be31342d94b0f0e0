"""The text of a plan with its line numbers, and the checker's marks beside them."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card
from spm_app.ui.i18n import t

_PATIENCE = 350


def plan_text() -> rx.Component:
    """The text with its line numbers; what the checker found is marked beside its line."""
    box = rx.el.textarea(
        id="plan-text",
        value=PlanFormState.text,
        on_change=PlanFormState.write,
        rows=(PlanFormState.lines + 1).to_string(),
        wrap="off",
        spell_check=False,
        aria_label=t("compensation.plan.text"),
        aria_describedby="plan-text-hint",
        class_name="grow min-w-0 w-full resize-none border-0 bg-surface text-ink font-mono text-[13px] leading-5 "
        "px-2 py-2 overflow-x-auto whitespace-pre",
    )
    return card(
        rx.el.div(
            rx.el.div(_numbers(), rx.debounce_input(box, debounce_timeout=_PATIENCE), class_name="flex min-w-0"),
            custom_attrs={"data-scroll": "true"},
            class_name="max-h-[70vh] overflow-y-auto rounded-lg border border-line-strong",
        ),
        rx.el.p(t("compensation.plan.text.hint"), id="plan-text-hint", class_name=f"{theme.SMALL} m-0"),
        title=t("compensation.plan.text"),
    )


def _numbers() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            PlanFormState.marks,
            lambda each: rx.el.button(
                rx.icon("circle-alert", size=14, aria_hidden="true"),
                type="button",
                title=each["text"],
                aria_label=each["text"],
                on_click=PlanFormState.go_to(each["line"].to(int), each["path"]),
                style={"top": each["top"]},
                class_name=rx.cond(
                    each["tone"] == "bad",
                    "absolute left-1 h-5 bg-transparent border-0 p-0 cursor-pointer text-bad",
                    "absolute left-1 h-5 bg-transparent border-0 p-0 cursor-pointer text-warn",
                ),
            ),
        ),
        rx.el.pre(
            rx.foreach(rx.Var.range(1, PlanFormState.lines + 1), lambda n: rx.el.div(n, class_name="h-5")),
            aria_hidden="true",
            class_name="m-0 text-right text-ink-faint text-[12px] leading-5 py-2 pl-6 pr-2 select-none",
        ),
        class_name="relative shrink-0 bg-sunken border-r border-line",
    )
