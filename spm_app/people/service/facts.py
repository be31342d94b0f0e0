"""What other modules ask about people, inside their own transaction. Nobody's permission is checked here."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.period import Period
from spm_app.kernel.rights import Actor
from spm_app.people.domain import normal
from spm_app.people.domain import tree as trees
from spm_app.people.domain.seating import with_managers
from spm_app.people.store import accounts, organisation
from spm_app.people.store import pay as pays
from spm_app.people.store import persons as store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.infra.db import Work
    from spm_app.kernel.effective import Dated, Timeline
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Permission, Role
    from spm_app.people.domain import Company, Pay, Person, Seat, Team, Title

#: All days there are.
EVER = Period(date.min, date.max)


def company(work: Work) -> Company:
    """The company. Raises NotFound before it is set up."""
    found = store.company(work)
    if found is None:
        raise NotFound("people.company_not_set_up")
    return found


def zone() -> str:
    """The time zone in which the company reads its clocks; UTC before it is set up. In a transaction of its own."""
    with reading() as work:
        found = store.company(work)
    return found.calendar.zone if found else "UTC"


def currency() -> str:
    """The code of the currency in which pay is reckoned, in a transaction of its own. Raises NotFound before set-up."""
    with reading() as work:
        return company(work).currency.code


def persons(work: Work) -> tuple[Person, ...]:
    """Everybody who works here or did, in order of their names."""
    return store.persons(work)


def person(work: Work, person_id: PersonId) -> Person:
    """One person. Raises NotFound."""
    return store.person(work, person_id)


def titles(work: Work) -> tuple[Title, ...]:
    """Every title, in order of the names."""
    return organisation.titles(work)


def teams(work: Work, day: date) -> tuple[Team, ...]:
    """Every team with its parent on that day, in order of the names."""
    return organisation.teams(work, day)


def titles_of(work: Work, person_id: PersonId) -> frozenset[str]:
    """The codes of all titles that the person ever held."""
    return frozenset(each.title_code for each in organisation.seats(work, person_ids=[person_id]))


def seats(work: Work, period: Period, person_ids: Iterable[PersonId] | None = None) -> tuple[Seat, ...]:
    """Every stretch of unchanged position, team and manager that overlaps the period, in order of person and day.

    Stretches are whole, not cut to the period. A person without a seat has none.
    """
    ids = None if person_ids is None else tuple(person_ids)
    managers: dict[PersonId, list[Dated[PersonId]]] = {}
    for line in organisation.lines(work, person_ids=ids):
        managers.setdefault(line.person_id, []).append(line.manager)
    return tuple(
        stretch
        for seat in organisation.seats(work, period, ids)
        for stretch in with_managers(seat, managers.get(seat.person_id, ()))
        if stretch.start < period.end and (stretch.end is None or stretch.end > period.start)
    )


def people_below(work: Work, manager: PersonId, period: Period) -> frozenset[PersonId]:
    """Everybody under the manager at any depth on at least one day of the period."""
    return trees.below(organisation.lines(work, period), manager, period)


def visible_people(
    work: Work, actor: Actor, period: Period, everyone: Permission, team: Permission | None
) -> frozenset[PersonId] | None:
    """Whose rows the actor may read: None means everyone's, otherwise always their own, and with `team` those below."""
    if actor.may(everyone):
        return None
    own = frozenset({actor.person_id})
    return own | people_below(work, actor.person_id, period) if team and actor.may(team) else own


def actor_for(work: Work, person_id: PersonId) -> Actor:
    """The person as one who acts; without a live account they have no roles. Raises NotFound."""
    found = store.person(work, person_id)
    return Actor(found.id, found.name, accounts.roles_of(work, person_id), found.language)


def holders(work: Work, role: Role) -> tuple[Actor, ...]:
    """Everybody with a live account in that role, as those who act."""
    return tuple(actor_for(work, each) for each in accounts.any_with(work, role))


def person_ids_by_name(work: Work) -> dict[str, PersonId]:
    """Persons by normalised name, external id and e-mail. A key that two persons share is left out: never guessed."""
    keys = [
        (normal(text), each.id)
        for each in store.persons(work)
        for text in {each.name, each.external_id, each.email}
        if text
    ]
    held = Counter(key for key, _ in set(keys))
    return {key: person_id for key, person_id in keys if held[key] == 1}


def pay_of(work: Work, period: Period) -> dict[PersonId, Timeline[Pay]]:
    """Base pay and target incentive by person; for those with any in the period, until the day they left."""
    gone = {each.id: each.left_on for each in store.persons(work) if each.left_on}
    found = {each: _until(timeline, gone.get(each)) for each, timeline in pays.timelines(work).items()}
    return {
        each: timeline
        for each, timeline in found.items()
        if any(step.start < period.end and (step.end is None or step.end > period.start) for step in timeline.steps)
    }


def _until(timeline: Timeline[Pay], day: date | None) -> Timeline[Pay]:
    if day is None:
        return timeline
    steps = (step for step in timeline.steps if step.start < day)
    return replace(
        timeline,
        steps=tuple(replace(step, end=day) if step.end is None or step.end > day else step for step in steps),
    )
