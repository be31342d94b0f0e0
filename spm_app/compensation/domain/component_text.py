"""Reading the components of a plan: first what each measures, then how it pays, which may look at other measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain import credit_text, pay_text, rate_text
from spm_app.compensation.domain.credit_text import read_measure
from spm_app.compensation.domain.measures import Measure
from spm_app.compensation.domain.pay_text import read_objectives, read_pays, read_pool
from spm_app.compensation.domain.rate_text import Units, read_pay
from spm_app.compensation.domain.rates import Band, Bound, Kind, Over, RateTable, Worth
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.settle.read import PAYMENT_KEYS, read_payment
from spm_app.compensation.domain.terms import Component, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.nodes import Spot
    from spm_app.compensation.domain.terms import NamedMeasure
    from spm_app.kernel.money import Currency

_KEYS = ("measure", "objectives", "pool", *credit_text.KEYS, *rate_text.KEYS, *pay_text.KEYS, *PAYMENT_KEYS)


def read_components(spot: Spot, measures: Sequence[NamedMeasure], currency: Currency) -> tuple[Component, ...]:
    """Everything that the plan pays for."""
    named = {each.code: each.measure for each in measures}
    spots = spot.items()
    read = [each.fields(("code", "name"), _KEYS) for each in spots]
    own = [_measure(each, parts, named, currency) for each, parts in zip(spots, read, strict=True)]
    codes = (parts["code"].text(64) for parts in read)
    units = {code: each.unit for code, each in {**named, **dict(zip(codes, own, strict=True))}.items()}
    return tuple(
        _component(each, parts, measure, Units(currency, measure.unit, units))
        for each, parts, measure in zip(spots, read, own, strict=True)
    )


def words(spot: Spot) -> Words:
    """A name in both languages, or one for both."""
    if not spot.is_map():
        return Words(spot.text(), spot.text())
    parts = spot.fields(("en", "it"))
    return Words(parts["en"].text(), parts["it"].text())


def _measure(spot: Spot, parts: Mapping[str, Spot], named: Mapping[str, Measure], currency: Currency) -> Measure:
    """Its own, or one of the plan's; objectives measure nothing."""
    if "objectives" in parts:
        _none_of(parts, "compensation.plan.objectives_alone", (*_SALES, "measure"))
        return Measure((), given=Type.MONEY)
    if "measure" not in parts:
        if "credit" not in parts:
            spot.note("compensation.plan.missing", name="credit")
        return read_measure(spot, parts, currency) if "credit" in parts else Measure((), given=Type.MONEY)
    _none_of(parts, "compensation.plan.measured_already", credit_text.KEYS)
    code = parts["measure"].text(64)
    if code not in named or named[code].given is not None:
        known = ", ".join(sorted(name for name, each in named.items() if each.given is None))
        parts["measure"].note("compensation.plan.no_measure", name=code, known=known)
    return named.get(code, Measure((), given=Type.MONEY))


_SALES = (*credit_text.KEYS, *rate_text.KEYS, "threshold", "pool")


def _none_of(parts: Mapping[str, Spot], key: str, names: Sequence[str]) -> None:
    for name in names:
        if name in parts:
            parts[name].note(key, name=name)


def _component(spot: Spot, parts: Mapping[str, Spot], measure: Measure, units: Units) -> Component:
    by_scores = "objectives" in parts
    table = _by_scores() if by_scores else read_pay(spot, parts, units)
    if by_scores and "target" not in parts:
        spot.note("compensation.plan.missing", name="target")
    return Component(
        code=parts["code"].text(64),
        name=words(parts["name"]),
        measure=measure,
        table=table,
        pays=read_pays(parts, table.keyed, units),
        objectives=read_objectives(parts["objectives"]) if by_scores else (),
        pool=read_pool(parts["pool"]) if "pool" in parts else None,
        payment=read_payment(parts),
    )


def _by_scores() -> RateTable:
    """What objectives come to is a share of the target."""
    return RateTable(Kind.STEP, Over.AMOUNT, Bound.LOWER_INCLUSIVE, (Band(0, None, 0),), worth=Worth.TARGET)
