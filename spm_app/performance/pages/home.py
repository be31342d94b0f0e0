"""Home: what one lives by, and the next thing to do."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.performance.state import HomeState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, link, link_button, pill
from spm_app.ui.blocks.charts import bullet
from spm_app.ui.blocks.kpi import kpi_card
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t, whole
from spm_app.ui.pages import Page


def home_page() -> rx.Component:
    """Pay and target first, then what waits."""
    cards = rx.el.div(
        rx.foreach(HomeState.cards, _card), class_name="grid grid-cols-1 sm:grid-cols-2 lg:grid-cols-4 gap-4"
    )
    known = rx.el.div(
        rx.cond(HomeState.pay.length() > 0, _pay(), rx.fragment()),
        rx.cond(HomeState.bar.length() > 0, _bar(), rx.fragment()),
        cards,
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
    live=("deals", "statements", "runs", "disputes"),
    heading=lambda: rx.cond(HomeState.greeting != "", HomeState.greeting, t("performance.home")),
)
