"""Who reaches the quota: the upper half by name, one's own place always."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.analytics.pages.roles import READERS
from spm_app.analytics.state.board import BoardState
from spm_app.ui import theme
from spm_app.ui.address import address
from spm_app.ui.blocks.basic import button, card
from spm_app.ui.blocks.charts import bullet, sparkline
from spm_app.ui.blocks.pick import choice, period_picker
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t, whole
from spm_app.ui.pages import Page

_ROW = (
    "grid grid-cols-[2rem_1fr_auto] sm:grid-cols-[2rem_14rem_1fr_5rem] items-center gap-3 "
    "border-t border-line first:border-t-0 py-2"
)


def leaderboard_page() -> rx.Component:
    """Own place first, then the ranking."""
    small = card(empty_state(t("analytics.board.small"), t("analytics.board.small.why"), icon="trophy"))
    listed = card(
        rx.el.ol(rx.foreach(BoardState.rows, _place), class_name="list-none m-0 p-0 flex flex-col"),
        rx.el.p(t("analytics.board.half", n=BoardState.of), class_name=f"{theme.SMALL} m-0"),
        title=t("analytics.board.order"),
    )
    known = rx.el.div(
        address(BoardState.address),
        _choices(),
        rx.cond(BoardState.own.length() > 0, _own(), rx.fragment()),
        rx.cond(BoardState.is_too_small, small, listed),
        class_name=theme.STACK,
    )
    return rx.cond(BoardState.loaded, known, skeleton())


def _choices() -> rx.Component:
    team = choice(t("analytics.team"), "team", BoardState.teams, value=BoardState.team, on_change=BoardState.pick_team)
    return rx.el.div(
        period_picker(BoardState.period, BoardState.periods, BoardState.pick_period), team, class_name=theme.ROW
    )


def _own() -> rx.Component:
    """What is reached and what comes next stand before any rank, which the lower half is not told."""
    own: Any = BoardState.own
    trend = rx.el.div(
        rx.el.span(t("analytics.board.trend"), class_name=theme.SMALL),
        sparkline(own["points"], own["trend"]),
        rx.el.p(own["trend"], class_name=f"{theme.SMALL} m-0"),
        class_name="flex flex-col gap-1 mt-2",
    )
    return card(
        rx.el.div(
            rx.el.div(own["attainment"], class_name=theme.FIGURE),
            rx.el.div(own["place"], class_name="text-ink-soft"),
            class_name=theme.HEAD,
        ),
        bullet(whole(own["share"]), whole(own["mark"]), t("analytics.board.reached", share=own["attainment"])),
        rx.el.p(own["next"], class_name="m-0"),
        rx.cond(own["trend"] != "", trend, rx.fragment()),
        _choice(),
        title=t("analytics.board.you"),
    )


def _choice() -> rx.Component:
    """Whether colleagues see one: chosen here, where it is seen, and changed at any time."""
    leave = button(t("analytics.board.leave"), on_click=BoardState.set_listed(False), icon="eye-off")
    join = button(t("analytics.board.join"), on_click=BoardState.set_listed(True), icon="eye")
    said = rx.cond(BoardState.is_listed, t("analytics.board.listed.why"), t("analytics.board.unlisted.why"))
    return rx.el.div(
        rx.el.p(said, class_name=f"{theme.SMALL} m-0 max-w-prose"),
        rx.cond(BoardState.is_listed, leave, join),
        class_name="flex flex-wrap items-center justify-between gap-3 mt-3 pt-3 border-t border-line",
    )


def _place(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(each["rank"], class_name="tabular-nums text-ink-soft"),
        rx.el.span(each["name"], class_name=rx.cond(each["own"] != "", "font-semibold text-accent", "text-ink")),
        rx.el.div(
            bullet(whole(each["share"]), whole(each["mark"]), t("analytics.board.reached", share=each["attainment"])),
            class_name="max-sm:hidden",
        ),
        rx.el.span(each["attainment"], class_name="tabular-nums text-right"),
        class_name=_ROW,
    )


PAGE = Page(
    route="/leaderboard",
    title="analytics.board",
    body=leaderboard_page,
    load=(BoardState.load,),
    roles=READERS,
    group="insight",
    icon="trophy",
    live=("deals", "targets"),
)
