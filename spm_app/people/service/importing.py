"""Bringing a personnel file in: tried first, then done in one transaction; every row that is refused says why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spm_app.infra import audit
from spm_app.infra.db import unit_of_work
from spm_app.kernel.errors import InvalidInput, SpmError
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Permission, require
from spm_app.people.domain import NewPerson, SeatChange, importing, normal
from spm_app.people.service import corrections, directory, facts, files, staff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId, TeamId, TitleId
    from spm_app.kernel.rights import Actor
    from spm_app.people.domain import Seat
    from spm_app.people.domain.importing import Line


@dataclass(frozen=True, slots=True)
class Asked:
    """How the file is to be read; without columns they are found by their names. Changes hold from `from_day`."""

    columns: Mapping[str, int] | None = None
    order: str = "ymd"
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What the file did, or would do: hired + changed + same + refused are all its rows."""

    heading: tuple[str, ...]
    columns: Mapping[str, int]
    sample: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    hired: int = 0
    changed: int = 0
    same: int = 0
    refused: tuple[Problem, ...] = ()
    new_titles: tuple[str, ...] = ()
    new_teams: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many were read."""
        return self.hired + self.changed + self.same + len(self.refused)


class _Undo(Exception):
    """Ends a transaction without keeping anything."""


class _RowRefused(Exception):
    def __init__(self, line: Line, why: SpmError) -> None:
        super().__init__(line.number)
        found = why.problems[0] if isinstance(why, InvalidInput) and why.problems else None
        key, args = (found.key, found.args) if found else (why.key, why.args_of_text)
        self.line, self.problem = line, Problem(str(line.number), key, args)


@dataclass(slots=True)
class _Doing:
    """One pass over the lines inside one transaction."""

    work: Work
    actor: Actor
    from_day: date
    titles: dict[str, TitleId]
    teams: dict[str, TeamId]
    ids: dict[str, PersonId]
    seats: dict[PersonId, Seat]
    hired: int = 0
    changed: int = 0
    same: int = 0
    new_titles: list[str] = field(default_factory=list[str])
    new_teams: list[str] = field(default_factory=list[str])

    def title(self, name: str) -> TitleId | None:
        """By code or name; a new one when there is none."""
        if not name:
            return None
        if normal(name) not in self.titles:
            code = normal(name).upper().replace(" ", "-")[:60]
            self.titles[normal(name)] = staff.open_title(self.work, self.actor, code, name)
            self.new_titles.append(name)
        return self.titles[normal(name)]

    def team(self, name: str, since: date) -> TeamId | None:
        """The same for a team, at the top of the tree."""
        if not name:
            return None
        if normal(name) not in self.teams:
            code = normal(name).upper().replace(" ", "-")[:60]
            self.teams[normal(name)] = staff.open_team(self.work, self.actor, code, name, from_day=since)
            self.new_teams.append(name)
        return self.teams[normal(name)]


def import_people(actor: Actor, content: bytes, asked: Asked | None = None, *, dry_run: bool) -> Imported:
    """Read the file and do what it says, or with `dry_run` only say what would be done.

    People are found by personnel number, e-mail or name, in this order. What a file does not say stays as it is.
    """
    require(actor, Permission.WRITE_PEOPLE)
    wanted, sheet = asked or Asked(), files.read(content)
    columns = dict(wanted.columns) if wanted.columns is not None else importing.guess_columns(sheet.heading)
    found = Imported(sheet.heading, columns, sheet.rows[:5], sheet.encoding, sheet.delimiter)
    if missing := [each for each in importing.NEEDED if each not in columns]:
        problems = [Problem(each, "people.file.column_missing") for each in missing]
        return replace(found, refused=tuple(problems)) if dry_run else _stop(problems)

    read = importing.read(sheet.rows, columns, wanted.order)
    return _until_it_fits(actor, found, read, wanted.from_day, dry_run=dry_run)


def _stop(problems: list[Problem]) -> Imported:
    raise InvalidInput("people.form_has_errors", problems)


def _until_it_fits(
    actor: Actor, found: Imported, read: importing.Read, from_day: date | None, *, dry_run: bool
) -> Imported:
    """A row that the rules of people refuse takes its whole attempt back; the others are tried again without it."""
    lines, refused = list(importing.in_order(read.lines)), list(read.refused)
    while True:
        done: _Doing | None = None
        try:
            with unit_of_work() as work:
                done = _pass(work, actor, lines, from_day)
                _record(work, actor, done, dry_run=dry_run)
        except _RowRefused as row:
            refused.append(row.problem)
            lines.remove(row.line)
            continue
        except _Undo:
            pass
        assert done is not None  # noqa: S101 - the pass ended well
        return replace(
            found,
            hired=done.hired,
            changed=done.changed,
            same=done.same,
            refused=tuple(sorted(refused, key=lambda each: int(each.at))),
            new_titles=tuple(done.new_titles),
            new_teams=tuple(done.new_teams),
        )


def _record(work: Work, actor: Actor, done: _Doing, *, dry_run: bool) -> None:
    if dry_run:
        raise _Undo
    audit.record(work, actor, "person.imported", "people", hired=done.hired, changed=done.changed)


def _pass(work: Work, actor: Actor, lines: list[Line], from_day: date | None) -> _Doing:
    day = from_day or directory.today(work)
    titles = {normal(key): each.id for each in facts.titles(work) for key in (each.code, each.name)}
    teams = {normal(key): each.id for each in facts.teams(work, day) for key in (each.code, each.name)}
    ever = facts.seats(work, facts.EVER)
    doing = _Doing(
        work, actor, day, titles, teams, facts.person_ids_by_name(work), {each.person_id: each for each in ever}
    )
    for line in lines:
        try:
            _do(doing, line)
        except SpmError as why:
            raise _RowRefused(line, why) from why
    return doing


def _do(doing: _Doing, line: Line) -> None:
    manager = doing.ids.get(normal(line.manager)) if line.manager else None
    if line.manager and manager is None:
        raise InvalidInput("people.row.no_manager", text=line.manager)
    known = next((doing.ids[key] for key in line.keys if key in doing.ids), None)
    if known is None:
        _hire(doing, line, manager)
        return
    changed = [_correct(doing, known, line), _seat(doing, known, line, manager), _leave(doing, known, line)]
    doing.changed += any(changed)
    doing.same += not any(changed)


def _hire(doing: _Doing, line: Line, manager: PersonId | None) -> None:
    title, team = doing.title(line.title), doing.team(line.team, line.hired_on)
    new = NewPerson(line.name, line.hired_on, line.email, line.external_id, line.language or "en", title, team, manager)
    new = replace(new, engagement=line.engagement or new.engagement)
    person_id = staff.enter(doing.work, doing.actor, new)
    doing.ids.update(dict.fromkeys(line.keys, person_id))
    if line.left_on is not None:
        staff.depart(doing.work, doing.actor, person_id, line.left_on)
    doing.hired += 1


def _correct(doing: _Doing, person_id: PersonId, line: Line) -> bool:
    person = facts.person(doing.work, person_id)
    said = replace(
        person,
        name=line.name,
        hired_on=line.hired_on,
        email=line.email or person.email,
        external_id=line.external_id or person.external_id,
        language=line.language or person.language,
        engagement=line.engagement or person.engagement,
    )
    if said == person:
        return False
    corrections.correct(doing.work, doing.actor, said)
    return True


def _seat(doing: _Doing, person_id: PersonId, line: Line, manager: PersonId | None) -> bool:
    """A change holds from the day of the import; who has no seat yet gets one from that day."""
    now = doing.seats.get(person_id)
    day = max(doing.from_day, line.hired_on)
    title, team = doing.title(line.title), doing.team(line.team, day)
    if now is not None:
        title = title or doing.titles[normal(now.title_code)]
        team, manager = team or now.team_id, manager or now.manager_id
        is_same = (doing.titles[normal(now.title_code)], now.team_id, now.manager_id) == (title, team, manager)
        if is_same or now.end is not None:
            return False
    if title is None or team is None:
        return False
    staff.seat_from(doing.work, doing.actor, person_id, SeatChange(title, team, manager, day))
    return True


def _leave(doing: _Doing, person_id: PersonId, line: Line) -> bool:
    if line.left_on is None or facts.person(doing.work, person_id).left_on == line.left_on:
        return False
    staff.depart(doing.work, doing.actor, person_id, line.left_on)
    return True
