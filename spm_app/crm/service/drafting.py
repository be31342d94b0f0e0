"""From uploaded files to a request that a person can look at and correct."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from spm_app.crm.domain.fields import guess_columns, guess_kind, missing
from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.mapping import Act, Asked, FileRequest, Meaning, Request, guess_outcome, guess_same
from spm_app.crm.domain.staffing import spoken
from spm_app.crm.domain.transcribe import persons_of, places_of, values_of
from spm_app.crm.service import sheets
from spm_app.crm.store import accounts
from spm_app.infra import files
from spm_app.infra.db import reading
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spm_app.crm.domain.layout import Layout, Row, Table
    from spm_app.crm.domain.mapping import SavedMapping
    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor

    Tables = Mapping[Kind, Table]
    Guess = Callable[[str], Meaning | None]


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file as it is understood now: its heading, first rows, sheets, and required fields without a column.

    `top` are its first lines, one of which is the heading.
    """

    file: FileRequest
    heading: tuple[str, ...]
    first: tuple[Row, ...]
    rows: int
    sheets: tuple[str, ...]
    missing: tuple[str, ...]
    top: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A word of the source: how often it comes, and what it is taken for; None is for a person to decide."""

    asked: Asked
    value: str
    count: int
    meaning: Meaning | None


def draft(
    actor: Actor, uploads: Sequence[tuple[str, bytes]], saved: SavedMapping | None = None, source: str = ""
) -> Request:
    """Keep the files and guess everything about them; a saved mapping goes before guesses."""
    require(actor, Permission.IMPORT_CRM)
    if not uploads:
        raise InvalidInput("crm.file.none")
    found = tuple(_file(name, content, saved) for name, content in uploads)
    kinds = {each.kind for each in found}
    if len(kinds) < len(found):
        raise InvalidInput("crm.file.kind_twice")
    with reading() as work:
        currency = people.company(work).currency.code
    return Request(
        source=source or (saved.source if saved else PurePath(found[0].filename).stem[:64]),
        currency=saved.currency if saved and saved.currency else currency,
        files=found,
        meanings=saved.meanings if saved else {},
        makes_people=saved.makes_people if saved else False,
        makes_accounts=saved.makes_accounts if saved else Kind.ACCOUNT not in kinds,
        makes_products=saved.makes_products if saved else Kind.PRODUCT not in kinds,
    )


def look(actor: Actor, file: FileRequest) -> FileLook:
    """The file as it would be read now."""
    require(actor, Permission.IMPORT_CRM)
    content = files.read(file.content)
    found = sheets.table(content, file.layout)
    places = places_of(found, file.columns)
    lacking = missing(file.kind, {name: column for name, column in file.columns.items() if name in places})
    return FileLook(
        file,
        found.heading,
        found.rows[:5],
        len(found.rows),
        sheets.sheets(content),
        lacking,
        sheets.top(content, file.layout),
    )


def turned(actor: Actor, file: FileRequest, kind: Kind) -> FileRequest:
    """The same file with its rows taken for another kind, columns guessed anew."""
    require(actor, Permission.IMPORT_CRM)
    heading = sheets.table(files.read(file.content), file.layout).heading
    return replace(file, kind=kind, columns=guess_columns(kind, heading))


def relaid(actor: Actor, file: FileRequest, layout: Layout) -> FileRequest:
    """The same file read another way. Where that gives it another heading, its columns are guessed anew.

    Another sheet has its heading where it seems to be. Raises InvalidInput for what is no table when read that way.
    """
    require(actor, Permission.IMPORT_CRM)
    content = files.read(file.content)
    if layout.sheet != file.layout.sheet:
        layout = sheets.with_heading_guessed(content, layout)
    before, after = (sheets.table(content, each).heading for each in (file.layout, layout))
    if before == after:
        return replace(file, layout=layout)
    was_understood = not missing(file.kind, dict(file.columns))
    kind = file.kind if was_understood else guess_kind(after)
    return replace(file, layout=layout, kind=kind, columns=guess_columns(kind, after))


def with_heading(actor: Actor, request: Request, line: int) -> Request:
    """The same request with the heading of every file on that line."""
    found = (relaid(actor, each, replace(each.layout, heading=line)) for each in request.files)
    return replace(request, files=tuple(found))


def questions(actor: Actor, request: Request) -> tuple[Question, ...]:
    """Every stage, product and owner that deals name, with what it is taken for."""
    require(actor, Permission.IMPORT_CRM)
    tables = tables_of(request)
    with reading() as work:
        return tuple(ask(work, request, tables))


def targets(actor: Actor, request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What owners and products may stand for: names of people, and ids of products, the files' own included."""
    require(actor, Permission.IMPORT_CRM)
    tables = tables_of(request)
    with reading() as work:
        names = {each.name for each in people.persons(work)}
        products = _product_names(work, request, tables)
    names |= _people_of_file(request, tables)
    return tuple(sorted(names)), tuple(sorted(products))


