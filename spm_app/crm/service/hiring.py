"""People that an import brings: created with team and manager, so that their deals have somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.crm.domain.fields import bare
from spm_app.crm.domain.staffing import spoken
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people
from spm_app.people.domain import NewPerson

if TYPE_CHECKING:
    from datetime import date

    from spm_app.crm.domain.staffing import NewStaff, Staffing
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, TeamId, TitleId
    from spm_app.kernel.rights import Actor

#: Titles of who sells and of who leads, as code and name; made when the company has none with that code.
_SELLS, _LEADS = ("REP", "Account executive"), ("LEAD", "Team lead")


def create(work: Work, actor: Actor, plan: Staffing, since: date) -> dict[str, PersonId]:
    """Hire whoever is new, from their own first day or `since`; everybody's id by their name as it is `spoken`.

    Who has no team gets no seat: the administrator finds them among people without one.
    """
    ids = people.person_ids_by_name(work)
    if not plan.created:
        return ids
    require(actor, Permission.WRITE_PEOPLE)
    first = min([since, *(each.record.hired_on for each in plan.created if each.record.hired_on)])
    teams = _teams(work, actor, {each.record.team for each in plan.created} - {""}, first)
    titles = {leads: _title(work, actor, *(_LEADS if leads else _SELLS)) for leads in {e.leads for e in plan.created}}
    for each in plan.created:
        ids[spoken(each.record.name)] = people.enter(work, actor, _person(each, since, ids, (teams, titles)))
    return ids


def _person(
    new: NewStaff, since: date, ids: dict[str, PersonId], places: tuple[dict[str, TeamId], dict[bool, TitleId]]
) -> NewPerson:
    teams, titles = places
    return NewPerson(
        name=new.record.name,
        hired_on=new.record.hired_on or since,
        email=new.record.email,
        external_id=new.record.external_id,
        title_id=titles[new.leads],
        team_id=teams.get(bare(new.record.team)),
        manager_id=ids.get(spoken(new.record.manager)),
    )


def _teams(work: Work, actor: Actor, names: set[str], since: date) -> dict[str, TeamId]:
    """Ids by bare name; a team is known by its name or its code."""
    known = people.teams(work, since)
    found = {bare(text): each.id for each in known for text in (each.code, each.name)}
    for name in sorted(names):
        if bare(name) not in found:
            code = bare(name).upper()[:64]
            found[bare(name)] = people.open_team(work, actor, code, name, from_day=since)
    return found


def _title(work: Work, actor: Actor, code: str, name: str) -> TitleId:
    known = next((each.id for each in people.titles(work) if each.code == code), None)
    return known or people.open_title(work, actor, code, name)
