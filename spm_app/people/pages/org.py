"""The chart of the organisation on any day: teams as a tree, whoever leads first."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.people.pages.structure import structure_cards
from spm_app.people.state.directory import OrgState
from spm_app.people.state.structure import StructureState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import card, link
from spm_app.ui.blocks.fields import text_field
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def org_page() -> rx.Component:
    """A day to choose, the tree as of it, and the titles and teams for who may change them."""
    return rx.el.div(
        rx.el.div(
            text_field(t("people.org.day"), "day", kind="date", value=OrgState.day, on_change=OrgState.see),
            class_name="max-w-56",
        ),
        rx.cond(
            OrgState.total == 0,
            card(empty_state(t("people.org.nobody"), t("people.org.nobody.what_now"), icon="network")),
            rx.el.ul(rx.foreach(OrgState.teams, _team), class_name="list-none m-0 p-0 flex flex-col gap-3"),
        ),
        structure_cards(),
        class_name=theme.STACK,
    )


def _team(team: Any) -> rx.Component:
    return rx.el.li(
        rx.el.details(
            rx.el.summary(
                rx.el.span(team["name"], class_name="font-semibold"),
                rx.el.span(team["size"], class_name=theme.SMALL),
                class_name="cursor-pointer flex items-center gap-3 min-h-[44px] sm:min-h-[32px]",
            ),
            rx.el.ul(
                rx.foreach(OrgState.members[team["id"]], _member),
                class_name="list-none m-0 mt-2 p-0 grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-3",
            ),
            open=True,
        ),
        class_name=f"{theme.CARD} p-3",
        style={"marginInlineStart": "calc(" + team["depth"].to(str) + " * clamp(8px, 2vw, 28px))"},
    )


def _member(each: Any) -> rx.Component:
    return rx.el.li(
        link(each["name"], each["href"]),
        rx.el.div(each["title"], class_name=theme.SMALL),
    )


PAGE = Page(
    route="/people/org",
    title="people.org",
    body=org_page,
    load=(OrgState.load, StructureState.load),
    group="people",
    icon="network",
    live=("people",),
)
