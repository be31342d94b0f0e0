"""Imports of files: tried out, asked for, done by a job, looked at, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.crm.domain import mapping
from spm_app.crm.domain.imports import Counts, Finding, Import, ImportResult, Judged, Kind, judge
from spm_app.crm.service import taking, understanding
from spm_app.crm.service.drafting import tables_of
from spm_app.crm.store import imports, undoing
from spm_app.infra import audit, bus, clock, jobs
from spm_app.infra.db import reading, rehearsal, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, SpmError
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spm_app.crm.domain.layout import Table
    from spm_app.crm.domain.mapping import Request
    from spm_app.crm.domain.records import Record
    from spm_app.crm.service.understanding import Understood
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import ImportId, PersonId
    from spm_app.kernel.rights import Actor

JOB = "crm.import"
#: How many examples of each sort, and how many findings, are shown before one decides.
_EXAMPLES, _FINDINGS = 5, 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `created` and `changed` are examples; `people` are the names of who would be hired."""

    counts: Mapping[Kind, Counts]
    created: Mapping[Kind, tuple[Record, ...]]
    changed: Mapping[Kind, tuple[Record, ...]]
    findings: tuple[Finding, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The refused rows of one file as they stood there, each with its number and what is wrong."""

    kind: Kind
    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...], tuple[Finding, ...]], ...]


def preview(actor: Actor, request: Request) -> Preview:
    """What the import would do, found out by doing it and keeping nothing."""
    require(actor, Permission.IMPORT_CRM)
    tables = _checked(request)
    with rehearsal() as work:
        understood, judged = _judge(work, actor, request, tables)
    return _preview(understood, judged)


def start(actor: Actor, request: Request) -> ImportId:
    """Ask for the import; a job does it. Raises InvalidInput when a file cannot be read that way."""
    require(actor, Permission.IMPORT_CRM)
    _checked(request)
    with unit_of_work() as work:
        import_id = _begin(work, actor, request)
        job_id = jobs.submit(work, actor, JOB, exclusive=f"{JOB}:{request.source}", import_id=import_id)
        imports.set_job(work, import_id, job_id)
        bus.publish(work, "imports")
        return import_id


def import_now(actor: Actor, request: Request) -> ImportResult:
    """The same at once, in this process: for the terminal."""
    require(actor, Permission.IMPORT_CRM)
    _checked(request)
    with unit_of_work() as work:
        import_id = _begin(work, actor, request)
    return _do(actor, import_id, lambda _done, _total: None)


def run(actor_id: PersonId, import_id: ImportId, tell: Callable[[int, int], None]) -> ImportResult:
    """Do an import that was asked for, with the rights its author has now; what goes wrong is kept with it."""
    with reading() as work:
        actor = people.actor_for(work, actor_id)
    return _do(actor, import_id, tell)


def undo(actor: Actor, import_id: ImportId) -> dict[Kind, int]:
    """Put back what stood before; how many records of each kind that was. People who were hired stay.

    Raises Conflict when the import is not done, or later ones changed or used the same records: `records` names them.
    """
    require(actor, Permission.IMPORT_CRM)
    with unit_of_work() as work:
        found = imports.one(work, import_id)
        if not found.can_be_undone:
            raise Conflict("crm.import.not_done")
        later = undoing.later(work, import_id)
        if later:
            raise Conflict("crm.import.changed_since", records=", ".join(later[:_EXAMPLES]), n=len(later))

        restored = undoing.take_back(work, import_id)
        imports.mark_undone(work, import_id)
        audit.record(work, actor, "crm.import_undone", f"import:{import_id}", restored=restored)
        for topic in ("deals", "imports"):
            bus.publish(work, topic)
        return restored


def imports_page(actor: Actor, words: str = "", page: int = 1, size: int = 25) -> tuple[int, tuple[Import, ...]]:
    """How many imports match, and those of that page, newest first."""
    require(actor, Permission.IMPORT_CRM)
    with reading() as work:
        return imports.page(work, page, size, words)


def import_of(actor: Actor, import_id: ImportId) -> tuple[Import, tuple[Finding, ...]]:
    """One import, with the first of its findings. Raises NotFound."""
    require(actor, Permission.IMPORT_CRM)
    with reading() as work:
        return imports.one(work, import_id), imports.findings(work, import_id, _FINDINGS)


def refused(actor: Actor, import_id: ImportId) -> tuple[Refused, ...]:
    """Every refused row as it stood in its file, to be mended and sent again."""
    require(actor, Permission.IMPORT_CRM)
    with reading() as work:
        raw = imports.raw(work, import_id)
        found = imports.findings(work, import_id)
    return tuple(_refused(kind, rows, found) for kind, rows in raw.items())


def _begin(work: Work, actor: Actor, request: Request) -> ImportId:
    names = ", ".join(each.filename for each in request.files)
    return imports.begin(work, actor, request.source, names, at=clock.now(), request=mapping.as_json(request))


def _do(actor: Actor, import_id: ImportId, tell: Callable[[int, int], None]) -> ImportResult:
    try:
        return _import(actor, import_id, tell)
    except SpmError as refusal:
        _fail(import_id, refusal.key, refusal.args_of_text)
        raise
    except Exception:
        _fail(import_id, "crm.import.stopped", {})
        raise


def _import(actor: Actor, import_id: ImportId, tell: Callable[[int, int], None]) -> ImportResult:
    require(actor, Permission.IMPORT_CRM)
    with reading() as work:
        request = mapping.from_json(imports.request_of(work, import_id))
    tables = tables_of(request)
    with unit_of_work() as work:
        understood, judged = _judge(work, actor, request, tables)

        total = sum(counts.created + counts.changed for counts in judged.counts.values())
        place = taking.Place(import_id, request.source)
        taking.write(work, place, judged, lambda done: tell(done, total))
        findings = (*understood.findings, *judged.findings)
        _keep_refused(work, import_id, findings, tables)
        return taking.close(work, actor, ImportResult(import_id, understood.counts | judged.counts, findings))


def _judge(work: Work, actor: Actor, request: Request, tables: Mapping[Kind, Table]) -> tuple[Understood, Judged]:
    known, named = taking.known(work, request.source), taking.named(work)
    understood = understanding.understand(work, actor, request, tables)
    may_name = {kind: frozenset(names) | frozenset(known[kind]) for kind, names in named.items()}
    return understood, judge(understanding.with_missing(understood.lines, request, may_name), known, may_name)


def _preview(understood: Understood, judged: Judged) -> Preview:
    def some(changes: Sequence[Any]) -> tuple[Record, ...]:
        return tuple(each.record for each in changes[:_EXAMPLES])

    return Preview(
        counts=understood.counts | judged.counts,
        created={kind: some(each.created) for kind, each in judged.by_kind.items() if each.created},
        changed={kind: some(each.changed) for kind, each in judged.by_kind.items() if each.changed},
        findings=(*understood.findings, *judged.findings)[:_FINDINGS],
        people=understood.hired,
    )


def _keep_refused(work: Work, import_id: ImportId, findings: Sequence[Finding], tables: Mapping[Kind, Table]) -> None:
    """The refused rows, with the heading of their file as number 1."""
    for kind, table in tables.items():
        numbers = {each.row for each in findings if each.kind is kind and each.is_refusal}
        rows = {row.number: row.cells for row in table.rows if row.number in numbers}
        if rows:
            imports.keep_raw(work, import_id, kind, {1: table.heading} | rows)


def _refused(kind: Kind, rows: Mapping[int, Sequence[str]], found: Sequence[Finding]) -> Refused:
    of_kind = [each for each in found if each.kind is kind]
    return Refused(
        kind,
        tuple(rows[1]),
        tuple(
            (number, tuple(cells), tuple(each for each in of_kind if each.row == number))
            for number, cells in rows.items()
            if number != 1
        ),
    )


def _fail(import_id: ImportId, key: str, args: Mapping[str, object]) -> None:
    with unit_of_work() as work:
        imports.fail(work, import_id, key, args, clock.now())
        bus.publish(work, "imports")


def _checked(request: Request) -> dict[Kind, Table]:
    if not request.source.strip():
        raise InvalidInput("crm.import.no_source")
    tables = tables_of(request)
    if not any(table.rows for table in tables.values()):
        raise InvalidInput("crm.file.no_rows")
    return tables
