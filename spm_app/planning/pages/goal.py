"""One goal: teams and people down, quarters across, every sum exact while amounts are changed in place."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.planning.state.goal import READERS, GoalState
from spm_app.planning.state.lines import Cell, Row
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

#: Steps that go on, and those that take something back and are asked about first.
_FORWARD, _BACK = ("propose", "approve", "publish"), ("take_back", "withdraw")
_HEADS = ("planning.whole_year", "planning.q1", "planning.q2", "planning.q3", "planning.q4", "planning.last_year")


def goal_page() -> rx.Component:
    """Where it stands, then the table."""
    unknown = card(empty_state(t("planning.goal_not_found"), "", icon="search-x"))
    known = rx.el.div(_head(), _table(), class_name=theme.STACK)
    return rx.cond(GoalState.loaded, rx.cond(GoalState.found, known, unknown), skeleton())


def _head() -> rx.Component:
    people: Any = GoalState.people
    return card(
        facts(
            fact(t("planning.amount"), GoalState.total),
            fact(t("planning.state"), pill(GoalState.state, GoalState.tone)),
            fact(t("planning.made_by"), people["made"]),
            fact(t("planning.proposed_by"), people["proposed"]),
            fact(t("planning.approved_by"), people["approved"]),
        ),
        title=GoalState.version,
        actions=_steps(),
    )


def _steps() -> rx.Component:
    on = [
        _step(each, button(t(f"planning.{each}"), variant="primary", on_click=GoalState.take(each)))
        for each in _FORWARD
    ]
    back = [
        _step(each, confirm(t(f"planning.{each}"), t(f"planning.{each}.sure"), GoalState.take(each))) for each in _BACK
    ]
    again = button(t("planning.renew"), icon="copy-plus", on_click=GoalState.renew)
    return rx.el.div(*back, *on, rx.cond(GoalState.may_renew, again, rx.fragment()), class_name=theme.ROW)


def _step(name: str, part: rx.Component) -> rx.Component:
    return rx.cond(GoalState.steps.contains(name), part, rx.fragment())


def _table() -> rx.Component:
    heads = [rx.el.th(t("planning.who"), scope="col", class_name=f"{_FIRST} py-2 font-medium bg-surface z-[2]")]
    heads += [rx.el.th(t(each), scope="col", class_name="px-2 py-2 text-right font-medium") for each in _HEADS]
    heads += [rx.el.th(t("planning.change"), scope="col", class_name="px-2 py-2 text-right font-medium")]
    table = rx.el.table(
        rx.el.caption(t("planning.table"), class_name="unseen"),
        rx.el.thead(rx.el.tr(*heads), class_name="text-[12px] text-ink-soft sticky top-0 bg-surface z-[1]"),
        rx.el.tbody(rx.foreach(GoalState.rows, _row)),
        class_name="w-full border-collapse",
    )
    scroller = rx.el.div(
        table,
        class_name="overflow-auto max-h-[70vh]",
        tab_index=0,
        role="region",
        aria_label=t("planning.table"),
    )
    how = rx.cond(GoalState.may_edit, rx.el.p(t("planning.how"), class_name=f"{theme.SMALL} m-0"), rx.fragment())
    return card(how, scroller, title=t("planning.split"), actions=_tools())


def _tools() -> rx.Component:
    undo = button(t("planning.undo"), icon="undo-2", on_click=GoalState.undo, disabled=~GoalState.may_undo)
    return rx.el.div(
        rx.cond(GoalState.may_edit, undo, rx.fragment()),
        button("CSV", icon="download", variant="quiet", on_click=GoalState.export("csv")),
        button("XLSX", icon="download", variant="quiet", on_click=GoalState.export("xlsx")),
        class_name=f"{theme.ROW} no-print",
    )


def _row(each: rx.Var[Row]) -> rx.Component:
    row: Any = each
    looks = rx.match(
        row.level,
        ("company", "border-t border-line bg-sunken font-semibold"),
        ("team", "border-t border-line bg-surface font-medium"),
        "border-t border-line bg-surface hover:bg-sunken",
    )
    indent = rx.cond(row.level == "person", "block pl-4", "block")
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.name, class_name=indent), scope="row", class_name=f"{_FIRST} py-1.5 [font-weight:inherit]"
        ),
        rx.foreach(row.cells, _cell),
        rx.el.td(row.past, class_name=f"px-2 py-1.5 text-ink-soft {theme.NUMERIC}"),
        rx.el.td(row.change, class_name=f"px-2 py-1.5 {theme.NUMERIC}"),
        class_name=looks,
    )


def _cell(each: rx.Var[Cell]) -> rx.Component:
    cell: Any = each
    fixed = rx.el.span(cell.text)
    part = rx.cond(cell.days != "", rx.el.div(cell.days, class_name=f"{theme.SMALL} px-1"), rx.fragment())
    edited = rx.el.div(_amount(cell), _padlock(cell), class_name="flex items-center justify-end gap-0.5")
    return rx.el.td(
        rx.cond(GoalState.may_edit & (cell.key != ""), edited, fixed), part, class_name=f"px-2 py-1 {theme.NUMERIC}"
    )


def _amount(cell: Any) -> rx.Component:
    """Said to the server on leaving the field or on Enter, never at each key; what others take up comes back into it.

    The key only changes when the server refuses, so that the field forgets what was typed and otherwise keeps focus.
    """
    field = rx.el.input(
        key=cell.key + GoalState.shown.to_string(),
        value=cell.text,
        on_change=lambda typed: GoalState.edit(cell.key, typed),
        aria_label=cell.label,
        input_mode="decimal",
        class_name=(
            "w-32 min-h-[36px] rounded border border-transparent hover:border-line-strong focus:border-accent "
            "bg-transparent text-right tabular-nums px-1 text-ink font-[inherit]"
        ),
    )
    return rx.debounce_input(field, debounce_timeout=-1)


def _padlock(cell: Any) -> rx.Component:
    icon = rx.cond(cell.is_locked, rx.icon("lock", size=14), rx.icon("lock-open", size=14))
    return rx.el.button(
        icon,
        type="button",
        on_click=GoalState.toggle(cell.key),
        aria_pressed=rx.cond(cell.is_locked, "true", "false"),
        aria_label=t("planning.lock", what=cell.label),
        class_name=rx.cond(cell.is_locked, f"{_LOCK} text-accent", f"{_LOCK} text-ink-faint hover:text-ink"),
    )


#: The first column stays when the others scroll under it.
_FIRST = "sticky left-0 bg-inherit px-2 text-left max-w-36 sm:max-w-none sm:whitespace-nowrap"
_LOCK = "inline-flex items-center justify-center size-7 rounded bg-transparent border-0 cursor-pointer"

PAGE = Page(
    route="/targets/[goal_id]",
    title="planning.goal",
    heading=lambda: rx.Var.create(GoalState.name),
    body=goal_page,
    load=(GoalState.load,),
    roles=READERS,
    parents=("/targets",),
    live=("targets",),
)
