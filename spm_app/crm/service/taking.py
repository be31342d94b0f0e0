"""Taking records in: judged, written, journaled, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.crm.domain.compare import Line
from spm_app.crm.domain.imports import ImportResult, Judged, Kind, Lines, judge
from spm_app.crm.store import imports, taking
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import unit_of_work
from spm_app.kernel.rights import Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spm_app.crm.domain.compare import Ref
    from spm_app.crm.domain.imports import Counts
    from spm_app.crm.domain.records import CrmBatch
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import ImportId
    from spm_app.kernel.rights import Actor

#: Kinds of record in the order in which they are written: what is named comes before what names it.
ORDER = (Kind.PRODUCT, Kind.ACCOUNT, Kind.DEAL)
#: How many records are written between two words of progress.
_STEP = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Into which import, and as whose records."""

    import_id: ImportId
    source: str


def load(actor: Actor, batch: CrmBatch, source: str, filename: str = "") -> ImportResult:
    """Take in what a program brings; the same batch again changes nothing.

    Rows with errors are refused and named in the result by their place in the batch, counted from 1.
    """
    require(actor, Permission.IMPORT_CRM)
    lines = Lines(
        tuple(Line(at, each) for at, each in enumerate(batch.products, 1)),
        tuple(Line(at, each) for at, each in enumerate(batch.accounts, 1)),
        tuple(Line(at, each) for at, each in enumerate(batch.deals, 1)),
    )
    with unit_of_work() as work:
        import_id = imports.begin(work, actor, source, filename or source, at=clock.now())
        judged = judge(lines, known(work, source), named(work))
        write(work, Place(import_id, source), judged)
        return close(work, actor, ImportResult(import_id, judged.counts, judged.findings))


def known(work: Work, source: str) -> dict[Kind, dict[str, Ref]]:
    """What the source ever named, by kind and its own id."""
    return {kind: taking.refs(work, source, kind) for kind in ORDER}


def named(work: Work) -> dict[Kind, dict[str, int]]:
    """What deals may name of other sources, with our ids."""
    return {kind: taking.names(work, kind) for kind in (Kind.PRODUCT, Kind.ACCOUNT)}


def write(work: Work, place: Place, judged: Judged, tell: Callable[[int], None] | None = None) -> None:
    """Write what was judged new or changed; `tell` hears how many records are written so far."""
    ids: dict[Kind, dict[str, int]] = {Kind.DEAL: {}, **named(work)}
    for kind, refs in known(work, place.source).items():
        ids[kind] |= {name: ref.our_id for name, ref in refs.items()}
    at, written = clock.now(), 0
    today = people.company(work).calendar.day_of(at)
    for kind in ORDER:
        common = taking.Taking(place.import_id, place.source, at, today, ids[Kind.ACCOUNT], ids[Kind.PRODUCT])
        comparison = judged.by_kind[kind]
        for start in range(0, max(len(comparison.created), len(comparison.changed)), _STEP):
            created = comparison.created[start : start + _STEP]
            changed = comparison.changed[start : start + _STEP]
            ids[kind] |= taking.create(work, common, created)
            taking.change(work, common, changed)
            written += len(created) + len(changed)
            if tell:
                tell(written)


def close(work: Work, actor: Actor, result: ImportResult) -> ImportResult:
    """Keep what came of it, and say so to the audit log and to open screens."""
    imports.keep_findings(work, result.import_id, result.findings)
    imports.end(work, result.import_id, result.counts, clock.now())
    audit.record(work, actor, "crm.imported", f"import:{result.import_id}", counts=_named(result.counts))
    for topic in ("deals", "imports"):
        bus.publish(work, topic)
    return result


def _named(counts: Mapping[Kind, Counts]) -> dict[str, list[int]]:
    return {kind.value: [each.created, each.changed, each.unchanged, each.refused] for kind, each in counts.items()}
