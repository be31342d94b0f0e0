"""What is expected: one's own quarters, the team's, and every goal for those who plan."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.planning.state.goals import COLUMNS, GoalsState, NewGoalState, Target, TargetsState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note
from spm_app.ui.blocks.charts import bullet
from spm_app.ui.blocks.fields import form, money_field, text_field
from spm_app.ui.blocks.overlays import dialog
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page
from spm_app.ui.shell import holds_any

READERS = (Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE)


def targets_page() -> rx.Component:
    """Own first, then others, then goals."""
    planned = rx.cond(TargetsState.is_planner, rx.fragment(_goals(), _new_goal()), rx.fragment())
    return rx.cond(TargetsState.loaded, rx.el.div(_own(), _others(), planned, class_name=theme.STACK), skeleton())


def _own() -> rx.Component:
    nothing = empty_state(t("planning.own.none"), t("planning.own.none.what_now"), icon="target")
    some = rx.el.ul(rx.foreach(TargetsState.own, _target), class_name=_GRID)
    listed = card(rx.cond(TargetsState.own.length() > 0, some, nothing), title=t("planning.own"))
    return rx.cond((TargetsState.own.length() > 0) | ~TargetsState.is_planner, listed, rx.fragment())


def _others() -> rx.Component:
    some = card(rx.el.ul(rx.foreach(TargetsState.others, _target), class_name=_GRID), title=t("planning.others"))
    return rx.cond(TargetsState.others.length() > 0, some, rx.fragment())


def _target(each: rx.Var[Target]) -> rx.Component:
    said: Any = each
    head = rx.el.div(
        rx.el.span(said.name, class_name="font-medium"),
        rx.el.span(said.attainment, class_name="tabular-nums"),
        class_name=theme.HEAD,
    )
    figures = rx.el.p(said.told, class_name=f"{theme.SMALL} m-0")
    return rx.el.li(head, bullet(said.share, 100, said.told), figures, class_name="flex flex-col gap-2 min-w-0")


def _goals() -> rx.Component:
    new = rx.cond(
        holds_any((Role.COMP_ADMIN,)),
        button(t("planning.new"), variant="primary", icon="plus", on_click=NewGoalState.begin),
        rx.fragment(),
    )
    nothing = empty_state(t("planning.goals.none"), t("planning.goals.none.what_now"), icon="target")
    return data_table(GoalsState, COLUMNS, caption="planning.goals", actions=(new,), empty=nothing)


def _new_goal() -> rx.Component:
    problems: Any = NewGoalState.problems
    return dialog(
        t("planning.new"),
        rx.el.p(t("planning.new.how"), class_name="m-0 text-ink-soft"),
        rx.cond(NewGoalState.refused != "", note(NewGoalState.refused, tone="bad"), rx.fragment()),
        form(
            text_field(t("planning.year"), "year", error=problems["year"], input_mode="numeric", required=True),
            money_field(t("planning.amount"), "amount", error=problems["amount"], required=True),
            text_field(t("planning.name"), "name", hint=t("planning.name.hint")),
            button(t("planning.new.split"), variant="primary", type="submit"),
            on_submit=NewGoalState.create,
        ),
        is_open=NewGoalState.is_open,
        on_open_change=NewGoalState.close,
    )


_GRID = "grid grid-cols-1 sm:grid-cols-2 lg:grid-cols-4 gap-x-6 gap-y-4 list-none m-0 p-0"

PAGE = Page(
    route="/targets",
    title="planning.targets",
    body=targets_page,
    load=(TargetsState.load, GoalsState.load),
    roles=READERS,
    group="targets",
    icon="target",
    live=("targets", "deals"),
)
