"""The language of values: `amount * 50 %`, `least(amount, 10000)`, `case when type = 'new' then amount else 0 end`.

What of a transaction is credited. A value is money, a number or a ratio, whole in minor units or millionths, so that
every product is rounded the same way: half up, at once. A field that is empty is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from spm_app.compensation.domain.rule import FIELDS, Type, decimal, fields_of, written
from spm_app.kernel.money import Money

if TYPE_CHECKING:
    from spm_app.compensation.domain.rule import Rule
    from spm_app.kernel.money import Currency


@dataclass(frozen=True, slots=True)
class Take:
    """What a field holds."""

    field: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same for every transaction."""

    figure: int
    type: Type


@dataclass(frozen=True, slots=True)
class Times:
    """One value times another, rounded half up."""

    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Plus:
    """All of them added up; those of `less` taken away."""

    values: tuple[Value, ...]
    less: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """The least or the greatest of them."""

    which: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """The value of the first condition that holds, or else the last."""

    cases: tuple[tuple[Rule, Value], ...]
    other: Value


Value: TypeAlias = "Take | Fixed | Times | Plus | Pick | Choose"
#: What is credited when a plan does not say: the deal.
AMOUNT = Take("amount")


def kind_of(value: Value) -> Type:
    """What the value is: money, a number or a ratio. The reader has seen to it that parts go together."""
    match value:
        case Take(field):
            return FIELDS[field]
        case Fixed():
            return value.type
        case Times(left, right):
            kinds = {kind_of(left), kind_of(right)}
            return next((each for each in (Type.MONEY, Type.NUMBER) if each in kinds), Type.RATIO)
        case Choose(cases, other):
            return _of_all((other, *(each for _, each in cases)))
        case Plus(values, less):
            return _of_all((*values, *less))
        case _:
            return _of_all(value.values)


def is_nothing(value: Value) -> bool:
    """Whether it is a bare 0, which goes with every kind."""
    return isinstance(value, Fixed) and value.figure == 0


def _of_all(values: tuple[Value, ...]) -> Type:
    """Of values that go together: the kind of those that are something."""
    return kind_of(next((each for each in values if not is_nothing(each)), values[0]))


def fields_in(value: Value) -> frozenset[str]:
    """Every field that the value speaks of."""
    match value:
        case Take(field):
            return frozenset({field})
        case Fixed():
            return frozenset()
        case Times(left, right):
            return fields_in(left) | fields_in(right)
        case Plus(values, less):
            return frozenset(name for each in (*values, *less) for name in fields_in(each))
        case Pick(_, values):
            return frozenset(name for each in values for name in fields_in(each))
        case _:
            spoken = (fields_of(rule) | fields_in(each) for rule, each in value.cases)
            return fields_in(value.other).union(*spoken)


def said(value: Value, currency: Currency) -> str:
    """The value in its own language."""
    match value:
        case Take(field):
            return field
        case Fixed(figure, kind):
            return _figure(figure, kind, currency)
        case Times(left, right):
            return f"{_inner(left, currency)} * {_inner(right, currency, Plus, Times)}"
        case Plus(values, less):
            plus = " + ".join(_inner(each, currency) for each in values)
            return plus + "".join(f" - {_inner(each, currency)}" for each in less)
        case Pick(which, values):
            return f"{which}({', '.join(said(each, currency) for each in values)})"
        case _:
            whens = (f"when {written(rule, currency)} then {said(each, currency)}" for rule, each in value.cases)
            return f"case {' '.join(whens)} else {said(value.other, currency)} end"


def _inner(value: Value, currency: Currency, *loose: type) -> str:
    """In brackets where it would be read otherwise: each product is rounded by itself, so that their order counts."""
    text = said(value, currency)
    return f"({text})" if isinstance(value, loose or Plus) else text


def _figure(figure: int, kind: Type, currency: Currency) -> str:
    if kind is Type.RATIO:
        return f"{decimal(Fraction(figure, 10_000))} %"
    return (
        decimal(Fraction(figure, 1_000_000)) if kind is Type.NUMBER else str(Money.from_minor(figure, currency).amount)
    )
