"""Writing one question. The key is here, on the author's screen, and nowhere on a learner's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.rights import Role
from spm_app.training import service as training
from spm_app.training.domain.course import Quiz
from spm_app.training.domain.edit import PutQuestion
from spm_app.training.domain.question import (
    KINDS,
    Multiple,
    Numerical,
    Option,
    Question,
    ShortAnswer,
    Single,
    TrueFalse,
)
from spm_app.training.domain.words import written
from spm_app.training.state.desk import DeskState
from spm_app.training.state.forms import is_ticked, text, whole
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

_FULL = 100
_BLANK = {
    "single": Single,
    "multiple": Multiple,
    "true_false": TrueFalse,
    "numerical": Numerical,
    "short": ShortAnswer,
}
_MOST_CHOICES = 12


@dataclass
class ChoiceDraft:
    """One choice as it is written; `worth` is `right`, `half` or `wrong`."""

    id: str
    text: str
    worth: str


class QuestionState(rx.State):
    """The dialog of one question."""

    is_open: bool = False
    kind: str = "single"
    fields: dict[str, str] = {}
    choices: list[ChoiceDraft] = []
    refused: str = ""
    form_key: str = ""
    _question: Any = None

    @rx.event
    @allow(Role.TRAINER)
    async def begin(self, kind: str):
        """A new question of that kind, with two choices where it has any."""
        known = next((each for each in KINDS if each == kind), "single")
        blank: Any = _BLANK[known](id="", stem={})
        if isinstance(blank, Single | Multiple):
            blank = replace(blank, options=(Option(id="1", text={}, weight=_FULL), Option(id="2", text={})))
        await self._open(blank)

    @rx.event
    @allow(Role.TRAINER)
    async def edit(self, question: str):
        """A question that is there."""
        desk = await self.get_state(DeskState)
        quiz = desk._content.find(desk.at) if desk._content else None
        found = next((each for each in quiz.questions if each.id == question), None) if isinstance(quiz, Quiz) else None
        if found is not None:
            await self._open(found)

    @rx.event
    @allow(Role.TRAINER)
    async def close(self, _is_open: bool):
        """Leave it as it was."""
        self.is_open = False

    @rx.event
    @allow(Role.TRAINER)
    async def add_choice(self):
        """One more choice at the end."""
        used = [int(each.id) for each in self.choices if each.id.isdecimal()]
        if len(self.choices) < _MOST_CHOICES:
            self.choices = [*self.choices, ChoiceDraft(str(max(used, default=0) + 1), "", "wrong")]

    @rx.event
    @allow(Role.TRAINER)
    async def drop_choice(self, choice: str):
        """Take a choice away."""
        self.choices = [each for each in self.choices if each.id != choice]

    @rx.event
    @allow(Role.TRAINER)
    async def save(self, form: dict[str, Any]):
        """Put the question into the quiz."""
        desk, lang = await self.get_state(DeskState), await language_of(self)
        if self._question is None:
            return None
        try:
            made = _read(self._question, form, [each.id for each in self.choices], desk.writes_in)
            edit = PutQuestion(quiz_id=desk.at, question=made)
            actor = await actor_of(self)
            saved = await rx.run_in_thread(partial(training.edit, actor, desk._id, desk._revision, edit))
        except (InvalidInput, Conflict) as wrong:
            self.refused = say_error(lang, wrong)
            return None
        await desk._show(saved)
        self.is_open = False
        return rx.toast.success(say(lang, "training.saved"))

    async def _open(self, question: Question) -> None:
        lang = (await self.get_state(DeskState)).writes_in
        self._question, self.kind, self.refused = question, question.kind, ""
        self.fields = _fields(question, lang)
        options = question.options if isinstance(question, Single | Multiple) else ()
        self.choices = [ChoiceDraft(each.id, each.text.get(lang, ""), _worth(each, options)) for each in options]
        self.form_key = f"{question.id}/{question.kind}/{lang}"
        self.is_open = True


def _fields(question: Question, lang: str) -> dict[str, str]:
    shared = {
        "stem": question.stem.get(lang, ""),
        "points": str(question.points),
        "explanation": question.explanation.get(lang, ""),
        "review": question.review,
    }
    match question:
        case TrueFalse():
            return shared | {"is_true": "true" if question.is_true else "false"}
        case Numerical():
            return shared | {
                "value": str(question.value),
                "tolerance": str(question.tolerance),
                "unit": question.unit,
            }
        case ShortAnswer():
            return shared | {
                "accepted": "\n".join(question.accepted),
                "case_matters": "yes" if question.case_matters else "",
            }
        case _:
            return shared


def _read(old: Question, form: dict[str, Any], choices: list[str], lang: str) -> Question:
    shared = replace(
        old,
        stem=written(old.stem, lang, text(form, "stem")),
        points=whole(form, "points", 1, 100),
        explanation=written(old.explanation, lang, text(form, "explanation")),
        review=text(form, "review"),
    )
    match shared:
        case Single() | Multiple():
            known = {each.id: each for each in shared.options}
            options = [_option(known.get(each, Option(id=each, text={})), shared, form, lang) for each in choices]
            return replace(shared, options=tuple(options))
        case TrueFalse():
            return replace(shared, is_true=text(form, "is_true") != "false")
        case Numerical():
            value, tolerance = _number(form, "value"), _number(form, "tolerance")
            return replace(shared, value=value, tolerance=tolerance, unit=text(form, "unit")[:20])
        case ShortAnswer():
            accepted = [line.strip() for line in text(form, "accepted").splitlines() if line.strip()]
            return replace(shared, accepted=tuple(accepted), case_matters=is_ticked(form, "case_matters"))


def _option(old: Option, question: Single | Multiple, form: dict[str, Any], lang: str) -> Option:
    """A weight that says the same as the choice made here stays as fine as the course file had it."""
    worth = text(form, f"worth-{old.id}")
    is_same = question.id and old in question.options and worth == _worth(old, question.options)
    weight = old.weight if is_same else _weight(worth, question)
    return replace(old, text=written(old.text, lang, text(form, f"choice-{old.id}")), weight=weight)


def _full(options: tuple[Option, ...]) -> int:
    return max((each.weight for each in options if each.weight > 0), default=_FULL)


def _worth(option: Option, options: tuple[Option, ...]) -> str:
    if option.weight <= 0:
        return "wrong"
    return "right" if option.weight == _full(options) else "half"


def _weight(worth: str, question: Single | Multiple) -> int:
    """Among several, a wrong tick takes away what a right one gives: ticking everything must not pay."""
    full = _full(question.options)
    wrong = -full if isinstance(question, Multiple) else 0
    return {"right": full, "half": full // 2 or 1}.get(worth, wrong)


def _number(form: dict[str, Any], name: str) -> Decimal:
    typed = text(form, name).replace(",", ".") or "0"
    try:
        value = Decimal(typed)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(typed) > 20:
        raise InvalidInput("training.answer_not_a_number", text=typed[:40])
    return value
