"""Terms that each payee has for themselves, as columns: slopes, limits, sums to spread, and what belongs to no deal."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.personal import Spread, Tuned, spread, tuned
from spm_app.compensation.domain.quotas import half_up
from spm_app.compensation.domain.rates import Kind, Over, Worth
from spm_app.compensation.domain.shapes import is_spread
from spm_app.compensation.domain.shared import Member, Part, by_objectives, limited, pool_of
from spm_app.compensation.domain.targets import limit_in
from spm_app.compensation.engine import arrow
from spm_app.compensation.engine.terms import bands_of, is_own, is_silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spm_app.compensation.domain.standing import Figure, Standing
    from spm_app.compensation.domain.terms import Component, RateTable
    from spm_app.compensation.engine.meters import Meter
    from spm_app.compensation.engine.people import People
    from spm_app.compensation.engine.standings import Standings

_SLOPE = {
    "component_no": arrow.WHOLE,
    "payee_id": arrow.WHOLE,
    "band_no": arrow.WHOLE,
    "bound": arrow.TEXT,
    "paid": arrow.TEXT,
    "per": arrow.TEXT,
}
_LIMIT = {
    "component_no": arrow.WHOLE,
    "payee_id": arrow.WHOLE,
    "num": arrow.TEXT,
    "den": arrow.TEXT,
    "line_cap": arrow.TEXT,
    "cap": arrow.TEXT,
    "begun": arrow.FLAG,
}
Key = tuple[int, int]


@dataclass(slots=True)
class Personal:
    """What was found, by component and payee. `parts` belong to no deal."""

    terms: dict[Key, Tuned | Spread] = field(default_factory=dict[Key, "Tuned | Spread"])
    parts: dict[Key, list[Part]] = field(default_factory=dict[Key, list[Part]])
    floors: dict[Key, int] = field(default_factory=dict[Key, int])
    notes: dict[Key, dict[str, Any]] = field(default_factory=dict[Key, dict[str, Any]])
    slopes: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    limits: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])

    def tables(self) -> dict[str, arrow.Table]:
        """`own_slope` and `own_limit`: whole numbers as texts, for they may need more than 64 bits."""
        return {"own_slope": arrow.table(_SLOPE, self.slopes), "own_limit": arrow.table(_LIMIT, self.limits)}

    def raise_to_floors(self, earned: Mapping[Key, int]) -> None:
        """Whoever has earned less than a floor gets the difference as a part that belongs to no deal."""
        for key, floor in self.floors.items():
            own = earned.get(key, 0) + sum(part.amount for part in self.parts.get(key, ()))
            if own < floor:
                part = Part("floor", "", floor - own, {"floor": floor, "earned": own})
                self.parts.setdefault(key, []).append(part)

    def told(self) -> str:
        """What belongs to no deal, in the one order."""
        rows = (
            (*key, part.role, part.name, part.amount) for key, parts in sorted(self.parts.items()) for part in parts
        )
        return repr([*rows])


def is_needed(counted: Sequence[Meter]) -> bool:
    """Whether any component has terms that are each payee's own."""
    return any(each.component is not None and (is_own(each.component) or is_silent(each.component)) for each in counted)


def personal(counted: Sequence[Meter], found: People, standings: Standings) -> Personal:
    """Terms of every payee in every component that has such."""
    made = Personal()
    paying = [each for each in counted if each.component is not None]
    for plan_no, payees in enumerate(found.enrolled):
        own = [(each.no, each.component) for each in paying if each.plan_no == plan_no and each.component is not None]
        if not any(is_own(part) or is_silent(part) for _, part in own):
            continue
        stood = {payee.person_id: standings.of(plan_no, payee.person_id) for payee in payees}
        for no, part in own:
            _component(made, no, part, stood)
        days = {payee.person_id: payee.days for payee in payees}
        for no, part in own:
            if part.pool is not None:
                _pool(made, (no, part), stood, (days, standings.teams(plan_no)))
    return made


