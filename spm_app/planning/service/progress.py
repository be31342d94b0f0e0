"""How far everybody is towards their quota: one's own quarters of the year, and this quarter of those one leads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.crm import service as crm
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.money import Money, total
from spm_app.kernel.period import Grain, Period
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.planning import store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor
    from spm_app.planning.domain.goal import Quota


@dataclass(frozen=True, slots=True)
class Line:
    """A quarter of one person, or of all in a team: the quota, and their part of what was won in it so far."""

    person_id: PersonId | None
    name: str
    period: Period
    quota: Money
    won: Money

    @property
    def attainment(self) -> Fraction | None:
        """Won over quota; None without a quota to speak of."""
        return Fraction(self.won.minor, self.quota.minor) if self.quota.minor > 0 else None


@dataclass(frozen=True, slots=True)
class Progress:
    """`own` has a line for each quarter of the year with a quota; `teams` and `others` those of this quarter, by name.

    A team's line counts only the people whose targets may be read; a person's is for who may also read their deals.
    """

    own: tuple[Line, ...]
    teams: tuple[Line, ...]
    others: tuple[Line, ...]


def progress(actor: Actor) -> Progress:
    """The actor's own targets of this fiscal year and, for who may read them, the others' of this quarter."""
    require(actor, Permission.READ_TARGETS)
    with reading() as work:
        calendar = people.company(work).calendar
        now = calendar.containing(calendar.day_of(clock.now()), Grain.QUARTER)
        year = calendar.periods(int(now.code[:4]), Grain.QUARTER)
        seen = people.visible_people(
            work, actor, now, everyone=Permission.READ_ALL_TARGETS, team=Permission.READ_TEAM_STATEMENTS
        )
        sold = people.visible_people(work, actor, now, everyone=Permission.READ_ALL_CRM, team=Permission.READ_TEAM_CRM)
        lines = {each: _lines(work, each) for each in year}
        teams = {each.person_id: each.team_name for each in people.seats(work, now)}

    own = tuple(each for quarter in year for each in lines[quarter] if each.person_id == actor.person_id)
    shown = sorted((each for each in lines[now] if seen is None or each.person_id in seen), key=lambda each: each.name)
    others = [each for each in shown if each.person_id != actor.person_id]
    by_person = tuple(each for each in others if sold is None or each.person_id in sold)
    return Progress(own, tuple(_by_team(shown, teams)) if others else (), by_person)


def _by_team(lines: Iterable[Line], teams: Mapping[PersonId, str]) -> Iterator[Line]:
    """One line a team, by name; who sits nowhere any more is in none."""
    members: dict[str, list[Line]] = defaultdict(list)
    for each in lines:
        if each.person_id is not None and each.person_id in teams:
            members[teams[each.person_id]].append(each)
    for name, of_team in sorted(members.items()):
        currency = of_team[0].quota.currency
        quota, won = (total(amounts, currency) for amounts in zip(*((x.quota, x.won) for x in of_team), strict=True))
        yield Line(None, name, of_team[0].period, quota, won)


def _lines(work: Work, quarter: Period) -> tuple[Line, ...]:
    quotas = store.quotas(work, quarter)
    if not quotas:
        return ()
    names = {each.id: each.name for each in people.persons(work)}
    won = _won(work, quarter)
    return tuple(_line(each, names.get(each.person_id, ""), won) for each in quotas)


def _line(quota: Quota, name: str, won: dict[tuple[PersonId, str], int]) -> Line:
    currency = quota.amount.currency
    so_far = Money.from_minor(won[quota.person_id, currency.code], currency)
    return Line(quota.person_id, name, quota.period, quota.amount, so_far)


def _won(work: Work, quarter: Period) -> dict[tuple[PersonId, str], int]:
    """Everybody's parts of what was won, in minor units, by currency; a deal counts once, to the cent."""
    sums: dict[tuple[PersonId, str], int] = defaultdict(int)
    for deal in crm.closed_in(work, quarter):
        if deal.outcome == "won" and deal.amount is not None and deal.owners:
            parts = deal.amount.rounded().share([each.share_ppm for each in deal.owners])
            for owner, part in zip(deal.owners, parts, strict=True):
                sums[owner.person_id, part.currency.code] += part.minor
    return sums
