"""A personnel file as lines: columns found by their names, cells read strictly, and what each line would change."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spm_app.kernel.problem import Problem
from spm_app.people.domain.persons import Engagement, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: What a personnel file may say, and how its columns are called in English and Italian files.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "employee", "nome", "nominativo", "nome e cognome", "dipendente"),
    "external_id": ("id", "number", "employee id", "personnel number", "employee number", "matricola", "codice"),
    "email": ("email", "e-mail", "mail", "e-mail address", "email address", "indirizzo e-mail", "posta elettronica"),
    "hired_on": ("hired on", "hired", "hire date", "start", "start date", "assunzione", "data assunzione"),
    "left_on": ("left on", "end", "end date", "leave date", "first day away", "cessazione", "data cessazione"),
    "title": ("title", "job", "job title", "position", "role", "ruolo", "qualifica", "mansione"),
    "team": ("team", "department", "unit", "reparto", "ufficio", "squadra"),
    "manager": ("manager", "reports to", "supervisor", "responsabile", "superiore"),
    "language": ("language", "lingua"),
    "engagement": ("engagement", "kind", "employment", "rapporto", "tipo di rapporto"),
}
NEEDED = ("name", "hired_on")
#: Order of day, month and year where they are written with numbers; ISO dates are always understood.
ORDERS = ("ymd", "dmy", "mdy")
_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_LANGUAGES = {"en": "en", "english": "en", "inglese": "en", "it": "it", "italian": "it", "italiano": "it"}

_ENGAGEMENTS = {
    "employee": Engagement.EMPLOYEE,
    "dipendente": Engagement.EMPLOYEE,
    "agent": Engagement.AGENT,
    "agente": Engagement.AGENT,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row that could be read; `number` is the row as a spreadsheet counts it. Empty texts say nothing."""

    number: int
    name: str
    hired_on: date
    external_id: str = ""
    email: str = ""
    left_on: date | None = None
    title: str = ""
    team: str = ""
    manager: str = ""
    language: str = ""
    engagement: Engagement | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """By what others may name the person, the surest first."""
        return tuple(normal(each) for each in (self.external_id, self.email, self.name) if each)


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read, and why the rest could not; together they are all rows."""

    lines: tuple[Line, ...]
    refused: tuple[Problem, ...]


def guess_columns(heading: Sequence[str]) -> dict[str, int]:
    """Which column says what, by the names of the columns; each column at most once."""
    names = [normal(each).replace("_", " ") for each in heading]
    found: dict[str, int] = {}
    for field, known in FIELDS.items():
        at = next((names.index(each) for each in known if each in names), None)
        if at is not None and at not in found.values():
            found[field] = at
    return found


def read(rows: Iterable[Sequence[str]], columns: Mapping[str, int], order: str = "ymd") -> Read:
    """Every row below the heading. Empty rows are no rows; a key that two rows share refuses the later one."""
    lines: list[Line] = []
    refused: list[Problem] = []
    for number, cells in enumerate(rows, start=2):
        said = {field: cells[at].strip() if at < len(cells) else "" for field, at in columns.items()}
        if not any(said.values()):
            continue
        found = _line(number, said, order)
        if isinstance(found, Line):
            lines.append(found)
        else:
            refused.append(found)
    return _once(lines, refused)


def in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Whoever others of the file report to before those others, as far as there is no circle."""
    by_key = {key: line for line in lines for key in line.keys}
    placed: dict[int, Line] = {}

    def place(line: Line, above: frozenset[int]) -> None:
        manager = by_key.get(normal(line.manager)) if line.manager else None
        if manager is not None and manager.number not in above | {line.number}:
            place(manager, above | {line.number})
        placed.setdefault(line.number, line)

    for line in lines:
        place(line, frozenset())
    return tuple(placed.values())


def day(text: str, order: str) -> date | None:
    """The day; None when it is none. A time behind an ISO day is left out."""
    found = _DAY.fullmatch(text.strip().split("T")[0].split(" ")[0])
    if not found:
        return None
    parts = dict(zip("ymd" if len(found[1]) == 4 else order, found.groups(), strict=True))
    try:
        return date(int(parts["y"]), int(parts["m"]), int(parts["d"])) if len(parts["y"]) == 4 else None
    except ValueError:
        return None


def _line(number: int, said: Mapping[str, str], order: str) -> Line | Problem:
    name, hired = " ".join(said.get("name", "").split()), day(said.get("hired_on", ""), order)
    left_text = said.get("left_on", "")
    left = day(left_text, order) if left_text else None
    if not name:
        return _refused(number, "people.row.no_name")
    if hired is None:
        return _refused(number, "people.row.no_day", text=said.get("hired_on", ""))
    if left_text and left is None:
        return _refused(number, "people.row.no_day", text=left_text)
    if left is not None and left <= hired:
        return _refused(number, "people.left_before_hired")
    return Line(
        number=number,
        name=name,
        hired_on=hired,
        external_id=said.get("external_id", ""),
        email=said.get("email", "").lower(),
        left_on=left,
        title=said.get("title", ""),
        team=said.get("team", ""),
        manager=said.get("manager", ""),
        language=_LANGUAGES.get(normal(said.get("language", "")), ""),
        engagement=_ENGAGEMENTS.get(normal(said.get("engagement", ""))),
    )


def _once(lines: Sequence[Line], refused: Sequence[Problem]) -> Read:
    seen: Counter[str] = Counter()
    kept: list[Line] = []
    twice: list[Problem] = []
    for line in lines:
        sure = [key for key in line.keys[:-1] if seen[key]]
        if sure:
            twice.append(_refused(line.number, "people.row.twice", text=sure[0]))
            continue
        seen.update(line.keys[:-1])
        kept.append(line)
    return Read(tuple(kept), tuple(sorted([*refused, *twice], key=lambda each: int(each.at))))


def _refused(number: int, key: str, **args: object) -> Problem:
    return Problem(str(number), key, args)
