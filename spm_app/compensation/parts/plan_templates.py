"""Plans to begin with, and components to take from them."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.service.templates import NAMES
from spm_app.compensation.state.plan_templates import PlanTemplateState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button
from spm_app.ui.i18n import t


def template_cards() -> rx.Component:
    """Every template with when to use it and what to mind; closed until somebody looks for one."""
    return rx.el.details(
        rx.el.summary(
            rx.icon("layout-template", size=16, aria_hidden="true", class_name="inline mr-2"),
            t("compensation.template.begin"),
            class_name="cursor-pointer font-semibold py-2",
        ),
        rx.el.p(t("compensation.template.begin.why"), class_name="m-0 mb-3 text-ink-soft"),
        rx.el.div(*map(_card, NAMES), class_name="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3"),
        class_name=f"{theme.CARD} px-4 py-2",
    )


def template_choice() -> rx.Component:
    """The components of a template, put behind one's own."""
    return rx.el.select(
        rx.el.option(t("compensation.template.add"), value=""),
        *(rx.el.option(t(f"compensation.template.{name}.title"), value=name) for name in NAMES),
        value="",
        aria_label=t("compensation.template.add"),
        on_change=PlanTemplateState.add_template,
        class_name=f"{theme.INPUT} w-auto max-w-72",
    )


def _card(name: str) -> rx.Component:
    title = t(f"compensation.template.{name}.title")
    return rx.el.section(
        rx.el.h2(title, class_name="text-[14px] font-semibold m-0"),
        rx.el.p(t(f"compensation.template.{name}.when"), class_name="m-0 text-[14px]"),
        rx.el.p(
            t("compensation.template.risk", text=t(f"compensation.template.{name}.risks")),
            class_name=f"{theme.SMALL} m-0",
        ),
        rx.el.div(
            button(
                t("compensation.template.use"),
                icon="file-plus-2",
                on_click=PlanTemplateState.begin_with(name),
                aria_label=t("compensation.template.use") + ": " + title,
            ),
            class_name="mt-auto",
        ),
        class_name="rounded-lg bg-sunken p-3 flex flex-col gap-2",
    )
