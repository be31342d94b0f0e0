"""Badges: earned ones, and how to earn the others."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.parts.progress import bar
from spm_app.training.state.badges import BadgesState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, heading, link, link_button
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_GRID = "grid gap-4 sm:grid-cols-2 xl:grid-cols-3 list-none m-0 p-0"
_OTHERS = (
    Column("person", "training.person"),
    Column("title", "training.badge"),
    Column("course", "training.course"),
    Column("on", "training.earned_on"),
)


def badges_page() -> rx.Component:
    """Earned first; the way to the next below."""
    none = empty_state(
        t("training.no_badge_yet"),
        t("training.no_badge_yet.what_now"),
        link_button(t("training.my_courses"), "/learning", variant="primary"),
        icon="award",
    )
    state = BadgesState
    earned = rx.el.ul(rx.foreach(state.earned, _earned), class_name=_GRID)
    to_earn = rx.el.ul(rx.foreach(state.to_earn, _to_earn), class_name=_GRID)
    others = card(simple_table(_OTHERS, state.others, caption=t("training.others_badges")))
    return rx.cond(
        state.loaded,
        rx.el.div(
            _group(
                "training.earned", rx.cond(state.earned.length() > 0, earned, rx.el.div(none, class_name=theme.CARD))
            ),
            rx.cond(state.to_earn.length() > 0, _group("training.to_earn", to_earn), rx.fragment()),
            rx.cond(state.others.length() > 0, _group("training.others_badges", others), rx.fragment()),
            class_name="flex flex-col gap-8",
        ),
        skeleton(3),
    )


def _group(title: str, body: rx.Component) -> rx.Component:
    return rx.el.section(heading(t(title)), body, class_name="flex flex-col gap-3")


def _earned(badge: Any) -> rx.Component:
    return rx.el.li(
        _medal("bg-accent-soft text-accent-strong"),
        rx.el.div(
            rx.el.h3(badge["title"], class_name="m-0 text-[16px] leading-6 font-semibold"),
            link(badge["course"], badge["href"]),
            rx.el.div(badge["on"], class_name=theme.SMALL),
            class_name="min-w-0",
        ),
        class_name=f"{theme.CARD} {theme.PAD} flex gap-4 items-center",
    )


def _to_earn(badge: Any) -> rx.Component:
    return rx.el.li(
        _medal("bg-sunken text-ink-faint"),
        rx.el.div(
            rx.el.h3(badge["title"], class_name="m-0 text-[16px] leading-6 font-semibold"),
            link(badge["how"], badge["href"]),
            bar(badge["percent"], badge["progress"]),
            class_name="min-w-0 flex-1 flex flex-col gap-1",
        ),
        class_name=f"{theme.CARD} {theme.PAD} flex gap-4 items-center",
    )


def _medal(tone: str) -> rx.Component:
    return rx.el.div(
        rx.icon("award", size=28), aria_hidden="true", class_name=f"{tone} rounded-full p-3 shrink-0 leading-none"
    )


PAGE = Page(
    route="/badges",
    title="training.badges",
    body=badges_page,
    load=(BadgesState.load,),
    group="learning",
    icon="award",
    live=("training",),
)
