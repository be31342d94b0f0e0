"""Reading the cases that a plan's author has worked out by hand."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.compensation.domain.terms import WHOLE, Example, Sale

if TYPE_CHECKING:
    from spm_app.compensation.domain.nodes import Spot
    from spm_app.kernel.money import Currency

_SALE = ("amount", "outcome", "stage", "product", "account", "share", "by")


class _By(StrEnum):
    SELF = "self"
    TEAM = "team"


def read_examples(spot: Spot, currency: Currency) -> tuple[Example, ...]:
    """Every case, in order."""
    return tuple(_example(each, currency) for each in spot.items())


def _example(spot: Spot, currency: Currency) -> Example:
    parts = spot.fields(("name", "transactions", "expected"), ("quota",))
    return Example(
        name=parts["name"].text(),
        quota=parts["quota"].money(currency) if "quota" in parts else None,
        sales=tuple(_sale(each, currency) for each in parts["transactions"].items()),
        expected={code: each.money(currency) for code, each in parts["expected"].names()},
    )


def _sale(spot: Spot, currency: Currency) -> Sale:
    """An amount alone is a deal won; a map says more."""
    if not spot.is_map():
        return Sale(spot.money(currency))
    parts = spot.fields(_SALE[:1], _SALE[1:])
    said = {name: parts[name].text() if name in parts else "" for name in _SALE[1:5]}
    by_team = "by" in parts and parts["by"].choice(_By) is _By.TEAM
    return Sale(
        amount=parts["amount"].money(currency),
        outcome=said["outcome"] or "won",
        stage=said["stage"],
        product=said["product"],
        account=said["account"],
        share=parts["share"].percent() if "share" in parts else WHOLE,
        by_team=by_team,
    )
