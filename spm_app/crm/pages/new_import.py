"""The import wizard: files, reading, columns, words, preview."""

from __future__ import annotations

import reflex as rx

from spm_app.crm.pages.import_words import preview_step, words_step
from spm_app.crm.pages.roles import IMPORTERS
from spm_app.crm.state.trial import TrialState
from spm_app.crm.state.wizard import COLUMNS, PREVIEW, READING, UPLOAD, WORDS, WizardState
from spm_app.ui import theme
from spm_app.ui.address import from_the_top
from spm_app.ui.blocks.basic import button, card, link, note
from spm_app.ui.blocks.fields import select_field
from spm_app.ui.blocks.pick import steps
from spm_app.ui.blocks.upload import upload_field
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_STEPS = ("crm.wizard.files", "crm.wizard.reading", "crm.wizard.columns", "crm.wizard.words", "crm.wizard.preview")
_MARKS = (("crm.mark.comma", ","), ("crm.mark.semicolon", ";"), ("crm.mark.tab", "\t"), ("crm.mark.bar", "|"))
_ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 (BOM)"),
    ("utf-16", "UTF-16"),
    ("cp1252", "Windows-1252"),
)


def wizard_page() -> rx.Component:
    """One step at a time; every step can be gone back to."""
    shown = rx.match(
        WizardState.step,
        (UPLOAD, _upload()),
        (READING, _reading()),
        (COLUMNS, _columns()),
        (WORDS, words_step()),
        (PREVIEW, preview_step()),
        _upload(),
    )
    way = steps(WizardState.step, [t(each) for each in _STEPS])
    return rx.el.div(from_the_top(rx.Var.create(WizardState.step)), way, shown, class_name=theme.STACK)


def _upload() -> rx.Component:
    return card(
        rx.el.p(t("crm.wizard.files_what"), class_name="m-0 text-ink-soft max-w-[60ch]"),
        select_field(
            t("crm.wizard.mapping"),
            "mapping",
            rx.Var.create(WizardState.mappings),
            hint=t("crm.wizard.mapping_hint"),
            value=WizardState.mapping,
            on_change=WizardState.use_mapping,
        ),
        upload_field("crm-files", t("crm.wizard.drop"), WizardState.take, several=True),
        title=t("crm.wizard.files"),
    )


def _reading() -> rx.Component:
    known = WizardState.reading
    marks = [(mark, t(key)) for key, mark in _MARKS]
    text_only = rx.fragment(
        _choice("encoding", "crm.wizard.encoding", _ENCODINGS),
        _choice("delimiter", "crm.wizard.delimiter", marks),
    )
    layout = rx.el.div(
        select_field(
            t("crm.wizard.kind"),
            "kind",
            rx.Var.create(WizardState.kinds),
            value=known["kind"],
            on_change=WizardState.set_kind,
        ),
        rx.cond(known["is_book"] != "", _choice("sheet", "crm.wizard.sheet", WizardState.sheets), text_only),
        _choice("heading", "crm.wizard.heading", WizardState.top),
        _choice("decimal", "crm.wizard.decimal", [(".", "1,234.56"), (",", "1.234,56")]),
        _choice("days", "crm.wizard.days", [(each, t(f"crm.days.{each}")) for each in ("ymd", "dmy", "mdy")]),
        class_name="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3",
    )
    return card(
        _file_tabs(),
        layout,
        _first_rows(),
        _ways(rx.fragment(), button(t("crm.wizard.next"), variant="primary", on_click=WizardState.go_to(COLUMNS))),
        title=t("crm.wizard.reading"),
    )


def _columns() -> rx.Component:
    lacking = note(t("crm.wizard.lacking", fields=WizardState.lacking), tone="warn")
    return card(
        _file_tabs(),
        rx.el.div(
            rx.foreach(WizardState.fields, _field), class_name="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3"
        ),
        rx.el.p(t("crm.wizard.columns_rest"), class_name=f"{theme.SMALL} m-0"),
        rx.cond(WizardState.lacking != "", lacking, rx.fragment()),
        _ways(
            button(t("crm.wizard.back"), on_click=WizardState.go_to(READING)),
            button(
                t("crm.wizard.next"),
                variant="primary",
                on_click=TrialState.ask,
                disabled=WizardState.lacking != "",
            ),
        ),
        title=t("crm.wizard.columns"),
    )


def _field(row: rx.Var[dict[str, str]]) -> rx.Component:
    label = rx.fragment(row["label"], rx.cond(row["needed"] != "", " *", ""))
    choices = rx.foreach(WizardState.columns, lambda each: rx.el.option(each["label"], value=each["value"]))
    name = f"field-{row['name']}"
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="block text-[14px] font-medium mb-1"),
        rx.el.select(
            choices,
            id=name,
            value=row["column"],
            on_change=lambda column: WizardState.set_column(row["name"], column),
            class_name=theme.INPUT,
        ),
        rx.el.p(row["example"], class_name=f"{theme.SMALL} m-0 mt-1 truncate empty:hidden"),
    )


def _file_tabs() -> rx.Component:
    def tab(each: rx.Var[dict[str, str]], number: rx.Var[int]) -> rx.Component:
        return button(
            rx.fragment(each["name"], " · ", each["kind"]),
            variant="quiet",
            on_click=WizardState.choose_file(number),
            aria_pressed=(WizardState.current == number).to_string(),
        )

    tabs = rx.foreach(WizardState.tabs, tab)
    return rx.el.div(tabs, class_name=f"{theme.ROW} border-b border-line pb-1", role="group")


def _first_rows() -> rx.Component:
    head = rx.foreach(
        WizardState.heading, lambda name: rx.el.th(name, scope="col", class_name="px-3 py-2 text-left font-medium")
    )
    cell = "px-3 py-1 whitespace-nowrap max-w-64 truncate"
    rows = rx.foreach(
        WizardState.first,
        lambda row: rx.el.tr(
            rx.foreach(row, lambda each: rx.el.td(each, class_name=cell)), class_name="border-t border-line"
        ),
    )
    table = rx.el.table(
        rx.el.caption(t("crm.wizard.first_rows"), class_name="unseen"),
        rx.el.thead(rx.el.tr(head), class_name="text-[12px] text-ink-soft"),
        rx.el.tbody(rows),
        class_name="border-collapse text-[12px]",
    )
    return rx.el.div(
        rx.el.p(WizardState.reading["rows"], class_name=f"{theme.SMALL} m-0"),
        rx.el.div(
            table, class_name="overflow-x-auto", tab_index=0, role="region", aria_label=t("crm.wizard.first_rows")
        ),
        class_name="flex flex-col gap-2",
    )


def _choice(name: str, label: str, options: object) -> rx.Component:
    return select_field(
        t(label),
        name,
        options if isinstance(options, (list, tuple)) else rx.Var.create(options),
        value=WizardState.reading[name],
        on_change=lambda value: WizardState.set_reading(name, value),
    )


def _ways(back: rx.Component, on: rx.Component) -> rx.Component:
    cancel = link(t("ui.cancel"), "/imports")
    return rx.el.div(cancel, rx.el.div(back, on, class_name=theme.ROW), class_name=theme.HEAD)


PAGE = Page(
    route="/imports/new",
    title="crm.import.new",
    body=wizard_page,
    load=(WizardState.load,),
    roles=IMPORTERS,
    parents=("/imports",),
)
