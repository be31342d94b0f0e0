"""Questions with their keys. A quiz asks them; `grading` marks the answers.

Every kind is a value of its own with a `kind` tag, so that a further kind is one more class, one more `case` in
`grading` and one more editor. Nothing of this reaches a learner's browser before the attempt is submitted: what does
is a `view.QuestionView`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator

from spm_app.training.domain.words import Words  # noqa: TC001 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What all kinds share. `review` names the lesson to go back to when the answer was not right."""

    id: str
    stem: Words
    points: int = 1
    explanation: Words = field(default_factory=dict[str, str])
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice. `weight` counts relative to the positive weights of its question; a negative one takes marks away."""

    id: str
    text: Words
    weight: int = 0
    feedback: Words = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Asked):
    """Choose one. The option with the greatest weight earns the full mark, the others their part of it."""

    kind: Literal["single"] = "single"
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Asked):
    """Choose all that are right. Weights add up; ticking everything does not pay when wrong ones weigh less than 0."""

    kind: Literal["multiple"] = "multiple"
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Asked):
    """A claim that holds or does not."""

    kind: Literal["true_false"] = "true_false"
    is_true: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerical(Asked):
    """A number, right within `tolerance` on either side, both ends included."""

    kind: Literal["numerical"] = "numerical"
    value: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer(Asked):
    """A few words, right when they equal one that is accepted; spacing never matters, case only if it is said to."""

    kind: Literal["short"] = "short"
    accepted: tuple[str, ...] = ()
    case_matters: bool = False


Question = Annotated[Single | Multiple | TrueFalse | Numerical | ShortAnswer, Discriminator("kind")]
Kind = Literal["single", "multiple", "true_false", "numerical", "short"]
KINDS: tuple[Kind, ...] = ("single", "multiple", "true_false", "numerical", "short")
