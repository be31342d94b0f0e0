"""Where a payee stands: measures, attainment, before the period and at its end."""

from __future__ import annotations

from fractions import Fraction

import pytest

from spm_app.compensation.domain.pays import AsOf
from spm_app.compensation.domain.rates import Key, Over
from spm_app.compensation.domain.standing import Figure, Standing, place

OWN = Figure(Fraction(300), before=Fraction(50), quota=400, quota_before=100)
OTHER = Figure(Fraction(900), before=Fraction(10), quota=600)
STANDING = Standing({"sales": OWN, "margin": OTHER, "free": Figure(Fraction(7), quota=0, quota_before=0)})


@pytest.mark.parametrize(
    ("key", "end", "start"),
    [
        (Key(Over.AMOUNT), 300, 50),
        (Key(Over.ATTAINMENT), 750_000, 500_000),
        (Key(Over.MEASURE, "margin"), 900, 10),
        (Key(Over.ATTAINMENT_OF, "margin"), 1_500_000, None),
        (Key(Over.ATTAINMENT_OF, "free"), None, None),
        (Key(Over.MEASURE, "free"), 7, 0),
    ],
)
def test_a_key_says_where_to_look(key: Key, end: int | None, start: int | None) -> None:
    assert (STANDING.at(key, "sales"), STANDING.at(key, "sales", AsOf.START)) == (end, start)


@pytest.mark.parametrize(("quota", "has"), [(None, False), (0, False), (-5, False), (1, True)])
def test_attainment_needs_a_quota_above_nothing(quota: int | None, has: bool) -> None:
    assert Figure(Fraction(5), quota=quota).has_quota is has


def test_a_value_has_its_place_in_the_unit_of_bounds() -> None:
    assert place(Key(Over.AMOUNT), OWN, Fraction(20)) == 20
    assert place(Key(Over.ATTAINMENT), OWN, Fraction(20)) == 50_000
    assert place(Key(Over.ATTAINMENT), Figure(Fraction(5)), Fraction(20)) is None