def ask(work: Work, request: Request, tables: Tables) -> list[Question]:
    """The same inside a transaction that is under way."""
    file = request.of(Kind.DEAL)
    if file is None:
        return []
    guesses: dict[Asked, Guess] = {
        Asked.STAGE: lambda value: Meaning(Act.IS, guess_outcome(value)),
        Asked.PRODUCT: _among(_product_names(work, request, tables)),
        Asked.OWNER: _among_people(work, request, tables),
    }
    return [
        Question(asked, value, count, request.meanings.get(asked, {}).get(value) or guess(value))
        for asked, guess in guesses.items()
        for value, count in values_of(tables[Kind.DEAL], file, asked.value).items()
    ]


def tables_of(request: Request) -> dict[Kind, Table]:
    """Every file of the request, read. Raises InvalidInput when a required field has no column."""
    found = {each.kind: sheets.table(files.read(each.content), each.layout) for each in request.files}
    for each in request.files:
        places = places_of(found[each.kind], each.columns)
        lacking = missing(each.kind, dict.fromkeys(places, "there"))
        if lacking:
            raise InvalidInput("crm.file.column_missing", filename=each.filename, field=lacking[0])
    return found


def _file(filename: str, content: bytes, saved: SavedMapping | None) -> FileRequest:
    layout = sheets.guess_layout(content)
    heading = sheets.table(content, layout).heading
    kind = _known_kind(heading, saved) or guess_kind(heading)
    columns = saved.columns[kind] if saved and kind in saved.columns else guess_columns(kind, heading)
    if saved and kind in saved.layouts:
        layout = replace(layout, decimal=saved.layouts[kind].decimal, days=saved.layouts[kind].days)
    return FileRequest(PurePath(filename).name[:200], files.keep(content), kind, layout, columns)


def _known_kind(heading: Sequence[str], saved: SavedMapping | None) -> Kind | None:
    """The kind whose saved columns are all there; of several the one with most."""
    fitting = [
        (len(columns), kind)
        for kind, columns in (saved.columns.items() if saved else ())
        if set(columns.values()) <= set(heading)
    ]
    return max(fitting)[1] if fitting else None


def _product_names(work: Work, request: Request, tables: Tables) -> set[str]:
    """What deals may call a product: names and codes of those we have, and those of the file."""
    file = request.of(Kind.PRODUCT)
    if file is None:
        return {each.external_id for each in accounts.products(work)}
    column = "external_id" if "external_id" in file.columns else "name"
    return set(values_of(tables[Kind.PRODUCT], file, column))


def _among(known: set[str]) -> Guess:
    return lambda value: Meaning(Act.IS, value) if value in known else guess_same(value, known)


def _among_people(work: Work, request: Request, tables: Tables) -> Guess:
    """Those we know by name, id or e-mail, and those that a file of people brings; each by their full name."""
    names = {each.id: each.name for each in people.persons(work)}
    known = {key: names[person_id] for key, person_id in people.person_ids_by_name(work).items()}
    known = {spoken(name): name for name in _people_of_file(request, tables)} | known

    def guess(value: str) -> Meaning | None:
        return Meaning(Act.IS, known[spoken(value)]) if spoken(value) in known else None

    return guess


def _people_of_file(request: Request, tables: Tables) -> set[str]:
    file = request.of(Kind.PERSON)
    lines = persons_of(tables[Kind.PERSON], file) if file else []
    return {line.record.name for line in lines if not line.problems}
