"""The dialog in which one question is written, by its kind."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.state.desk import DeskState
from spm_app.training.state.questioning import QuestionState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, note
from spm_app.ui.blocks.fields import check_field, select_field, text_area, text_field
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.i18n import t


def question_dialog() -> rx.Component:
    """What is asked, what is right, what is said afterwards."""
    fields: Any = QuestionState.fields
    answer = rx.match(
        QuestionState.kind,
        ("true_false", _claim()),
        ("numerical", _number()),
        ("short", _words()),
        _choices(),
    )
    form = rx.el.form(
        text_area(t("training.stem"), "stem", rows="3", default_value=fields["stem"], max_length=500),
        answer,
        text_field(t("training.worth"), "points", kind="number", default_value=fields["points"], min="1", max="100"),
        text_area(
            t("training.explanation"),
            "explanation",
            rows="3",
            hint=t("training.explanation.hint"),
            default_value=fields["explanation"],
            max_length=500,
        ),
        _review(),
        rx.cond(QuestionState.refused != "", note(QuestionState.refused, tone="bad"), rx.fragment()),
        rx.el.div(button(t("training.save"), variant="primary", icon="save", type="submit")),
        on_submit=QuestionState.save,
        reset_on_submit=False,
        key=QuestionState.form_key,
        class_name=theme.STACK,
    )
    return drawer(t("training.question"), form, is_open=QuestionState.is_open, on_open_change=QuestionState.close)


def _choices() -> rx.Component:
    return rx.el.div(
        rx.el.div(t("training.choices"), class_name="text-[14px] font-medium"),
        rx.foreach(QuestionState.choices, _choice),
        rx.el.div(button(t("training.add_choice"), icon="plus", on_click=QuestionState.add_choice)),
        role="group",
        aria_label=t("training.choices"),
        class_name="flex flex-col gap-2",
    )


def _choice(choice: Any) -> rx.Component:
    half = rx.el.option(t("training.partly_right"), value="half")
    worth = rx.el.select(
        rx.el.option(t("training.right"), value="right"),
        rx.cond(QuestionState.kind == "single", half, rx.fragment()),
        rx.el.option(t("training.wrong"), value="wrong"),
        name="worth-" + choice.id,
        default_value=choice.worth,
        aria_label=t("training.is_it_right"),
        class_name=f"{theme.INPUT} w-auto!",
    )
    text = rx.el.input(
        name="choice-" + choice.id,
        default_value=choice.text,
        aria_label=t("training.choice"),
        max_length=500,
        class_name=f"{theme.INPUT} flex-1 min-w-40",
    )
    drop = button(
        rx.icon("x", size=16, aria_hidden="true"),
        variant="quiet",
        aria_label=t("training.drop_choice"),
        on_click=QuestionState.drop_choice(choice.id),
    )
    return rx.el.div(text, worth, drop, key=choice.id, class_name="flex flex-wrap items-center gap-2")


def _claim() -> rx.Component:
    fields: Any = QuestionState.fields
    sides = (("true", t("training.true")), ("false", t("training.false")))
    return select_field(t("training.claim_is"), "is_true", sides, default_value=fields["is_true"])


def _number() -> rx.Component:
    fields: Any = QuestionState.fields
    return rx.el.div(
        text_field(t("training.value"), "value", default_value=fields["value"], input_mode="decimal"),
        text_field(t("training.tolerance"), "tolerance", default_value=fields["tolerance"], input_mode="decimal"),
        text_field(t("training.unit"), "unit", default_value=fields["unit"], max_length=20),
        class_name="grid grid-cols-1 gap-4 sm:grid-cols-3",
    )


def _words() -> rx.Component:
    fields: Any = QuestionState.fields
    return rx.fragment(
        text_area(
            t("training.accepted"), "accepted", hint=t("training.accepted.hint"), default_value=fields["accepted"]
        ),
        check_field(t("training.case_matters"), "case_matters", default_checked=fields["case_matters"] != ""),
    )


def _review() -> rx.Component:
    fields: Any = QuestionState.fields
    return rx.el.div(
        rx.el.label(t("training.review_lesson"), html_for="review", class_name="block text-[14px] font-medium mb-1"),
        rx.el.select(
            rx.el.option(t("training.no_lesson"), value=""),
            rx.foreach(DeskState.lessons, lambda each: rx.el.option(each["label"], value=each["value"])),
            id="review",
            name="review",
            default_value=fields["review"],
            class_name=theme.INPUT,
        ),
    )
