"""What is being written on the desk: the course, a section, a lesson or a quiz."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.parts.prose import prose
from spm_app.training.state.desk import DeskState
from spm_app.training.state.questioning import QuestionState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, note, pill
from spm_app.ui.blocks.fields import check_field, text_area, text_field
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.i18n import t

_KINDS = ("single", "multiple", "true_false", "numerical", "short")


def editor() -> rx.Component:
    """The form of the chosen part; a new key makes the browser begin it afresh."""
    kind = DeskState.kind
    fields: Any = DeskState.fields
    body = rx.match(
        kind,
        ("section", rx.fragment()),
        ("lesson", rx.fragment(_body("training.text", "18"), _numbers())),
        ("quiz", rx.fragment(_body("training.intro", "5"), _rules())),
        _about(),
    )
    title = text_field(t("training.title"), "title", default_value=fields["title"], max_length=500)
    refused = rx.cond(DeskState.refused != "", note(DeskState.refused, tone="bad"), rx.fragment())
    form = rx.el.form(
        title,
        body,
        refused,
        rx.el.div(
            button(t("training.save"), variant="primary", icon="save", type="submit"),
            rx.cond(kind != "course", _remove(), rx.fragment()),
            class_name=theme.HEAD,
        ),
        on_submit=DeskState.save,
        reset_on_submit=False,
        key=DeskState.form_key,
        class_name=theme.STACK,
    )
    return rx.el.section(
        form,
        rx.cond(kind == "quiz", _questions(), rx.fragment()),
        id="editor",
        tab_index=-1,
        aria_label=t("training.editor"),
        class_name=f"{theme.CARD} {theme.PAD} {theme.STACK} outline-none min-w-0",
    )


def _about() -> rx.Component:
    fields: Any = DeskState.fields
    return rx.fragment(
        text_area(t("training.summary"), "summary", default_value=fields["summary"], max_length=500),
        text_field(t("training.category"), "category", default_value=fields["category"], max_length=100),
        text_field(
            t("training.badge"),
            "badge",
            hint=t("training.badge.hint"),
            default_value=fields["badge"],
            max_length=200,
        ),
    )


def _body(label: str, rows: str) -> rx.Component:
    fields: Any = DeskState.fields
    area = text_area(
        t(label),
        "body",
        hint=t("training.markdown"),
        rows=rows,
        default_value=fields["body"],
        on_change=DeskState.look.debounce(300),
        class_name="font-mono",
    )
    view = rx.el.div(
        rx.el.div(t("training.preview"), class_name="text-[14px] font-medium mb-1"),
        rx.el.div(
            rx.cond(DeskState.preview != "", prose(DeskState.preview), rx.el.span(t("training.nothing_written"))),
            class_name="rounded-lg border border-line p-4 min-h-32 overflow-x-auto",
        ),
        class_name="min-w-0",
    )
    return rx.el.div(area, view, class_name="grid grid-cols-1 gap-4 xl:grid-cols-2 items-start")


def _numbers() -> rx.Component:
    fields: Any = DeskState.fields
    return rx.el.div(
        text_field(
            t("training.how_long"), "minutes", kind="number", default_value=fields["minutes"], min="1", max="600"
        ),
        check_field(t("training.mandatory"), "is_mandatory", default_checked=fields["is_mandatory"] != ""),
        class_name="grid grid-cols-1 gap-4 sm:grid-cols-2 items-end",
    )


def _rules() -> rx.Component:
    fields: Any = DeskState.fields
    return rx.fragment(
        rx.el.div(
            text_field(
                t("training.pass_percent"),
                "pass_percent",
                kind="number",
                default_value=fields["pass_percent"],
                min="1",
                max="100",
            ),
            text_field(
                t("training.attempts"),
                "attempts",
                kind="number",
                hint=t("training.attempts.hint"),
                default_value=fields["attempts"],
                min="1",
            ),
            check_field(t("training.shuffled"), "is_shuffled", default_checked=fields["is_shuffled"] != ""),
            class_name="grid grid-cols-1 gap-4 sm:grid-cols-3 items-start",
        ),
        _numbers(),
    )


def _remove() -> rx.Component:
    return confirm(
        t("training.remove"),
        t("training.remove.sure"),
        DeskState.remove(DeskState.at),
        variant="danger",
        icon="trash-2",
    )


def _questions() -> rx.Component:
    def line(question: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                question["stem"],
                type="button",
                on_click=QuestionState.edit(question["id"]),
                class_name=f"{theme.LINK} bg-transparent border-0 p-0 text-left cursor-pointer flex-1 min-w-40",
            ),
            pill(question["kind"]),
            rx.el.span(question["points"], class_name=theme.SMALL),
            _tool("arrow-up", t("training.up", title=question["stem"]), DeskState.move(question["id"], True)),
            _tool("arrow-down", t("training.down", title=question["stem"]), DeskState.move(question["id"], False)),
            _tool("trash-2", t("training.remove_it", title=question["stem"]), DeskState.remove(question["id"])),
            class_name="flex flex-wrap items-center gap-2 py-1 border-b border-line",
        )

    new = [button(t(f"training.question.{kind}"), icon="plus", on_click=QuestionState.begin(kind)) for kind in _KINDS]
    none = empty_state(t("training.no_question"), t("training.no_question.what_now"), icon="circle-help")
    return rx.el.div(
        rx.el.h3(t("training.questions"), class_name="m-0 text-[16px] font-semibold"),
        rx.cond(
            DeskState.questions.length() > 0,
            rx.el.ol(rx.foreach(DeskState.questions, line), class_name="list-none m-0 p-0"),
            none,
        ),
        rx.el.div(*new, class_name=theme.ROW, role="group", aria_label=t("training.new_question")),
        class_name=f"{theme.STACK} border-t border-line pt-4",
    )


def _tool(icon: str, label: Any, pressed: Any) -> rx.Component:
    return button(rx.icon(icon, size=16, aria_hidden="true"), variant="quiet", aria_label=label, on_click=pressed)
