"""`spm import`: files of a CRM, from the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from spm_app.cli import database
from spm_app.crm import service as crm
from spm_app.kernel.ids import PersonId
from spm_app.kernel.rights import Actor, Role
from spm_app.ui.catalogue import say, say_problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spm_app.crm.domain.imports import Counts, Finding, Kind
    from spm_app.crm.domain.mapping import Request

#: Whoever may use the terminal of the server may import; the audit log shows that it came from there.
_TERMINAL = Actor(PersonId(0), "spm import", frozenset({Role.COMP_ADMIN}))
#: How many findings are printed.
_SHOWN = 20


def import_files(
    paths: list[Path],
    /,
    *,
    mapping: Annotated[str, Parameter(name="--as")] = "",
    source: str = "",
    heading: int = 0,
    dry_run: bool = False,
) -> int:
    """Take in deals, accounts, products and people from CSV or XLSX files; the same files again change nothing.

    Ends with 1 when rows were refused; the others are taken all the same.

    Parameters
    ----------
    paths
        Files, or folders whose CSV and XLSX files are all taken.
    mapping
        The name of a saved mapping, or crm_maven; without it everything is guessed.
    source
        What the system is called that the files come from; records are recognised by it.
    heading
        On which line the names of the columns stand, when the guess is wrong.
    dry_run
        Say what would change, and change nothing.
    """
    database.migrate()
    saved = crm.mapping_named(_TERMINAL, mapping) if mapping else None
    uploads = [(path.name, path.read_bytes()) for path in _files(paths)]
    request = crm.draft(_TERMINAL, uploads, saved, source)
    if heading:
        request = crm.with_heading(_TERMINAL, request, heading)
    _print_headings(request)
    if dry_run:
        tried = crm.preview(_TERMINAL, request)
        return _print(tried.counts, tried.findings)
    result = crm.import_now(_TERMINAL, request)
    return _print(result.counts, result.findings)


def _files(paths: Sequence[Path]) -> list[Path]:
    """Those named, and those in the folders named; a data dictionary is documentation, not data."""
    found = [each for path in paths for each in (sorted(path.iterdir()) if path.is_dir() else [path])]
    ends = {".csv", ".tsv", ".txt", ".xlsx"}
    return [each for each in found if each in paths or (each.suffix.lower() in ends and each.stem != "data_dictionary")]


def _print_headings(request: Request) -> None:
    """Where a heading was not found on the first line, on which."""
    for each in request.files:
        if each.layout.heading > 1:
            print(say("en", "crm.heading_at", filename=each.filename, line=each.layout.heading))


def _print(counts: Mapping[Kind, Counts], findings: Sequence[Finding]) -> int:
    print(f"{'':<10}{'read':>8}{'new':>8}{'changed':>9}{'same':>8}{'refused':>9}")
    for kind, each in counts.items():
        print(f"{kind:<10}{each.read:>8}{each.created:>8}{each.changed:>9}{each.unchanged:>8}{each.refused:>9}")
    for each in findings[:_SHOWN]:
        print(say("en", "crm.finding", kind=each.kind.value, row=each.row, what=say_problem("en", each.problem)))
    if len(findings) > _SHOWN:
        print(say("en", "crm.findings_more", n=len(findings) - _SHOWN))
    return 1 if any(each.refused for each in counts.values()) else 0
