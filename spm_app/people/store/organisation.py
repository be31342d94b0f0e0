"""Titles, teams, positions, seats and reporting lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select

from spm_app.kernel.effective import Dated
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId, PositionId, TeamId, TitleId
from spm_app.people.domain import Seat, Team, Title
from spm_app.people.domain.tree import Line
from spm_app.people.tables import PositionRow, ReportingRow, SeatRow, TeamPlaceRow, TeamRow, TitleRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period

    DatedRow = type[SeatRow | ReportingRow | TeamPlaceRow]


def titles(work: Work) -> tuple[Title, ...]:
    """In order of their names."""
    rows = work.session.scalars(select(TitleRow).order_by(TitleRow.name, TitleRow.id))
    return tuple(Title(TitleId(row.id), row.code, row.name) for row in rows)


def add_title(work: Work, code: str, name: str) -> TitleId:
    """Keep a new title."""
    row = TitleRow(code=code, name=name)
    work.session.add(row)
    work.session.flush()
    return TitleId(row.id)


def teams(work: Work, day: date) -> tuple[Team, ...]:
    """In order of their names, each with its parent on that day."""
    placed = select(TeamPlaceRow.team_id, TeamPlaceRow.parent_id).where(_holds_on(TeamPlaceRow, day))
    parents = dict(work.session.execute(placed).all())
    rows = work.session.scalars(select(TeamRow).order_by(TeamRow.name, TeamRow.id))
    return tuple(Team(TeamId(row.id), row.code, row.name, _team_id(parents.get(row.id))) for row in rows)


def add_team(work: Work, code: str, name: str) -> TeamId:
    """Keep a new team, not yet in the tree."""
    row = TeamRow(code=code, name=name)
    work.session.add(row)
    work.session.flush()
    return TeamId(row.id)


def team_places(work: Work, team_id: TeamId) -> tuple[Dated[TeamId | None], ...]:
    """Under which team it hung, and when."""
    query = select(TeamPlaceRow).where(TeamPlaceRow.team_id == team_id).order_by(TeamPlaceRow.start)
    return tuple(Dated(_team_id(row.parent_id), row.start, row.end) for row in work.session.scalars(query))


def days_of_moves(work: Work, day: date) -> tuple[date, ...]:
    """The later days on which any team begins to hang elsewhere."""
    query = select(TeamPlaceRow.start).where(TeamPlaceRow.start > day).distinct().order_by(TeamPlaceRow.start)
    return tuple(work.session.scalars(query))


def set_team_places(work: Work, team_id: TeamId, places: Sequence[Dated[TeamId | None]]) -> None:
    """Keep these in place of what was known."""
    work.session.execute(delete(TeamPlaceRow).where(TeamPlaceRow.team_id == team_id))
    work.session.add_all(
        TeamPlaceRow(team_id=team_id, parent_id=each.value, start=each.start, end=each.end) for each in places
    )
    work.session.flush()


def position(work: Work, code: str, title: Title) -> PositionId:
    """The position with that code, made when there is none; without a code always a new one of the title."""
    row = work.session.scalar(select(PositionRow).where(PositionRow.code == code)) if code else None
    if row is None:
        row = PositionRow(code=code or _next_code(work, title), title_id=title.id)
        work.session.add(row)
        work.session.flush()
    return PositionId(row.id)


def title_of(work: Work, position_id: PositionId) -> TitleId:
    """The title of a position."""
    return TitleId(work.session.get_one(PositionRow, position_id).title_id)


def seats(work: Work, period: Period | None = None, person_ids: Iterable[PersonId] | None = None) -> tuple[Seat, ...]:
    """Without managers; those that overlap the period, in order of person and start."""
    query = (
        select(SeatRow, PositionRow.code, TitleRow.code, TeamRow.code, TeamRow.name)
        .join(PositionRow, PositionRow.id == SeatRow.position_id)
        .join(TitleRow, TitleRow.id == PositionRow.title_id)
        .join(TeamRow, TeamRow.id == SeatRow.team_id)
        .order_by(SeatRow.person_id, SeatRow.start)
    )
    if period is not None:
        query = query.where(_overlaps(SeatRow, period))
    if person_ids is not None:
        query = query.where(SeatRow.person_id.in_([int(each) for each in person_ids]))
    return tuple(_seat(row, words) for row, *words in work.session.execute(query))


def seats_in(work: Work, position_id: PositionId) -> tuple[Dated[PersonId], ...]:
    """Who sat in a position, and when."""
    query = select(SeatRow).where(SeatRow.position_id == position_id).order_by(SeatRow.start)
    return tuple(Dated(PersonId(row.person_id), row.start, row.end) for row in work.session.scalars(query))


def set_seats(work: Work, person_id: PersonId, seats: Sequence[Dated[tuple[PositionId, TeamId]]]) -> None:
    """Keep these in place of what was known of the person."""
    work.session.execute(delete(SeatRow).where(SeatRow.person_id == person_id))
    work.session.add_all(
        SeatRow(person_id=person_id, position_id=each.value[0], team_id=each.value[1], start=each.start, end=each.end)
        for each in seats
    )
    work.session.flush()


def lines(work: Work, period: Period | None = None, person_ids: Iterable[PersonId] | None = None) -> tuple[Line, ...]:
    """Reporting lines that overlap the period, in order of person and start."""
    query = select(ReportingRow).order_by(ReportingRow.person_id, ReportingRow.start)
    if period is not None:
        query = query.where(_overlaps(ReportingRow, period))
    if person_ids is not None:
        query = query.where(ReportingRow.person_id.in_([int(each) for each in person_ids]))
    return tuple(
        Line(PersonId(row.person_id), Dated(PersonId(row.manager_id), row.start, row.end))
        for row in work.session.scalars(query)
    )


def lines_above(work: Work, person_id: PersonId) -> tuple[Line, ...]:
    """The lines of the person, of their managers, of those managers' managers and so on, whenever they held."""
    found: list[Line] = []
    asked: set[PersonId] = set()
    waiting = {person_id}
    while waiting:
        asked |= waiting
        new = lines(work, person_ids=waiting)
        found += new
        waiting = {line.manager.value for line in new} - asked
    return tuple(found)


