"""What is expected: one's own quarters, the team's, and every goal for those who plan."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.planning.state.goals import COLUMNS, GoalsState, NewGoalState, Target, TargetsState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, heading, note
from spm_app.ui.blocks.charts import bullet
from spm_app.ui.blocks.fields import check_field, form, money_field, text_field
from spm_app.ui.blocks.overlays import dialog
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import data_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page
from spm_app.ui.shell import holds_any

READERS = (Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.EXEC, Role.AUDITOR)


def targets_page() -> rx.Component:
    """Own first, then teams, goals and people."""
    teams = _listed(TargetsState.teams, "planning.teams")
    others = _listed(TargetsState.others, "planning.others")
    planned = rx.cond(TargetsState.sees_goals, rx.fragment(_goals(), _new_goal()), rx.fragment())
    known = rx.el.div(_own(), teams, planned, others, class_name=theme.STACK)
    return rx.cond(TargetsState.loaded, known, skeleton())


def _own() -> rx.Component:
    nothing = empty_state(t("planning.own.none"), t("planning.own.none.what_now"), icon="target")
    some = rx.el.ul(rx.foreach(TargetsState.own, _target), class_name=_GRID)
    listed = card(rx.cond(TargetsState.own.length() > 0, some, nothing), title=t("planning.own"))
    has_only_this = ~TargetsState.sees_goals & (TargetsState.teams.length() == 0)
    return rx.cond((TargetsState.own.length() > 0) | has_only_this, listed, rx.fragment())


def _listed(those: Any, title: str) -> rx.Component:
    some = card(rx.el.ul(rx.foreach(those, _target), class_name=_GRID), title=t(title))
    return rx.cond(those.length() > 0, some, rx.fragment())


def _target(each: rx.Var[Target]) -> rx.Component:
    said: Any = each
    head = rx.el.div(
        rx.el.span(said.name, class_name="font-medium"),
        rx.el.span(said.attainment, class_name="tabular-nums"),
        class_name=theme.HEAD,
    )
    figures = rx.el.p(t("planning.won_of", won=said.won, quota=said.quota), class_name=f"{theme.SMALL} m-0")
    return rx.el.li(head, bullet(said.share, 100, said.told), figures, class_name="flex flex-col gap-2 min-w-0")


def _goals() -> rx.Component:
    new = rx.cond(
        holds_any((Role.COMP_ADMIN,)),
        button(t("planning.new"), variant="primary", icon="plus", on_click=NewGoalState.begin),
        rx.fragment(),
    )
    nothing = empty_state(t("planning.goals.none"), t("planning.goals.none.what_now"), icon="target")
    listed = data_table(GoalsState, COLUMNS, caption="planning.goals", actions=(new,), empty=nothing)
    return rx.el.section(heading(t("planning.goals")), listed, class_name=theme.STACK)


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
            _carriers(),
            button(t("planning.new.split"), variant="primary", type="submit"),
            on_submit=NewGoalState.create,
        ),
        is_open=NewGoalState.is_open,
        on_open_change=NewGoalState.close,
    )


def _carriers() -> rx.Component:
    """Which titles carry the goal."""
    choices: Any = NewGoalState.titles
    return rx.el.fieldset(
        rx.el.legend(t("planning.carriers"), class_name="font-medium p-0"),
        rx.el.p(t("planning.carriers.hint"), class_name=f"{theme.SMALL} m-0"),
        rx.el.div(
            rx.foreach(choices, lambda each: check_field(each.label, each.field)),
            class_name="grid grid-cols-1 sm:grid-cols-2 gap-x-4",
        ),
        class_name="border-0 p-0 m-0 min-w-0",
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
