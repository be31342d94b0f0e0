"""Periods that were calculated, and the way to calculate another."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.state.runs import COLUMNS, READERS, RunsState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, link
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def runs_page() -> rx.Component:
    """A choice of periods, and the list."""
    nothing = empty_state(t("compensation.runs.none"), t("compensation.runs.none.what_now"), icon="calculator")
    table = data_table(RunsState, COLUMNS, caption="compensation.runs", empty=nothing)
    return rx.el.div(rx.cond(RunsState.may_calculate, _open(), rx.fragment()), table, class_name=theme.STACK)


def _open() -> rx.Component:
    choices = rx.foreach(RunsState.choices, lambda each: rx.el.option(each["label"], value=each["value"]))
    chosen = rx.el.form(
        rx.el.label(t("compensation.run.which"), html_for="code"),
        rx.el.select(choices, id="code", name="code", class_name=f"{theme.INPUT} sm:w-auto"),
        button(t("compensation.run.open"), variant="primary", icon="calculator", type="submit"),
        on_submit=RunsState.go,
        class_name=theme.ROW,
    )
    missing = rx.el.div(
        rx.el.p(t("compensation.runs.no_plan"), class_name="m-0"),
        link(t("compensation.plans"), "/plans"),
        class_name=theme.ROW,
    )
    return card(rx.cond(rx.Var.create(RunsState.choices).length() > 0, chosen, missing))


PAGE = Page(
    route="/runs",
    title="compensation.runs",
    body=runs_page,
    load=(RunsState.load,),
    roles=READERS,
    group="earnings",
    icon="calculator",
    live=("runs",),
)
