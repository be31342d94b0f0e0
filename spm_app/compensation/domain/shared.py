"""What is earned without deals of one's own: objectives by their scores, and a pool that a team earns and shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.lookups import reached
from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.pays import ShareBy
from spm_app.compensation.domain.personal import rate_of_target
from spm_app.compensation.domain.quotas import half_up
from spm_app.compensation.domain.rates import Bound, Kind
from spm_app.compensation.domain.shapes import shaped
from spm_app.compensation.domain.slices import Base, slices, total_of
from spm_app.compensation.domain.standing import Figure, Standing
from spm_app.compensation.domain.sums import sum_of
from spm_app.compensation.domain.targets import limit_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.compensation.domain.pays import Objective
    from spm_app.compensation.domain.personal import Tuned
    from spm_app.compensation.domain.terms import Component


@dataclass(frozen=True, slots=True)
class Part:
    """An amount that belongs to no deal: an objective's, a share of a pool, what is missing to a floor."""

    role: str
    name: str
    amount: int
    derivation: Mapping[str, Any]


def by_objectives(component: Component, target: Fraction, scores: Mapping[str, int], factor: Fraction) -> list[Part]:
    """Each objective's part of the target, in whole minor units that add up to the whole rounded once."""
    pays = [_pays(each, scores.get(each.code)) for each in component.objectives]
    exact = [
        target * Fraction(each.weight, WHOLE) * Fraction(paid, WHOLE) * factor
        for each, paid in zip(component.objectives, pays, strict=True)
    ]
    cap = limit_in(component.pays.caps.component, target)
    capped = [_most(each, exact[:at], cap) for at, each in enumerate(exact)]
    return [
        Part(
            "objective",
            each.code,
            amount,
            {
                "name": {"en": each.name_en, "it": each.name_it},
                "target": str(target),
                "weight": each.weight,
                "score": scores.get(each.code),
                "pays": paid,
                "exact": str(own),
            },
        )
        for each, paid, own, amount in zip(component.objectives, pays, capped, whole_parts(capped), strict=True)
    ]


def _most(own: Fraction, earlier: Sequence[Fraction], cap: Fraction | None) -> Fraction:
    if cap is None:
        return own
    before = sum(earlier, Fraction(0))
    return min(before + own, cap) - min(before, cap)


def _pays(objective: Objective, score: int | None) -> int:
    """What a score is worth in parts per million: by the scale, or the score itself up to the whole."""
    if score is None:
        return 0
    if not objective.scale:
        return max(0, min(score, WHOLE))
    starts = [each.start for each in objective.scale]
    return 0 if score < starts[0] else objective.scale[reached(starts, score, Bound.LOWER_INCLUSIVE)].rate


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a part in a pool, and the days on which they were in the plan."""

    person_id: int
    days: int
    figure: Figure


def pool_of(component: Component, members: Sequence[Member]) -> tuple[int, dict[str, Any], dict[int, Part]]:
    """What the members earn together, how that came about, and each one's share in whole minor units."""
    together = _together(members)
    total, notes = _earned(component, together)
    earned = half_up(total)
    weights = {each.person_id: _weight(component, each) for each in members}
    if not any(weights.values()):
        weights = {each.person_id: Fraction(each.days) for each in members}
    whole = sum(weights.values(), Fraction(0))
    exact = {person: earned * weight / whole for person, weight in weights.items()}
    amounts = dict(zip(exact, whole_parts([*exact.values()]), strict=True))
    of_all = {"team_measure": str(together.value), "team_quota": together.quota, "team": notes}
    said = {**of_all, "members": len(members), "pool": earned}
    by = component.pool.by.value if component.pool else ""
    parts = {
        person: Part(
            "pool",
            "",
            amount,
            {**said, "by": by, "weight": str(weights[person]), "of": str(whole), "exact": str(exact[person])},
        )
        for person, amount in amounts.items()
    }
    return earned, said, parts


def limited(part: Part, terms: Tuned) -> Part:
    """A member's share after the member's own gates and modifiers, and up to the cap."""
    after = part.amount * terms.factor
    amount = half_up(after if terms.cap is None else min(after, terms.cap))
    if amount == part.amount:
        return part
    return replace(part, amount=amount, derivation={**part.derivation, **terms.notes, "share": part.amount})


def _together(members: Sequence[Member]) -> Figure:
    figures = [each.figure for each in members]
    quotas = [each.quota for each in figures if each.quota is not None]
    return Figure(
        value=sum((each.value for each in figures), Fraction(0)),
        before=sum((each.before for each in figures), Fraction(0)),
        base=sum(each.base for each in figures),
        lines=sum(each.lines for each in figures),
        quota=sum(quotas) if quotas else None,
        target=sum((each.target for each in figures), Fraction(0)),
    )


def _earned(component: Component, together: Figure) -> tuple[Fraction, dict[str, Any]]:
    """By the table, on what all have done."""
    table = shaped(component)
    if table.kind in {Kind.CURVE, Kind.GRID, Kind.STEP}:
        total, _, notes, _ = sum_of(component, table, Standing({component.code: together}))
        return total, notes
    base = Base(together.quota, together.target, rate_of_target(component, together))
    now, before = int(together.value), int(together.before)
    found = slices(table, 0, now, reached=now, base=base)
    return total_of(found) - total_of(slices(table, 0, before, reached=before, base=base)), {"slices": found}


def _weight(component: Component, member: Member) -> Fraction:
    """Nobody's share is below nothing."""
    value, by = member.figure.value, component.pool.by if component.pool else ShareBy.EQUAL
    if by is ShareBy.EQUAL:
        return Fraction(member.days)
    if by is ShareBy.CREDIT:
        return max(value, Fraction(0))
    return max(value / (member.figure.quota or 1), Fraction(0)) if member.figure.has_quota else Fraction(0)


def whole_parts(exact: Sequence[Fraction]) -> list[int]:
    """Whole units that add up to the rounded sum: each rounded down, the rest to the largest remainders in order."""
    parts = [each.numerator // each.denominator for each in exact]
    left = half_up(sum(exact, Fraction(0))) - sum(parts)
    queue = sorted(range(len(exact)), key=lambda at: (parts[at] - exact[at], at))
    for at in queue[:left]:
        parts[at] += 1
    return parts
