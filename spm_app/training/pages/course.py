"""The player: the outline at one side, the lesson or quiz beside it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.parts.keys import arrow_keys
from spm_app.training.parts.progress import bar
from spm_app.training.parts.prose import prose
from spm_app.training.parts.taking import quiz
from spm_app.training.state.player import PlayerState
from spm_app.training.state.quiz import QuizState
from spm_app.ui import theme
from spm_app.ui.address import address
from spm_app.ui.blocks.basic import button, card, link_button, note, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_STEP = (
    "w-full text-left flex items-start gap-3 rounded-lg px-2 py-2 cursor-pointer border-0 bg-transparent "
    "hover:bg-sunken aria-[current=step]:bg-accent-soft "
) + theme.TARGET


def course_page() -> rx.Component:
    """Two columns on a wide screen; on a phone the activity first and the outline below."""
    unknown = card(
        empty_state(
            t("training.no_such_course"),
            t("training.no_such_course.what_now"),
            link_button(t("training.my_courses"), "/learning"),
            icon="search-x",
        )
    )
    begun = rx.el.div(
        rx.el.div(_outline(), class_name="max-lg:order-2 flex flex-col gap-4 min-w-0"),
        _activity(),
        class_name="grid grid-cols-1 gap-5 lg:grid-cols-[20rem_minmax(0,1fr)] items-start",
    )
    invitation = rx.el.div(_invitation(), _outline(), class_name="grid grid-cols-1 gap-5 lg:grid-cols-2 items-start")
    course: Any = PlayerState.course
    shown = rx.cond(course["begun"] != "", begun, rx.cond(course["title"] != "", invitation, rx.fragment()))
    return rx.fragment(address(PlayerState.address), arrow_keys(), rx.cond(PlayerState.found, shown, unknown))


def _invitation() -> rx.Component:
    course: Any = PlayerState.course
    badge = note(rx.icon("award", size=18, class_name="inline mr-2"), t("training.gives", title=course["badge"]))
    return card(
        rx.el.p(course["summary"], class_name="m-0 text-[16px] leading-7"),
        rx.el.div(course["minutes"], class_name=theme.SMALL),
        rx.cond(course["badge"] != "", badge, rx.fragment()),
        rx.el.div(button(t("training.begin"), variant="primary", icon="play", on_click=PlayerState.begin)),
    )


def _outline() -> rx.Component:
    course: Any = PlayerState.course
    head = rx.cond(
        course["begun"] != "",
        rx.el.div(
            rx.el.div(
                pill(course["state"], course["tone"]),
                rx.el.span(course["due"], class_name=theme.SMALL),
                class_name=theme.ROW,
            ),
            bar(course["percent"], course["progress"]),
            class_name="flex flex-col gap-2",
        ),
        rx.fragment(),
    )
    leave = rx.cond(
        course["may_leave"] != "",
        rx.el.div(confirm(t("training.leave"), t("training.leave.sure"), PlayerState.leave, variant="quiet")),
        rx.fragment(),
    )
    listed = rx.el.ol(rx.foreach(PlayerState.outline, _step), class_name="list-none m-0 p-0 flex flex-col gap-0.5")
    return card(head, rx.el.nav(listed, aria_label=t("training.outline")), leave, title=t("training.outline"))


def _step(step: Any) -> rx.Component:
    course: Any = PlayerState.course
    icon = rx.match(
        step["state"],
        ("completed", rx.icon("circle-check", size=18, class_name="text-good shrink-0 mt-0.5")),
        ("in_progress", rx.icon("circle-dot", size=18, class_name="text-accent shrink-0 mt-0.5")),
        rx.icon("circle", size=18, class_name="text-ink-faint shrink-0 mt-0.5"),
    )
    words = rx.el.span(
        rx.el.span(step["title"], class_name="block"),
        rx.el.span(step["said"] + ", ", class_name="unseen"),
        rx.el.span(step["minutes"], class_name=theme.SMALL),
        class_name="min-w-0",
    )
    is_here = PlayerState.activity["id"] == step["id"]
    row = rx.el.button(
        icon,
        words,
        type="button",
        on_click=PlayerState.open(step["id"]),
        disabled=course["begun"] == "",
        aria_current=rx.cond(is_here, "step", "false"),
        class_name=_STEP + " disabled:cursor-default disabled:hover:bg-transparent text-ink",
    )
    section = rx.el.span(step["title"], class_name="block font-semibold px-2 pt-3 pb-1 text-[13px] text-ink-soft")
    return rx.el.li(rx.cond(step["kind"] == "section", section, row))


def _activity() -> rx.Component:
    shown: Any = PlayerState.activity
    done = rx.cond(
        shown["state"] == "completed",
        pill(t("training.step.completed"), "good"),
        rx.el.span(shown["minutes"], class_name=theme.SMALL),
    )
    body = rx.cond(shown["kind"] == "quiz", quiz(), prose(shown["html"]))
    return rx.el.article(
        rx.el.div(rx.el.h2(shown["title"], class_name=theme.H2), done, class_name=theme.HEAD),
        body,
        _ways(),
        id="activity",
        tab_index=-1,
        aria_label=shown["title"],
        class_name=f"{theme.CARD} p-4 sm:p-6 {theme.STACK} outline-none min-w-0",
    )


def _ways() -> rx.Component:
    """Back, on, and what ends a lesson."""
    shown: Any = PlayerState.activity
    back = button(
        t("training.previous"),
        icon="arrow-left",
        id="previous-activity",
        on_click=PlayerState.open(PlayerState.previous),
    )
    on = button(
        t("training.next"), icon="arrow-right", id="next-activity", on_click=PlayerState.open(PlayerState.following)
    )
    finish = button(t("training.finish"), variant="primary", icon="check", on_click=PlayerState.finish)
    course: Any = PlayerState.course
    takes_progress = (course["is_open"] != "") | (course["is_done"] != "")
    is_to_finish = (shown["kind"] == "lesson") & (shown["state"] != "completed") & takes_progress
    badges = link_button(t("training.see_badges"), "/badges", icon="award")
    is_end = (course["is_done"] != "") & (course["badge"] != "") & (PlayerState.following == "")
    return rx.el.div(
        rx.cond(PlayerState.previous != "", back, rx.el.span()),
        rx.el.div(
            rx.cond(is_to_finish, finish, rx.fragment()),
            rx.cond(PlayerState.following != "", on, rx.fragment()),
            rx.cond(is_end, badges, rx.fragment()),
            class_name=theme.ROW,
        ),
        class_name=f"{theme.HEAD} border-t border-line pt-4",
    )


PAGE = Page(
    route="/learning/[course_id]",
    title="training.course",
    heading=lambda: PlayerState.course["title"].to(str),
    body=course_page,
    load=(PlayerState.load, QuizState.load),
    parents=("/learning",),
)
