"""The last two steps of the import wizard: what words mean, and what would happen."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.crm.pages.import_ import COUNTS, FINDINGS
from spm_app.crm.state.trial import TrialState
from spm_app.crm.state.wizard import COLUMNS, WizardState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, heading, link, note
from spm_app.ui.blocks.fields import check_field, text_field
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column

SAMPLES = (
    Column("change", "crm.wizard.change", kind="pill"),
    Column("kind", "crm.import.rows_of"),
    Column("name", "crm.field.name"),
    Column("what", "crm.wizard.what"),
)


def words_step() -> rx.Component:
    """Stages, owners and products, those to be decided first; then where the records come from."""
    words = rx.el.div(
        _words("crm.stage", TrialState.stages, TrialState.stage_choices),
        _words("crm.product", TrialState.products, TrialState.product_choices),
        _words("crm.owner", TrialState.owners, TrialState.owner_choices),
        _makes(),
        class_name=theme.STACK,
    )
    return rx.el.form(
        card(
            rx.cond(TrialState.has_deals, words, rx.fragment()),
            rx.el.div(
                text_field(
                    t("crm.import.source"),
                    "source",
                    hint=t("crm.wizard.source_hint"),
                    default_value=TrialState.source,
                    key=f"source-{TrialState.source}",
                ),
                text_field(
                    t("crm.wizard.currency"),
                    "currency",
                    hint=t("crm.wizard.currency_hint"),
                    default_value=TrialState.currency,
                    key=f"currency-{TrialState.currency}",
                ),
                class_name="grid grid-cols-1 gap-4 sm:grid-cols-2",
            ),
            _ways(
                button(t("crm.wizard.back"), on_click=WizardState.go_to(COLUMNS)),
                button(t("crm.wizard.look_ahead"), variant="primary", type="submit"),
            ),
            title=t("crm.wizard.words"),
        ),
        on_submit=TrialState.look_ahead,
        reset_on_submit=False,
    )


def preview_step() -> rx.Component:
    """The figures, a few records, every row that would be refused; then the one button that does it."""
    hired = note(t("crm.wizard.hired", names=TrialState.hired), tone="accent")
    return rx.el.div(
        card(
            simple_table(COUNTS, rx.Var.create(TrialState.counts), caption=t("crm.wizard.preview")),
            rx.cond(TrialState.refused != "", note(TrialState.refused, tone="warn"), rx.fragment()),
            rx.cond(TrialState.hired != "", hired, rx.fragment()),
            _ways(
                button(t("crm.wizard.back"), on_click=TrialState.ask),
                button(t("crm.wizard.start"), variant="primary", icon="check", on_click=TrialState.start),
            ),
            title=t("crm.wizard.preview"),
        ),
        _list("crm.wizard.samples", SAMPLES, TrialState.samples),
        _list("crm.import.findings", FINDINGS, TrialState.findings),
        card(_keep(), title=t("crm.wizard.keep")),
        class_name=theme.STACK,
    )


def _words(label: str, rows: Any, choices: Any) -> rx.Component:
    rows, choices = rx.Var.create(rows), rx.Var.create(choices)
    table = rx.el.div(
        rx.foreach(rows, lambda row: _word(row, choices)), class_name="grid grid-cols-1 gap-x-6 gap-y-2 lg:grid-cols-2"
    )
    part = rx.el.section(heading(t(label)), table, class_name="flex flex-col gap-2")
    return rx.cond(rows.length() > 0, part, rx.fragment())


def _word(row: Any, choices: Any) -> rx.Component:
    options = rx.foreach(choices, lambda each: rx.el.option(each["label"], value=each["value"]))
    said = rx.el.span(
        rx.el.span(row["value"], class_name="font-medium break-words"),
        rx.el.span(" × ", row["count"], class_name=theme.SMALL),
        class_name="min-w-0",
    )
    select = rx.el.select(
        options,
        value=row["choice"],
        on_change=lambda choice: TrialState.mean(row["asked"], row["value"], choice),
        aria_label=row["value"],
        class_name=theme.INPUT,
    )
    beside = "grid grid-cols-[minmax(0,1fr)_11rem] sm:grid-cols-[minmax(0,1fr)_14rem] items-center gap-3"
    return rx.el.div(said, select, class_name=beside)


def _makes() -> rx.Component:
    names = ("makes_people", "makes_accounts", "makes_products")
    boxes = [
        check_field(
            t(f"crm.wizard.{name}"),
            name,
            checked=TrialState.flags[name],
            on_change=lambda is_on, name=name: TrialState.set_flag(name, is_on),
        )
        for name in names
    ]
    return rx.el.div(*boxes, class_name="flex flex-col")


def _list(title: str, columns: tuple[Column, ...], rows: Any) -> rx.Component:
    rows = rx.Var.create(rows)
    return rx.cond(
        rows.length() > 0, card(simple_table(columns, rows, caption=t(title)), title=t(title)), rx.fragment()
    )


def _keep() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            text_field(t("crm.wizard.mapping_name"), "name", hint=t("crm.wizard.keep_hint"), max_length=200),
            button(t("crm.wizard.keep_it"), type="submit", icon="save"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        on_submit=TrialState.keep_mapping,
        reset_on_submit=False,
    )


def _ways(back: rx.Component, on: rx.Component) -> rx.Component:
    return rx.el.div(link(t("ui.cancel"), "/imports"), rx.el.div(back, on, class_name=theme.ROW), class_name=theme.HEAD)