def lines_to(work: Work, manager_id: PersonId) -> tuple[Line, ...]:
    """The lines of whoever reports or reported to the manager."""
    query = select(ReportingRow.person_id).where(ReportingRow.manager_id == manager_id).distinct()
    reports = work.session.scalars(query).all()
    return tuple(line for line in lines(work, person_ids=map(PersonId, reports)) if line.manager.value == manager_id)


def set_lines(work: Work, person_id: PersonId, managers: Sequence[Dated[PersonId]]) -> None:
    """Keep these in place of what was known of the person."""
    work.session.execute(delete(ReportingRow).where(ReportingRow.person_id == person_id))
    work.session.add_all(
        ReportingRow(person_id=person_id, manager_id=each.value, start=each.start, end=each.end) for each in managers
    )
    work.session.flush()


def title_by_id(work: Work, title_id: TitleId) -> Title:
    """One title. Raises NotFound."""
    row = work.session.get(TitleRow, title_id)
    if row is None:
        raise NotFound("people.title_unknown")
    return Title(TitleId(row.id), row.code, row.name)


def rename_title(work: Work, title_id: TitleId, name: str) -> None:
    """Keep another name; the title is known to be there."""
    work.session.get_one(TitleRow, title_id).name = name


def rename_team(work: Work, team_id: TeamId, name: str) -> str:
    """Keep another name; the one before. Raises NotFound."""
    row = work.session.get(TeamRow, team_id)
    if row is None:
        raise NotFound("people.team_unknown")
    before, row.name = row.name, name
    return before


def remove_title(work: Work, title_id: TitleId) -> None:
    """Take it away with the chairs that nobody ever sat in; nobody is known to hold it."""
    work.session.execute(delete(PositionRow).where(PositionRow.title_id == title_id))
    work.session.execute(delete(TitleRow).where(TitleRow.id == title_id))


def remove_team(work: Work, team_id: TeamId) -> None:
    """Take it away with its places in the tree; nobody is known to sit in it."""
    set_team_places(work, team_id, ())
    work.session.execute(delete(TeamRow).where(TeamRow.id == team_id))


def position_code(work: Work, position_id: PositionId) -> str:
    """The code of a position."""
    return work.session.get_one(PositionRow, position_id).code


def has_team(work: Work, team_id: TeamId) -> bool:
    """Whether there is such a team."""
    return work.session.get(TeamRow, team_id) is not None


def _next_code(work: Work, title: Title) -> str:
    """The title's code and the first number that is free after the count of its positions."""
    number = work.session.scalar(select(func.count()).where(PositionRow.title_id == title.id)) or 0
    while True:
        number += 1
        code = f"{title.code}-{number}"
        if work.session.scalar(select(PositionRow.id).where(PositionRow.code == code)) is None:
            return code


def _seat(row: SeatRow, words: Sequence[str]) -> Seat:
    position_code, title_code, team_code, team_name = words
    return Seat(
        person_id=PersonId(row.person_id),
        position_id=PositionId(row.position_id),
        position_code=position_code,
        title_code=title_code,
        team_id=TeamId(row.team_id),
        team_code=team_code,
        team_name=team_name,
        manager_id=None,
        start=row.start,
        end=row.end,
    )


def _team_id(value: int | None) -> TeamId | None:
    return None if value is None else TeamId(value)


def _holds_on(table: DatedRow, day: date) -> ColumnElement[bool]:
    return (table.start <= day) & or_(table.end.is_(None), table.end > day)


def _overlaps(table: DatedRow, period: Period) -> ColumnElement[bool]:
    return (table.start < period.end) & or_(table.end.is_(None), table.end > period.start)
