"""How sales go: the figures of a period beside the one before."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.analytics.pages.roles import READERS
from spm_app.analytics.state.dashboard import DashboardState
from spm_app.ui import theme
from spm_app.ui.address import address
from spm_app.ui.blocks.basic import card
from spm_app.ui.blocks.charts import Series, bar_chart
from spm_app.ui.blocks.kpi import kpi_card
from spm_app.ui.blocks.pick import period_picker
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_MONTHS = (Series("now", "analytics.this_period"), Series("before", "analytics.period_before"))
_STAGES = (Series("minor", "analytics.open_value"),)


def dashboard_page() -> rx.Component:
    """Choices, cards, charts."""
    cards = rx.el.div(
        rx.foreach(DashboardState.cards, _card), class_name="grid grid-cols-1 sm:grid-cols-2 lg:grid-cols-4 gap-4"
    )
    known = rx.el.div(
        address(DashboardState.address),
        _choices(),
        rx.el.p(DashboardState.note, class_name=f"{theme.SMALL} m-0"),
        cards,
        rx.el.div(_months(), _stages(), class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start"),
        class_name=theme.STACK,
    )
    return rx.cond(DashboardState.loaded, known, skeleton())


def _choices() -> rx.Component:
    options = rx.foreach(DashboardState.teams, lambda each: rx.el.option(each["label"], value=each["value"]))
    team = rx.el.select(
        rx.el.option(t("analytics.all_teams"), value=""),
        options,
        value=DashboardState.team,
        on_change=DashboardState.pick_team,
        aria_label=t("analytics.team"),
        class_name=f"{theme.INPUT} sm:w-auto sm:max-w-64",
    )
    picker = period_picker(DashboardState.period, DashboardState.periods, DashboardState.pick_period)
    return rx.el.div(
        picker, rx.cond(rx.Var.create(DashboardState.teams).length() > 1, team, rx.fragment()), class_name=theme.ROW
    )


def _card(each: Any) -> rx.Component:
    return kpi_card(
        each["title"],
        each["value"],
        change=each["change"],
        tone=each["tone"],
        how=each["how"],
        href=each["href"],
        points=each["points"],
    )


def _months() -> rx.Component:
    return card(bar_chart(DashboardState.months, _MONTHS, title="analytics.months", summary=DashboardState.months_said))


def _stages() -> rx.Component:
    nothing = empty_state(t("analytics.stages.none"), t("analytics.stages.none.what_now"), icon="inbox")
    chart = bar_chart(DashboardState.stages, _STAGES, title="analytics.stages", summary=DashboardState.stages_said)
    return card(rx.cond(rx.Var.create(DashboardState.stages).length() > 0, chart, nothing))


PAGE = Page(
    route="/dashboard",
    title="analytics.dashboard",
    body=dashboard_page,
    load=(DashboardState.load,),
    roles=READERS,
    group="insight",
    icon="chart-column",
    live=("deals", "targets"),
)
