"""Home: what one lives by, and the next thing to do."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.performance.state.home import HomeState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, link, link_button, pill
from spm_app.ui.blocks.charts import bullet
from spm_app.ui.blocks.kpi import kpi_card
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t, whole
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_TEAM = (
    Column("name", "performance.team.name", kind="link"),
    Column("attainment", "performance.team.attainment", kind="number"),
    Column("won", "performance.team.won", kind="number"),
    Column("quota", "performance.team.quota", kind="number"),
    Column("left", "performance.team.left", kind="number"),
    Column("before", "performance.team.before", kind="number"),
)
_COSTS = (
    Column("period", "performance.cost.period"),
    Column("earned", "performance.cost.earned", kind="number"),
    Column("revenue", "performance.cost.revenue", kind="number"),
    Column("share", "performance.cost.share", kind="number"),
)


def home_page() -> rx.Component:
    """Pay and target first, then what waits."""
    cards = rx.el.div(
        rx.foreach(HomeState.cards, _card), class_name="grid grid-cols-1 sm:grid-cols-2 lg:grid-cols-4 gap-4"
    )
    known = rx.el.div(
        rx.cond(HomeState.pay.length() > 0, _pay(), rx.fragment()),
        rx.cond(HomeState.plan.length() > 0, _plan(), rx.fragment()),
        rx.cond(HomeState.bar.length() > 0, _bar(), rx.fragment()),
        _if_rows(HomeState.cards, cards),
        _if_rows(HomeState.system, _system()),
        _if_rows(HomeState.team, _team()),
        _if_rows(HomeState.costs, _costs()),
        rx.el.div(_tasks(), _badges(), class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start"),
        class_name=theme.STACK,
    )
    return rx.cond(HomeState.loaded, known, skeleton())


def _pay() -> rx.Component:
    told: Any = HomeState.pay
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.div(t("performance.earned", period=told["period"]), class_name=theme.SMALL),
                rx.el.div(told["due"], class_name=theme.FIGURE),
                pill(told["state"], "accent"),
            ),
            link_button(t("performance.open_statement"), told["href"], icon="receipt"),
            class_name=theme.HEAD,
        )
    )


def _if_rows(rows: Any, part: rx.Component) -> rx.Component:
    return rx.cond(rx.Var.create(rows).length() > 0, part, rx.fragment())


def _plan() -> rx.Component:
    """The year of the company on one line: how far it is, and how far it should be."""
    told: Any = HomeState.plan
    return card(
        rx.el.div(
            rx.el.div(t("performance.plan.of", won=told["won"], goal=told["goal"]), class_name=theme.FIGURE),
            pill(told["due"], told["tone"]),
            class_name=theme.HEAD,
        ),
        bullet(whole(told["share"]), whole(told["mark"]), told["due"]),
        rx.el.p(t("performance.plan.reached", share=told["reached"]), class_name=f"{theme.SMALL} m-0"),
        title=t("performance.plan", period=told["period"]),
    )


def _team() -> rx.Component:
    return card(
        rx.el.p(HomeState.team_said, class_name="m-0 text-ink-soft"),
        simple_table(_TEAM, HomeState.team, caption=t("performance.team")),
        title=t("performance.team"),
    )


def _costs() -> rx.Component:
    return card(
        simple_table(_COSTS, HomeState.costs, caption=t("performance.cost")),
        rx.el.p(t("performance.cost.how"), class_name=f"{theme.SMALL} m-0"),
        title=t("performance.cost"),
    )


def _system() -> rx.Component:
    def shown(each: Any) -> rx.Component:
        return kpi_card(each["title"], each["value"], change=each["beside"], tone=each["tone"], href=each["href"])

    return rx.el.div(rx.foreach(HomeState.system, shown), class_name="grid grid-cols-1 lg:grid-cols-3 gap-4")


def _bar() -> rx.Component:
    told: Any = HomeState.bar
    return card(
        rx.el.div(
            rx.el.span(t("analytics.kpi.attainment")),
            rx.el.span(told["said"], class_name="font-semibold tabular-nums"),
            class_name=theme.HEAD,
        ),
        bullet(whole(told["share"]), whole(told["mark"]), t("analytics.board.reached", share=told["said"])),
    )


def _card(each: Any) -> rx.Component:
    return kpi_card(each["title"], each["value"], change=each["beside"], how=each["how"], href=each["href"])


def _tasks() -> rx.Component:
    listed = rx.el.ul(rx.foreach(HomeState.tasks, _task), class_name="list-none m-0 p-0 flex flex-col gap-2")
    nothing = empty_state(t("performance.tasks.none"), t("performance.tasks.none.what_now"), icon="circle-check")
    return card(rx.cond(rx.Var.create(HomeState.tasks).length() > 0, listed, nothing), title=t("performance.tasks"))


def _task(each: Any) -> rx.Component:
    return rx.el.li(
        rx.icon("arrow-right", size=16, class_name="text-ink-faint shrink-0", aria_hidden="true"),
        link(each["text"], each["href"]),
        class_name="flex items-center gap-2",
    )


def _badges() -> rx.Component:
    shown = rx.el.ul(
        rx.foreach(HomeState.badges, lambda title: rx.el.li(pill(title, "good"))),
        class_name="list-none m-0 p-0 flex flex-wrap gap-2",
    )
    nothing = empty_state(
        t("performance.badges.none"),
        t("performance.badges.none.what_now"),
        link_button(t("performance.badges.courses"), "/learning"),
        icon="award",
    )
    return card(rx.cond(rx.Var.create(HomeState.badges).length() > 0, shown, nothing), title=t("performance.badges"))


PAGE = Page(
    route="/",
    title="performance.home",
    body=home_page,
    load=(HomeState.load,),
    group="home",
    icon="house",
    live=("deals", "statements", "runs", "disputes", "targets"),
    heading=lambda: rx.cond(HomeState.greeting != "", HomeState.greeting, t("performance.home")),
)
