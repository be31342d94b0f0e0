"""Taking a quiz. Until an attempt is graded nothing here knows what is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import reflex as rx

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.ids import AttemptId
from spm_app.training import service as training
from spm_app.training.domain.view import QuestionResult, QuestionView
from spm_app.training.service.views import AttemptResult, AttemptView
from spm_app.training.state.player import PlayerState
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


@dataclass
class Choice:
    """One answer to choose."""

    id: str
    text: str
    chosen: bool


@dataclass
class Question:
    """One question as the browser holds it: what is asked, and what was answered so far."""

    id: str
    kind: str
    stem: str
    points: str
    unit: str
    text: str
    answered: bool
    choices: list[Choice] = field(default_factory=list)


class QuizState(rx.State):
    """`stage` is `idle`, `taking` or `result`."""

    stage: str = "idle"
    of: str = ""
    questions: list[Question] = []
    answered: int = 0
    problems: dict[str, str] = {}
    result: dict[str, str] = {}
    marks: list[dict[str, str]] = []
    _attempt: AttemptId = AttemptId(0)

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Say what is on the screen again, in the language of now."""
        actor, lang = await actor_of(self), await language_of(self)
        if self.stage == "taking":
            self._take(await rx.run_in_thread(partial(training.attempt, actor, self._attempt)), lang)
        elif self.stage == "result":
            self._graded(await rx.run_in_thread(partial(training.result, actor, self._attempt)), lang)

    @rx.event
    @allow_signed_in()
    async def start(self):
        """Begin an attempt, or go on with the one that was begun."""
        actor, lang = await actor_of(self), await language_of(self)
        player = await self.get_state(PlayerState)
        going = await rx.run_in_thread(partial(training.start, actor, player._id, player.activity.get("id", "")))
        self._take(going, lang)
        return rx.set_focus("activity")

    @rx.event
    @allow_signed_in()
    async def choose(self, question: str, choice: str):
        """Answer with one choice."""
        await self._answer(question, [choice])

    @rx.event
    @allow_signed_in()
    async def tick(self, question: str, choice: str, is_chosen: bool):
        """Take a choice among several, or take it back."""
        asked = next((each for each in self.questions if each.id == question), None)
        others = [each.id for each in asked.choices if each.chosen and each.id != choice] if asked else []
        await self._answer(question, [*others, choice] if is_chosen else others)

    @rx.event
    @allow_signed_in()
    async def write(self, question: str, text: str):
        """Answer with a number or some words."""
        await self._answer(question, [text[:1000]])

    @rx.event
    @allow_signed_in()
    async def submit(self):
        """Hand in, once; the result replaces the questions."""
        actor, lang = await actor_of(self), await language_of(self)
        graded = await rx.run_in_thread(partial(training.submit, actor, self._attempt))
        player = await self.get_state(PlayerState)
        await player._again()
        self._graded(graded, lang)
        won = [rx.toast.success(say(lang, "training.badge_won", title=graded.badge))] if graded.badge else []
        return [*won, rx.set_focus("activity")]

    @rx.event
    @allow_signed_in()
    async def look_back(self, attempt: str):
        """The result of an attempt that was handed in before."""
        actor, lang = await actor_of(self), await language_of(self)
        asked = AttemptId(number_in(attempt))
        self._graded(await rx.run_in_thread(partial(training.result, actor, asked)), lang)
        return rx.set_focus("activity")

    @rx.event
    @allow_signed_in()
    async def back(self):
        """Leave the questions or the result; the answers are kept."""
        player = await self.get_state(PlayerState)
        await player._again()
        self.stage = "idle"

    async def _answer(self, question: str, values: list[str]) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        others = {name: said for name, said in self.problems.items() if name != question}
        try:
            await rx.run_in_thread(partial(training.answer, actor, self._attempt, question, values))
        except InvalidInput as wrong:
            self.problems = {**others, question: say_error(lang, wrong)}
            return
        self.problems = others
        going = await rx.run_in_thread(partial(training.attempt, actor, self._attempt))
        self.questions = [_question(each, lang) for each in going.questions]
        self.answered = sum(each.answered for each in self.questions)

    def _take(self, going: AttemptView, lang: str) -> None:
        self._attempt, self.of, self.stage = going.attempt_id, _key(going), "taking"
        self.problems, self.result, self.marks = {}, {}, []
        self.questions = [_question(each, lang) for each in going.questions]
        self.answered = sum(each.answered for each in self.questions)

    def _graded(self, graded: AttemptResult, lang: str) -> None:
        self._attempt, self.of, self.stage = graded.attempt_id, _key(graded), "result"
        self.questions = []
        self.result = _result(graded, lang)
        self.marks = [_mark(each, lang) for each in graded.questions]


def _key(of: AttemptView | AttemptResult) -> str:
    return f"{of.course_id}/{of.activity_id}"


def _question(view: QuestionView, lang: str) -> Question:
    is_claim = view.kind == "true_false"
    choices = [
        Choice(each.id, say(lang, f"training.{each.id}") if is_claim else each.text, each.id in view.answer.chosen)
        for each in view.options
    ]
    return Question(
        id=view.id,
        kind="single" if is_claim else view.kind,
        stem=view.stem,
        points=say(lang, "training.points", n=view.points),
        unit=view.unit,
        text=_typed(view, lang),
        answered=bool(view.answer.chosen or view.answer.text),
        choices=choices,
    )


def _typed(view: QuestionView, lang: str) -> str:
    """A number as the person's language writes it."""
    return view.answer.text.replace(".", ",") if view.kind == "numerical" and lang == "it" else view.answer.text


def _result(graded: AttemptResult, lang: str) -> dict[str, str]:
    may_retry = graded.left != 0 and not graded.passed
    return {
        "score": words.percent(graded.score, lang, 0),
        "passed": "yes" if graded.passed else "",
        "pass_mark": f"{graded.pass_percent}%",
        "again": "yes" if may_retry else "",
        "left": say(lang, "training.attempts_left", n=graded.left) if may_retry and graded.left is not None else "",
        "shows_key": "yes" if graded.shows_key else "",
        "completed": "yes" if graded.course_completed else "",
        "badge": graded.badge,
    }


def _mark(result: QuestionResult, lang: str) -> dict[str, str]:
    tone = "good" if result.mark == 1 else "warn" if result.mark else "bad"
    says = {"good": "training.right", "warn": "training.partly_right", "bad": "training.wrong"}
    return {
        "id": result.id,
        "stem": result.stem,
        "answer": told(result.answer, lang) or say(lang, "training.not_answered"),
        "right": told(result.right, lang),
        "explanation": result.explanation,
        "review": result.review,
        "mark": say(lang, says[tone]),
        "tone": tone,
    }


def told(text: str, lang: str) -> str:
    """An answer in words: what a claim is answered with is a word of ours, everything else stands as it is."""
    return say(lang, f"training.{text}") if text in {"true", "false"} else text
