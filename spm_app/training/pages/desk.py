"""The author's desk: outline, editor with the learner's view beside it, findings, and who learnt what."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.training.parts.editor import editor
from spm_app.training.parts.question import question_dialog
from spm_app.training.parts.versions import versions
from spm_app.training.state.desk import DeskState
from spm_app.training.state.results import COLUMNS, ResultsState
from spm_app.training.state.versions import VersionsState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, heading, link_button, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_PART = (
    "flex-1 min-w-0 text-left flex items-center gap-2 rounded-lg px-2 py-1.5 cursor-pointer border-0 bg-transparent "
    "hover:bg-sunken aria-[current=true]:bg-accent-soft text-ink "
) + theme.TARGET
_STATES = ("assigned", "in_progress", "completed", "failed", "withdrawn")


def desk_page() -> rx.Component:
    """Head, then outline and editor side by side, then findings and results."""
    unknown = card(
        empty_state(t("training.no_such_course"), "", link_button(t("training.studio"), "/studio"), icon="search-x")
    )
    desk = rx.el.div(
        _head(),
        rx.el.div(
            rx.el.div(_outline(), _findings(), class_name="flex flex-col gap-4 min-w-0"),
            editor(),
            class_name="grid grid-cols-1 gap-5 lg:grid-cols-[22rem_minmax(0,1fr)] items-start",
        ),
        versions(),
        _results(),
        question_dialog(),
        class_name=theme.STACK,
    )
    return rx.cond(DeskState.found, desk, unknown)


def _head() -> rx.Component:
    head: Any = DeskState.head
    stands = rx.el.div(
        pill(head["stands"], head["tone"]),
        rx.el.span(head["version"]),
        rx.el.span(head["live"], class_name=theme.SMALL),
        rx.el.span(t("training.changed_on", on=head["changed"]), class_name=theme.SMALL),
        class_name=theme.ROW,
    )
    return card(rx.el.div(stands, rx.el.div(_languages(), *_acts(), class_name=theme.ROW), class_name=theme.HEAD))


def _acts() -> tuple[rx.Component, ...]:
    """What is done to the course as a whole, each after a question."""
    head: Any = DeskState.head
    take_out = confirm(t("training.unpublish"), t("training.unpublish.sure"), DeskState.unpublish, variant="quiet")
    publish = confirm(
        t("training.publish"), t("training.publish.sure"), DeskState.publish, variant="primary", icon="rocket"
    )
    return (
        confirm(
            t("training.duplicate"), t("training.duplicate.sure"), DeskState.duplicate, variant="quiet", icon="copy"
        ),
        rx.cond(head["is_live"] != "", take_out, rx.fragment()),
        rx.cond(head["is_draft"] != "", publish, rx.fragment()),
    )


def _languages() -> rx.Component:
    def face(code: str, name: str) -> rx.Component:
        return button(
            name,
            variant="quiet",
            on_click=DeskState.write_in(code),
            aria_pressed=(DeskState.writes_in == code).to_string(),
        )

    return rx.el.div(
        rx.el.span(t("training.write_in"), class_name=theme.SMALL),
        face("en", "English"),
        face("it", "Italiano"),
        role="group",
        aria_label=t("training.write_in"),
        class_name=theme.ROW,
    )


def _outline() -> rx.Component:
    whole = rx.el.button(
        rx.icon("book-marked", size=16, aria_hidden="true"),
        t("training.about"),
        type="button",
        on_click=DeskState.choose("course"),
        aria_current=rx.cond(DeskState.at == "course", "true", "false"),
        class_name=_PART,
    )
    parts = rx.el.ol(rx.foreach(DeskState.outline, _part), class_name="list-none m-0 p-0 flex flex-col gap-0.5")
    add = button(t("training.add_section"), icon="plus", on_click=DeskState.add("section", ""))
    return card(rx.el.div(whole, parts, class_name="flex flex-col"), rx.el.div(add), title=t("training.outline"))


def _part(part: Any) -> rx.Component:
    is_section = part["kind"] == "section"
    icon = rx.match(
        part["kind"],
        ("section", rx.icon("folder", size=16, aria_hidden="true", class_name="shrink-0")),
        ("quiz", rx.icon("circle-help", size=16, aria_hidden="true", class_name="shrink-0")),
        rx.icon("file-text", size=16, aria_hidden="true", class_name="shrink-0"),
    )
    face = rx.el.button(
        icon,
        rx.el.span(part["title"], class_name=rx.cond(is_section, "font-semibold truncate", "truncate")),
        type="button",
        on_click=DeskState.choose(part["id"]),
        aria_current=rx.cond(DeskState.at == part["id"], "true", "false"),
        class_name=_PART,
    )
    adding = rx.el.div(
        button(t("training.add_lesson"), variant="quiet", icon="plus", on_click=DeskState.add("lesson", part["id"])),
        button(t("training.add_quiz"), variant="quiet", icon="plus", on_click=DeskState.add("quiz", part["id"])),
        class_name="flex flex-wrap",
    )
    row = rx.el.div(
        face,
        _tool("arrow-up", t("training.up", title=part["title"]), DeskState.move(part["id"], True)),
        _tool("arrow-down", t("training.down", title=part["title"]), DeskState.move(part["id"], False)),
        class_name=rx.cond(is_section, "flex items-center pt-2", "flex items-center pl-4"),
    )
    return rx.el.li(row, rx.cond(is_section, adding, rx.fragment()))


def _tool(icon: str, label: Any, pressed: Any) -> rx.Component:
    return button(
        rx.icon(icon, size=16, aria_hidden="true"),
        variant="quiet",
        aria_label=label,
        on_click=pressed,
        class_name="px-2!",
    )


def _findings() -> rx.Component:
    def line(finding: Any) -> rx.Component:
        word = rx.cond(finding["tone"] == "bad", t("training.to_mend"), t("training.to_look_at"))
        return rx.el.li(
            pill(word, finding["tone"]),
            rx.el.button(
                finding["place"],
                type="button",
                on_click=DeskState.choose(finding["at"]),
                class_name=f"{theme.LINK} bg-transparent border-0 p-0 text-left cursor-pointer",
            ),
            rx.el.span(finding["text"], class_name="text-ink-soft"),
            class_name="flex flex-wrap gap-x-2 gap-y-1 items-center py-1",
        )

    fine = rx.el.p(
        rx.icon("circle-check", size=16, class_name="inline mr-2 text-good"), t("training.all_fine"), class_name="m-0"
    )
    listed = rx.el.ul(rx.foreach(DeskState.findings, line), class_name="list-none m-0 p-0")
    return card(rx.cond(DeskState.findings.length() > 0, listed, fine), title=t("training.check"))


def _results() -> rx.Component:
    choices = [(each, t(f"training.state.{each}")) for each in _STATES]
    return rx.el.section(
        heading(t("training.who_learnt_what")),
        data_table(
            ResultsState,
            COLUMNS,
            caption="training.who_learnt_what",
            filters=(filter_choice(ResultsState, "state", "training.stands", choices),),
            empty=empty_state(t("training.nobody_yet"), t("training.nobody_yet.what_now"), icon="users"),
        ),
        class_name="flex flex-col gap-3",
    )


PAGE = Page(
    route="/studio/[course_id]",
    title="training.course",
    heading=lambda: DeskState.head["title"].to(str),
    body=desk_page,
    load=(DeskState.load, VersionsState.load, ResultsState.load),
    roles=(Role.TRAINER,),
    parents=("/studio",),
)
