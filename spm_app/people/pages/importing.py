"""The wizard that brings a personnel file in."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.people.domain.importing import FIELDS, NEEDED, ORDERS
from spm_app.people.state.importing import PeopleImportState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, figure, link_button, note
from spm_app.ui.blocks.fields import field, text_field
from spm_app.ui.blocks.pick import steps
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.blocks.upload import upload_field
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

REFUSED = (Column("row", "people.import.row"), Column("why", "people.import.why"))


def import_page() -> rx.Component:
    """A file; its columns beside what they would do; done."""
    names = [t("people.import.step.file"), t("people.import.step.check"), t("people.import.step.done")]
    return rx.el.div(
        steps(PeopleImportState.step, names),
        rx.cond(PeopleImportState.wrong != "", rx.el.div(note(PeopleImportState.wrong, tone="bad"), role="alert")),
        rx.match(PeopleImportState.step, (2, _check()), (3, _done()), _file()),
        class_name=theme.STACK,
    )


def _file() -> rx.Component:
    return card(
        rx.el.p(t("people.import.what"), class_name="m-0 text-ink-soft"),
        upload_field("personnel", t("people.import.drop"), PeopleImportState.take),
    )


def _check() -> rx.Component:
    go = button(
        t("people.import.go"),
        variant="primary",
        on_click=PeopleImportState.bring_in,
        disabled=PeopleImportState.counts["rows"] == PeopleImportState.refused_in_all.to_string(),
    )
    return rx.el.div(
        card(_columns(), title=t("people.import.columns")),
        card(_outcome(), _refused(), rx.el.div(go, _again(), class_name=theme.ROW), title=t("people.import.would")),
        class_name=theme.STACK,
    )


def _columns() -> rx.Component:
    order = rx.el.select(
        *(rx.el.option(t(f"people.order.{each}"), value=each) for each in ORDERS),
        value=PeopleImportState.order,
        on_change=PeopleImportState.set_order,
        id="order",
        class_name=theme.INPUT,
    )
    return rx.el.div(
        rx.el.p(PeopleImportState.file_name, " · ", PeopleImportState.how, class_name=theme.SMALL + " m-0"),
        rx.el.div(
            *(_column(each) for each in FIELDS),
            field(t("people.import.order"), order, name="order"),
            text_field(
                t("people.import.from_day"),
                "from_day",
                kind="date",
                hint=t("people.import.from_day.hint"),
                value=PeopleImportState.from_day,
                on_change=PeopleImportState.set_day,
            ),
            class_name="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4",
        ),
        _sample(),
        class_name=theme.STACK,
    )


def _column(name: str) -> rx.Component:
    columns: Any = PeopleImportState.columns
    label = rx.fragment(t(f"people.field.{name}"), " *" if name in NEEDED else "")
    chosen = rx.el.select(
        rx.el.option("–", value=""),
        rx.foreach(PeopleImportState.choices, lambda each: rx.el.option(each["label"], value=each["value"])),
        value=columns.get(name, ""),
        on_change=lambda at: PeopleImportState.set_column(name, at),
        id=f"column-{name}",
        class_name=theme.INPUT,
    )
    return field(label, chosen, name=f"column-{name}")


def _sample() -> rx.Component:
    cell = "px-3 py-1 whitespace-nowrap text-left"
    heads = rx.foreach(PeopleImportState.heading, lambda each: rx.el.th(each, scope="col", class_name=cell))
    rows = rx.foreach(
        PeopleImportState.sample,
        lambda row: rx.el.tr(
            rx.foreach(row, lambda each: rx.el.td(each, class_name=cell)), class_name="border-t border-line"
        ),
    )
    return rx.el.div(
        rx.el.table(
            rx.el.caption(t("people.import.sample"), class_name="unseen"),
            rx.el.thead(rx.el.tr(heads), class_name="text-[12px] text-ink-soft"),
            rx.el.tbody(rows),
            class_name="border-collapse text-[13px]",
        ),
        class_name="overflow-x-auto",
        tab_index=0,
        role="region",
        aria_label=t("people.import.sample"),
    )


def _outcome() -> rx.Component:
    counts: Any = PeopleImportState.counts
    fresh = rx.cond(
        PeopleImportState.new_words != "", note(t("people.import.new_words", words=PeopleImportState.new_words))
    )
    return rx.el.div(
        rx.el.div(
            figure(t("people.import.rows"), counts["rows"]),
            figure(t("people.import.hired"), counts["hired"]),
            figure(t("people.import.changed"), counts["changed"]),
            figure(t("people.import.same"), counts["same"]),
            figure(t("people.import.refused"), PeopleImportState.refused_in_all),
            class_name="grid grid-cols-2 sm:grid-cols-5 gap-4",
        ),
        fresh,
        class_name=theme.STACK,
    )


def _refused() -> rx.Component:
    return rx.cond(
        PeopleImportState.refused_in_all > 0,
        simple_table(REFUSED, PeopleImportState.refused, caption=t("people.import.refused")),
        rx.fragment(),
    )


def _done() -> rx.Component:
    return card(
        _outcome(),
        _refused(),
        rx.el.div(link_button(t("people.directory"), "/people", variant="primary"), _again(), class_name=theme.ROW),
        title=t("people.import.done"),
    )


def _again() -> rx.Component:
    return button(t("people.import.again"), on_click=PeopleImportState.load)


PAGE = Page(
    route="/people/import",
    title="people.import.title",
    body=import_page,
    load=(PeopleImportState.load,),
    roles=(Role.COMP_ADMIN, Role.SYSADMIN),
    parents=("/people",),
)
