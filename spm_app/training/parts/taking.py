"""A quiz in the player: before, while, and after it is taken."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.training.parts.prose import prose
from spm_app.training.state.player import PlayerState
from spm_app.training.state.quiz import QuizState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, fact, facts, figure, note, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.i18n import t

_CHOICE = (
    "flex items-center gap-3 rounded-lg border border-line px-3 py-2 cursor-pointer hover:bg-sunken "
    "has-[:checked]:border-accent has-[:checked]:bg-accent-soft " + theme.TARGET
)


def quiz() -> rx.Component:
    """What the open activity shows when it is a quiz."""
    is_here = QuizState.of == PlayerState.activity["key"]
    return rx.cond(
        is_here & (QuizState.stage == "taking"),
        _questions(),
        rx.cond(is_here & (QuizState.stage == "result"), _result(), _before()),
    )


def _before() -> rx.Component:
    quiz: Any = PlayerState.activity
    face = rx.cond(quiz["going"] != "", t("training.go_on"), t("training.start_quiz"))
    start = button(face, variant="primary", icon="play", on_click=QuizState.start)
    return rx.el.div(
        prose(quiz["html"]),
        facts(
            fact(t("training.questions"), quiz["questions"]),
            fact(t("training.pass_mark"), quiz["pass_mark"]),
            fact(t("training.left"), quiz["left"]),
            fact(t("training.best"), quiz["best"]),
        ),
        rx.cond(quiz["can_start"] != "", rx.el.div(start), note(t("training.no_more_attempts"), tone="warn")),
        rx.cond(PlayerState.attempts.length() > 0, _attempts(), rx.fragment()),
        class_name=theme.STACK,
    )


def _attempts() -> rx.Component:
    def line(attempt: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(t("training.attempt", number=attempt["number"]), class_name="font-medium"),
            pill(attempt["outcome"], attempt["outcome_tone"]),
            rx.el.span(attempt["score"], class_name="tabular-nums"),
            rx.el.span(attempt["on"], class_name=theme.SMALL),
            rx.cond(
                attempt["outcome_tone"] != "accent",
                button(t("training.look_back"), variant="quiet", on_click=QuizState.look_back(attempt["id"])),
                rx.fragment(),
            ),
            class_name=theme.ROW,
        )

    listed = rx.el.ul(rx.foreach(PlayerState.attempts, line), class_name="list-none m-0 p-0 flex flex-col")
    return rx.el.div(rx.el.h3(t("training.attempts"), class_name="m-0 font-semibold"), listed)


def _questions() -> rx.Component:
    total = QuizState.questions.length()
    left = total - QuizState.answered
    ask = rx.cond(left > 0, t("training.hand_in_with_gaps", n=left), t("training.hand_in_sure"))
    return rx.el.div(
        rx.el.p(
            t("training.answered", n=QuizState.answered, total=total),
            class_name=f"{theme.SMALL} m-0",
            aria_live="polite",
        ),
        rx.foreach(QuizState.questions, _question),
        rx.el.div(
            confirm(t("training.hand_in"), ask, QuizState.submit, variant="primary", icon="send"),
            button(t("training.later"), variant="quiet", on_click=QuizState.back),
            class_name=theme.ROW,
        ),
        class_name="flex flex-col gap-6",
    )


def _question(question: Any, index: Any) -> rx.Component:
    wrong = QuizState.problems.get(question.id, "")
    answer = rx.match(
        question.kind,
        ("single", rx.foreach(question.choices, lambda each: _choice(question, each, "radio"))),
        ("multiple", rx.foreach(question.choices, lambda each: _choice(question, each, "checkbox"))),
        _typed(question),
    )
    return rx.el.fieldset(
        rx.el.legend(
            rx.el.span((index + 1).to_string() + ". ", question.stem, class_name="font-medium text-[16px]"),
            rx.el.span(question.points, class_name=f"{theme.SMALL} ml-2"),
            class_name="mb-2 p-0",
        ),
        rx.cond(question.kind == "multiple", rx.el.p(t("training.several"), class_name=f"{theme.SMALL} m-0"), ""),
        answer,
        rx.el.p(wrong, role="alert", class_name="text-[12px] text-bad m-0 empty:hidden"),
        class_name="border-0 p-0 m-0 min-w-0 flex flex-col gap-2 max-w-[68ch]",
    )


def _choice(question: Any, choice: Any, kind: str) -> rx.Component:
    def ticked(is_chosen: Any) -> Any:
        return QuizState.tick(question.id, choice.id, is_chosen)

    box = rx.el.input(
        type=kind,
        name=question.id,
        checked=choice.chosen,
        on_change=QuizState.choose(question.id, choice.id) if kind == "radio" else ticked,
        class_name="size-5 shrink-0 accent-[var(--accent)]",
    )
    return rx.el.label(box, rx.el.span(choice.text), class_name=_CHOICE)


def _typed(question: Any) -> rx.Component:
    field = rx.el.input(
        type="text",
        default_value=question.text,
        aria_label=question.stem,
        input_mode=rx.cond(question.kind == "numerical", "decimal", "text"),
        auto_complete="off",
        on_blur=lambda text: QuizState.write(question.id, text),
        class_name=f"{theme.INPUT} max-w-64",
    )
    return rx.el.div(field, rx.el.span(question.unit), class_name="flex items-center gap-2")


def _result() -> rx.Component:
    result: Any = QuizState.result
    outcome = rx.cond(
        result["passed"] != "", pill(t("training.passed"), "good"), pill(t("training.not_passed"), "warn")
    )
    won = note(rx.icon("award", size=20, class_name="inline mr-2"), t("training.badge_is_yours"), tone="good")
    again = button(t("training.try_again"), variant="primary", icon="rotate-ccw", on_click=QuizState.start)
    return rx.el.div(
        rx.el.div(
            figure(t("training.score"), result["score"], t("training.needed", mark=result["pass_mark"])),
            outcome,
            class_name="flex items-end gap-4",
            role="status",
        ),
        rx.cond(result["badge"] != "", won, rx.fragment()),
        rx.cond(result["shows_key"] == "", note(t("training.key_kept_back")), rx.fragment()),
        rx.el.ol(rx.foreach(QuizState.marks, _mark), class_name="list-none m-0 p-0 flex flex-col gap-4"),
        rx.el.div(
            rx.cond(result["again"] != "", again, rx.fragment()),
            button(t("training.back_to_quiz"), on_click=QuizState.back),
            rx.el.span(result["left"], class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        class_name="flex flex-col gap-5",
    )


def _mark(mark: Any) -> rx.Component:
    review = button(t("training.review"), variant="quiet", icon="book-open", on_click=PlayerState.open(mark["review"]))
    return rx.el.li(
        rx.el.div(
            rx.el.span(mark["stem"], class_name="font-medium"), pill(mark["mark"], mark["tone"]), class_name=theme.ROW
        ),
        rx.el.div(rx.el.span(t("training.your_answer"), class_name=theme.SMALL), " ", mark["answer"]),
        rx.cond(
            mark["right"] != "",
            rx.el.div(rx.el.span(t("training.right_answer"), class_name=theme.SMALL), " ", mark["right"]),
            rx.fragment(),
        ),
        rx.cond(mark["explanation"] != "", rx.el.p(mark["explanation"], class_name="m-0 text-ink-soft"), rx.fragment()),
        rx.cond(mark["review"] != "", rx.el.div(review), rx.fragment()),
        class_name="border-l-2 border-line pl-4 flex flex-col gap-1 max-w-[68ch]",
    )
