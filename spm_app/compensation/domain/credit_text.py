"""Reading what a component or a measure measures: rules of crediting, how credits add up, and which quota."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.condition import parse_rule
from spm_app.compensation.domain.expression import parse_value
from spm_app.compensation.domain.measures import (
    WHOLE,
    Accumulate,
    Aggregate,
    Credit,
    DatedBy,
    Measure,
    QuotaTerms,
    To,
)
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.tokens import LONGEST, RuleError
from spm_app.compensation.domain.value import AMOUNT, Value, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.nodes import Spot
    from spm_app.compensation.domain.rule import Rule
    from spm_app.kernel.money import Currency

#: The keys of a component or measure that this file reads.
KEYS = ("credit", "aggregate", "divided_by", "accumulate", "quota")
_MOST_LEVELS, _MOST_MONTHS = 9, 36
#: What stands for rules that are missing, so that reading goes on.
_HARMLESS = Credit(None, To.OWNER)


class _Given(StrEnum):
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"


def read_measure(spot: Spot, parts: Mapping[str, Spot], currency: Currency) -> Measure:
    """What is measured; `parts` are those of a component or of a measure."""
    rules = _credits(parts["credit"], currency) if "credit" in parts else (_HARMLESS,)
    aggregate = parts["aggregate"].choice(Aggregate) if "aggregate" in parts else Aggregate.SUM
    weight = _value(parts["divided_by"], currency) if "divided_by" in parts else None
    if (aggregate is Aggregate.RATIO) != (weight is not None):
        spot.note("compensation.plan.ratio_over")
    return Measure(
        credits=rules,
        aggregate=aggregate,
        accumulate=parts["accumulate"].choice(Accumulate) if "accumulate" in parts else Accumulate.PERIOD,
        weight=weight,
        quota=_quota(parts["quota"]) if "quota" in parts else QuotaTerms(),
    )


def read_given(parts: Mapping[str, Spot]) -> Measure:
    """A measure that is put in rather than counted."""
    for name in KEYS[:4]:
        if name in parts:
            parts[name].note("compensation.plan.given_counts_nothing", name=name)
    kind = {_Given.MONEY: Type.MONEY, _Given.NUMBER: Type.NUMBER, _Given.PERCENT: Type.RATIO}
    quota = _quota(parts["quota"]) if "quota" in parts else QuotaTerms()
    return Measure((), given=kind[parts["given"].choice(_Given)], quota=quota)


def _credits(spot: Spot, currency: Currency) -> tuple[Credit, ...]:
    found = tuple(_credit(each, currency) for each in (spot.items() if spot.is_list() else (spot,)))
    if len({kind_of(each.value) for each in found}) > 1:
        spot.note("compensation.plan.credits_mixed")
    return found or (_HARMLESS,)


def _credit(spot: Spot, currency: Currency) -> Credit:
    parts = spot.fields(("to",), ("when", "date", "value", "levels", "share", "role"))
    to = parts["to"].choice(To)
    for name, owner in (("levels", To.MANAGER), ("role", To.NAMED)):
        if name in parts and to is not owner:
            parts[name].note(f"compensation.plan.{name}_of_others")
    if to is To.NAMED and "role" not in parts:
        spot.note("compensation.plan.missing", name="role")
    levels = parts["levels"].number(1, _MOST_LEVELS) if "levels" in parts else 1
    return Credit(
        when=_rule(parts, currency),
        to=to,
        levels=levels if to is To.MANAGER else 0,
        value=_value(parts["value"], currency) if "value" in parts else AMOUNT,
        dated_by=parts["date"].choice(DatedBy) if "date" in parts else DatedBy.CLOSED_ON,
        role=parts["role"].text(64) if "role" in parts else "",
        share=parts["share"].percent() if "share" in parts else WHOLE,
    )


def _rule(parts: Mapping[str, Spot], currency: Currency) -> Rule | None:
    if "when" not in parts:
        return None
    spot = parts["when"]
    try:
        return parse_rule(spot.text(LONGEST), currency)
    except RuleError as error:
        spot.note(error.key, **error.args_of_text)
        return None


def _value(spot: Spot, currency: Currency) -> Value:
    try:
        return parse_value(spot.text(LONGEST), currency)
    except RuleError as error:
        spot.note(error.key, **error.args_of_text)
        return AMOUNT


def _quota(spot: Spot) -> QuotaTerms:
    """A name alone, or a map that says more."""
    if not spot.is_map():
        return QuotaTerms(spot.text(64))
    parts = spot.fields((), ("name", "of", "ramp"))
    ramp = tuple(each.percent() for each in parts["ramp"].items()) if "ramp" in parts else ()
    if len(ramp) > _MOST_MONTHS or any(not 0 <= each <= WHOLE for each in ramp):
        parts["ramp"].note("compensation.plan.ramp_range", most=_MOST_MONTHS)
    return QuotaTerms(
        name=parts["name"].text(64) if "name" in parts else "",
        whole_year="of" in parts and parts["of"].choice(_Of) is _Of.YEAR,
        ramp=ramp,
    )


class _Of(StrEnum):
    TO_DATE = "to_date"
    YEAR = "year"
