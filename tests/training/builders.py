"""Courses as small as a test needs, and people to take them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spm_app.training.domain.course import Content, CourseDraft, Lesson, Quiz, Section
from spm_app.training.domain.question import Multiple, Numerical, Option, ShortAnswer, Single, TrueFalse

if TYPE_CHECKING:
    from spm_app.training.domain.course import Activity
    from spm_app.training.domain.question import Question

SECRET = "because the key says so"


def single(id: str = "q1", *, right: str = "a", points: int = 1, review: str = "") -> Single:  # noqa: A002
    """Options a, b and c; one is right, c is half right."""
    weights = {"a": 0, "b": 0, "c": 50} | {right: 100}
    return Single(
        id=id,
        stem={"en": f"Which? ({id})", "it": f"Quale? ({id})"},
        options=tuple(
            Option(id=each, text={"en": f"Option {each}", "it": f"Scelta {each}"}, weight=weight)
            for each, weight in weights.items()
        ),
        points=points,
        explanation={"en": SECRET},
        review=review,
    )


def multiple(id: str = "q2") -> Multiple:  # noqa: A002
    """a and b are right, c and d take marks away."""
    weights = {"a": 1, "b": 1, "c": -1, "d": -1}
    return Multiple(
        id=id,
        stem={"en": "Which ones?", "it": "Quali?"},
        options=tuple(Option(id=each, text={"en": each, "it": each}, weight=w) for each, w in weights.items()),
    )


def true_false(id: str = "q3", *, is_true: bool = True) -> TrueFalse:  # noqa: A002
    """A claim."""
    return TrueFalse(id=id, stem={"en": "So it is.", "it": "Sta proprio così."}, is_true=is_true)


def numerical(id: str = "q4", value: str = "12.5", tolerance: str = "0.5") -> Numerical:  # noqa: A002
    """A number with a tolerance."""
    return Numerical(
        id=id, stem={"en": "How much?", "it": "Quanto?"}, value=Decimal(value), tolerance=Decimal(tolerance), unit="%"
    )


def short(id: str = "q5", *accepted: str, case_matters: bool = False) -> ShortAnswer:  # noqa: A002
    """A few words."""
    return ShortAnswer(
        id=id,
        stem={"en": "In a word?", "it": "In una parola?"},
        accepted=accepted or ("close date",),
        case_matters=case_matters,
    )


def lesson(id: str = "lesson-1", *, is_mandatory: bool = True, body: str = "Read **this**.") -> Lesson:  # noqa: A002
    """A lesson in both languages."""
    return Lesson(
        id=id,
        title={"en": f"Lesson {id}", "it": f"Lezione {id}"},
        body={"en": body, "it": "Leggi **questo**."},
        is_mandatory=is_mandatory,
    )


def quiz(*questions: Question, attempts: int | None = 2, pass_percent: int = 50, is_mandatory: bool = True) -> Quiz:
    """A quiz with the id `quiz-1`."""
    return Quiz(
        id="quiz-1",
        title={"en": "Check", "it": "Verifica"},
        questions=questions or (single("q1", review="lesson-1"), single("q2", right="b")),
        attempts=attempts,
        pass_percent=pass_percent,
        is_mandatory=is_mandatory,
    )


def content(*activities: Activity, badge: str = "Closer") -> Content:
    """One section with the activities given: a lesson and a quiz unless said otherwise."""
    return Content(
        title={"en": "Closing well", "it": "Chiudere bene"},
        summary={"en": "From yes to signed.", "it": "Dal sì alla firma."},
        category="sales",
        badge={"en": badge, "it": badge} if badge else {},
        sections=(
            Section(id="section-1", title={"en": "Basics", "it": "Basi"}, activities=activities or (lesson(), quiz())),
        ),
    )


def draft(code: str = "closing", *activities: Activity, badge: str = "Closer") -> CourseDraft:
    """A course that is ready to be published."""
    return CourseDraft(code, content(*activities, badge=badge))
