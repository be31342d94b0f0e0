"""My courses: what is to do, what else there is, and what is done."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.parts.progress import bar
from spm_app.training.state.learning import LearningState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import heading, link, pill
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_GRID = "grid gap-4 sm:grid-cols-2 xl:grid-cols-3 list-none m-0 p-0"


def learning_page() -> rx.Component:
    """A search, then three groups of cards."""
    state = LearningState
    nothing_open = empty_state(t("training.none_open"), t("training.none_open.what_now"), icon="graduation-cap")
    nothing_offered = empty_state(t("training.none_offered"), t("training.none_offered.what_now"), icon="library")
    groups = rx.el.div(
        _group("training.to_do", state.open, nothing_open),
        _group("training.catalogue", state.offered, nothing_offered),
        rx.cond(state.closed.length() > 0, _group("training.finished", state.closed, rx.fragment()), rx.fragment()),
        class_name="flex flex-col gap-8",
    )
    return rx.el.div(_search(), rx.cond(state.loaded, groups, skeleton(3)), class_name=theme.STACK)


def _search() -> rx.Component:
    field = rx.el.input(
        type="search",
        default_value=LearningState.search,
        key=LearningState.loaded.to_string(),
        placeholder=t("training.search"),
        aria_label=t("training.search"),
        on_change=LearningState.look_for.debounce(250),
        class_name=f"{theme.INPUT} sm:w-80",
    )
    return rx.el.div(field, role="search")


def _group(title: str, cards: Any, empty: rx.Component) -> rx.Component:
    listed = rx.el.ul(rx.foreach(cards, _card), class_name=_GRID)
    return rx.el.section(
        heading(t(title)),
        rx.cond(cards.length() > 0, listed, rx.el.div(empty, class_name=theme.CARD)),
        class_name="flex flex-col gap-3",
    )


def _card(course: Any) -> rx.Component:
    marks = rx.el.div(
        rx.cond(course["state"] != "", pill(course["state"], course["tone"]), rx.fragment()),
        rx.cond(course["overdue"] != "", pill(t("training.overdue"), "bad"), rx.fragment()),
        rx.el.span(course["minutes"], class_name=theme.SMALL),
        rx.cond(course["category"] != "", rx.el.span(course["category"], class_name=theme.SMALL), rx.fragment()),
        class_name=theme.ROW,
    )
    badge = rx.el.div(
        rx.icon("award", size=16, aria_hidden="true"), course["badge"], class_name=f"{theme.SMALL} flex gap-1"
    )
    return rx.el.li(
        rx.el.h3(link(course["title"], course["href"]), class_name="m-0 text-[16px] leading-6 font-semibold"),
        rx.el.p(course["summary"], class_name="m-0 text-ink-soft line-clamp-3"),
        marks,
        rx.cond(course["due"] != "", rx.el.div(course["due"], class_name=theme.SMALL), rx.fragment()),
        rx.cond(course["progress"] != "", bar(course["percent"], course["progress"]), rx.fragment()),
        rx.cond(course["badge"] != "", badge, rx.fragment()),
        class_name=f"{theme.CARD} {theme.PAD} flex flex-col gap-2",
    )


PAGE = Page(
    route="/learning",
    title="training.my_courses",
    body=learning_page,
    load=(LearningState.load,),
    group="learning",
    icon="graduation-cap",
    live=("training",),
)