def _component(made: Personal, no: int, component: Component, stood: Mapping[int, Standing]) -> None:
    for person, standing in stood.items():
        key, figure = (no, person), standing.figures[component.code]
        floor = limit_in(component.pays.floor, figure.period_target)
        if floor is not None:
            made.floors[key] = half_up(floor)
        if component.objectives:
            terms = tuned(component, standing)
            made.notes[key] = terms.notes
            made.parts[key] = by_objectives(component, figure.target, standing.scores, terms.factor)
        elif component.pool is not None:
            continue
        elif is_spread(component):
            _spread(made, key, spread(component, standing), figure)
        elif is_own(component):
            _tuned(made, key, (component, standing), tuned(component, standing))


def _spread(made: Personal, key: Key, terms: Spread, figure: Figure) -> None:
    """One rate for all of the payee's deals; what cannot be spread stands by itself."""
    made.terms[key] = terms
    if terms.rate is not None:
        made.slopes.append((*key, 0, "0", *_over(terms.rate)))
    elif figure.base > 0:
        made.slopes.append((*key, 0, "0", *_over(Fraction(terms.earned, figure.base))))
    elif terms.earned:
        made.parts[key] = [Part("component", "", terms.earned, {"exact": str(terms.exact)})]


def _tuned(made: Personal, key: Key, whose: tuple[Component, Standing], terms: Tuned) -> None:
    component, standing = whose
    figure = standing.figures[component.code]
    made.terms[key] = terms
    if terms.table.over is Over.ATTAINMENT and not figure.has_quota:
        return
    made.slopes += ((*key, at, str(bound), *_over(slope)) for at, (bound, slope) in enumerate(_slopes(whose, terms)))
    limits = [Fraction(0) if each is None else each for each in (terms.line_cap, terms.cap)]
    den = lcm(terms.factor.denominator, *(each.denominator for each in limits))
    line, cap = (None if each is None else str(int(each * den)) for each in (terms.line_cap, terms.cap))
    made.limits.append((*key, str(int(terms.factor * den)), str(den), line, cap, terms.begun))


def _slopes(whose: tuple[Component, Standing], terms: Tuned) -> Iterator[tuple[int, Fraction]]:
    """Where each band begins, in minor units times 1 000 000, and what one unit of the measure earns in it."""
    component, standing = whose
    figure, table = standing.figures[component.code], terms.table
    unit = (figure.quota or 0) if table.over is Over.ATTAINMENT else WHOLE
    of = Fraction(1) if terms.icr is None else terms.icr
    for start, rate, amount, width in bands_of(table):
        yield start * unit, _slope(table, (rate, amount, width), of, (figure, unit))


def _slope(table: RateTable, band: tuple[int, int, int | None], of: Fraction, where: tuple[Figure, int]) -> Fraction:
    (rate, amount, width), (figure, unit) = band, where
    if table.worth is Worth.EACH:
        return Fraction(amount, WHOLE)
    if not table.pays_amounts:
        return of * rate / WHOLE
    worth = figure.target * rate / WHOLE if table.worth is Worth.TARGET else Fraction(amount)
    if table.kind is Kind.STEP:
        return worth
    return worth * WHOLE / (width * unit) if width else Fraction(0)


def _pool(
    made: Personal,
    which: tuple[int, Component],
    stood: Mapping[int, Standing],
    who: tuple[Mapping[int, int], Mapping[int, str]],
) -> None:
    (no, component), (days, teams) = which, who
    by_team = component.pool is not None and component.pool.by_team
    groups: dict[str, list[Member]] = {}
    for person, standing in stood.items():
        member = Member(person, days[person], standing.figures[component.code])
        groups.setdefault(teams.get(person, "") if by_team else "", []).append(member)
    for members in groups.values():
        _, notes, parts = pool_of(component, members)
        for person, part in parts.items():
            made.parts[no, person] = [limited(part, tuned(component, stood[person]))]
            made.notes[no, person] = notes


def _over(slope: Fraction) -> tuple[str, str]:
    return str(slope.numerator), str(slope.denominator)
