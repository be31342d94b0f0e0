"""The data table: a plain table that the server sorts, filters and cuts; cards on a phone; a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.address import address
from spm_app.ui.blocks.basic import button, link, pill
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.i18n import t, whole
from spm_app.ui.listing import Column, Listing

_CELL = "px-3 py-2 align-middle max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:px-0 max-sm:py-1 "
_HEAD = (
    "px-3 py-2 text-left font-medium whitespace-nowrap "
    "sticky top-0 bg-surface z-[1] shadow-[inset_0_-1px_0_var(--line)] "
)
_SORTER = (
    "inline-flex items-center gap-1 font-medium cursor-pointer bg-transparent border-0 p-0 text-ink-soft hover:text-ink"
)
_ROW = "border-t border-line first:border-t-0 hover:bg-sunken max-sm:block max-sm:py-2"
#: The search above, the filters beside each other below it: on a phone two and two.
_FILTERS = "grid grid-cols-2 w-full gap-2 sm:flex sm:w-auto sm:flex-wrap sm:items-center"
#: Kinds that stand at the right, so that digits stand below digits.
NUMERIC = frozenset({"number", "opens"})
_OPENER = "bg-transparent border-0 p-0 cursor-pointer tabular-nums text-left max-sm:min-h-[44px]"
_MENU = "absolute right-0 mt-1 z-30 min-w-48 rounded-lg border border-line bg-raised p-2 flex flex-col gap-1"


def data_table(
    state: type[Listing],
    columns: Sequence[Column],
    *,
    caption: str,
    filters: Sequence[rx.Component] = (),
    empty: rx.Component | None = None,
    actions: Sequence[rx.Component] = (),
) -> rx.Component:
    """The whole thing: search, filters, table, pager, column choice, export. `caption` is a text key that names it.

    `empty` is shown when nothing is there and nothing was asked for.
    """
    nothing = rx.cond(
        (state.search != "") | (state.chosen.length() > 0),
        empty_state(
            t("ui.table.nothing_found"),
            t("ui.table.ask_less"),
            button(t("ui.table.clear"), on_click=state.clear_filters),
            icon="search-x",
        ),
        empty or empty_state(t("ui.table.nothing_yet"), ""),
    )
    return rx.el.div(
        address(state.address),
        _bar(state, columns, filters, actions),
        rx.cond(state.total == 0, nothing, rx.fragment(_table(state, columns, caption), _foot(state), _pager(state))),
        class_name=f"{theme.CARD} p-3 sm:p-4 {theme.STACK}",
    )


def filter_choice(state: type[Listing], name: str, label: str, options: Any) -> rx.Component:
    """One filter: `options` are (value, label) pairs, or a Var of dicts with `value` and `label`; none is all."""
    if isinstance(options, rx.Var):
        choices: Any = rx.foreach(options, lambda each: rx.el.option(each["label"], value=each["value"]))
    else:
        choices = rx.fragment(*(rx.el.option(said, value=value) for value, said in options))
    return rx.el.select(
        rx.el.option(t(label), value=""),
        choices,
        value=state.chosen.get(name, ""),
        on_change=lambda value: state.choose(name, value),
        aria_label=t(label),
        class_name=f"{theme.INPUT} sm:w-auto sm:max-w-56",
    )


def filter_day(state: type[Listing], name: str, label: str) -> rx.Component:
    """A filter by a day; an empty one asks for all."""
    control = rx.el.input(
        type="date",
        value=state.chosen.get(name, ""),
        on_change=lambda value: state.choose(name, value),
        id=f"filter-{name}",
        class_name=f"{theme.INPUT} sm:w-auto",
    )
    return rx.el.label(
        rx.el.span(t(label), class_name=f"{theme.SMALL} w-10 sm:w-auto"),
        control,
        html_for=f"filter-{name}",
        class_name="inline-flex items-center gap-2 max-sm:col-span-2",
    )


def simple_table(
    columns: Sequence[Column], rows: Any, *, caption: Any, acts: Callable[[Any], rx.Component] | None = None
) -> rx.Component:
    """A short table without search or pages: `rows` is a Var of dicts of text; `acts` draws what a row offers."""
    heads = [rx.el.th(t(each.title), scope="col", class_name=_head_looks(each)) for each in columns]
    if acts is not None:
        heads.append(rx.el.th(rx.el.span(t("ui.table.acts"), class_name="unseen"), scope="col", class_name=_HEAD))

    def line(row: Any) -> rx.Component:
        last = () if acts is None else (rx.el.td(acts(row), class_name="px-3 py-1 max-sm:block max-sm:px-0"),)
        return rx.el.tr(*(_cell(each, row, None) for each in columns), *last, class_name=_ROW)

    return _frame(caption, rx.el.tr(*heads), rx.foreach(rows, line))


def _bar(
    state: type[Listing], columns: Sequence[Column], filters: Sequence[rx.Component], actions: Sequence[rx.Component]
) -> rx.Component:
    search = rx.el.input(
        type="search",
        default_value=state.search,
        key=state.loaded.to_string(),
        placeholder=t("ui.table.search"),
        aria_label=t("ui.table.search"),
        on_change=state.look_for.debounce(250),
        class_name=f"{theme.INPUT} col-span-2 sm:w-64",
    )
    return rx.el.div(
        rx.el.div(search, *filters, class_name=_FILTERS),
        rx.el.div(*actions, _columns_menu(state, columns), _export_menu(state), class_name=theme.ROW),
        class_name=theme.HEAD,
        role="search",
    )


def menu(icon: str, label: str, *items: rx.Component) -> rx.Component:
    """A button that opens a short list of others; `label` is the key of its text."""
    face = rx.el.summary(
        rx.icon(icon, size=16, aria_hidden="true"),
        rx.el.span(t(label)),
        class_name=f"{theme.BUTTONS['plain']} list-none",
    )
    return rx.el.details(
        face, rx.el.div(*items, class_name=_MENU, style={"boxShadow": "var(--shadow)"}), class_name="relative no-print"
    )


def _columns_menu(state: type[Listing], columns: Sequence[Column]) -> rx.Component:
    def choice(column: Column) -> rx.Component:
        box = rx.el.input(
            type="checkbox",
            checked=~state.hidden.contains(column.key),
            on_change=lambda _: state.show_column(column.key),
            class_name="size-4 accent-[var(--accent)]",
        )
        return rx.el.label(
            box, rx.el.span(t(column.title)), class_name="flex items-center gap-2 px-2 py-1 cursor-pointer"
        )

    return menu("columns-3", "ui.table.columns", *(choice(each) for each in columns[1:]))


def _export_menu(state: type[Listing]) -> rx.Component:
    return menu(
        "download",
        "ui.table.export",
        button("CSV", variant="quiet", on_click=state.export("csv")),
        button("XLSX", variant="quiet", on_click=state.export("xlsx")),
    )


def _table(state: type[Listing], columns: Sequence[Column], caption: str) -> rx.Component:
    def head(column: Column) -> rx.Component:
        is_sorted = state.sort == column.key
        face = rx.el.button(
            t(column.title),
            rx.cond(
                is_sorted,
                rx.cond(state.descending, rx.icon("arrow-down", size=14), rx.icon("arrow-up", size=14)),
                rx.fragment(),
            ),
            type="button",
            on_click=state.sort_by(column.key),
            class_name=_SORTER,
        )
        order = rx.cond(is_sorted, rx.cond(state.descending, "descending", "ascending"), "none")
        shown = face if column.sorts else t(column.title)
        return _unless_hidden(
            state,
            column,
            rx.el.th(shown, scope="col", aria_sort=order if column.sorts else None, class_name=_head_looks(column)),
        )

    heads = rx.el.tr(*(head(each) for each in columns))
    return _frame(t(caption), heads, rx.foreach(state.rows, lambda row: _row(columns, row, state)))


def _frame(caption: Any, heads: rx.Component, rows: Any) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="unseen"),
            rx.el.thead(heads, class_name="max-sm:hidden text-[12px] text-ink-soft"),
            rx.el.tbody(rows, class_name="max-sm:block"),
            class_name="w-full border-collapse max-sm:block",
        ),
        class_name="overflow-x-auto sm:max-h-[70vh] sm:overflow-y-auto",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _row(columns: Sequence[Column], row: Any, state: type[Listing]) -> rx.Component:
    return rx.el.tr(*(_cell(each, row, state) for each in columns), class_name=_ROW)


def _cell(column: Column, row: Any, state: type[Listing] | None) -> rx.Component:
    value: Any = row[column.key]
    match column.kind:
        case "link":
            value = link(value, row["href"])
        case "place":
            value = rx.cond(row["href"] != "", link(value, row["href"]), value)
        case "opens" | "detail" if state is not None:
            value = rx.el.button(
                value, type="button", on_click=state.open_row(whole(row["id"])), class_name=f"{theme.LINK} {_OPENER}"
            )
        case "pill":
            value = pill(value, row[f"{column.key}_tone"])
        case _:
            pass
    label = rx.el.span(t(column.title), class_name="sm:hidden text-ink-soft", aria_hidden="true")
    numeric = "sm:text-right tabular-nums whitespace-nowrap" if column.kind in NUMERIC else ""
    said = rx.el.span(value, class_name="max-sm:min-w-0 max-sm:text-right max-sm:[overflow-wrap:anywhere]")
    made = rx.el.td(label, said, class_name=_CELL + numeric)
    return made if state is None else _unless_hidden(state, column, made)


def _unless_hidden(state: type[Listing], column: Column, part: rx.Component) -> rx.Component:
    return rx.cond(state.hidden.contains(column.key), rx.fragment(), part)


def _head_looks(column: Column) -> str:
    return _HEAD + ("text-right" if column.kind in NUMERIC else "")


def _foot(state: type[Listing]) -> rx.Component:
    """Totals of all that was asked for, where the page has any."""
    totals = rx.el.dl(
        rx.foreach(
            state.foot,
            lambda each: rx.el.div(
                rx.el.dt(each["label"], class_name=theme.SMALL),
                rx.el.dd(each["value"], class_name="m-0 font-semibold tabular-nums"),
                class_name="min-w-0 max-sm:flex max-sm:justify-between max-sm:gap-4",
            ),
        ),
        class_name="m-0 border-t border-line pt-3 grid grid-cols-1 gap-x-8 gap-y-2 sm:flex sm:flex-wrap sm:justify-end",
    )
    return rx.cond(state.foot.length() > 0, totals, rx.fragment())


def _pager(state: type[Listing]) -> rx.Component:
    return rx.el.nav(
        rx.el.span(t("ui.table.rows", n=state.total), class_name=theme.SMALL),
        rx.el.div(
            button(
                rx.icon("chevron-left", size=16),
                aria_label=t("ui.table.previous"),
                disabled=state.page <= 1,
                on_click=state.turn_page(state.page - 1),
            ),
            rx.el.span(
                t("ui.table.page", page=state.page, pages=state.pages), class_name=theme.SMALL, aria_live="polite"
            ),
            button(
                rx.icon("chevron-right", size=16),
                aria_label=t("ui.table.next"),
                disabled=state.page >= state.pages,
                on_click=state.turn_page(state.page + 1),
            ),
            class_name=theme.ROW,
        ),
        class_name=theme.HEAD,
        aria_label=t("ui.table.pages"),
    )
