"""`spm audit`: whether the log is as it was written, and where it ends, to be kept somewhere else."""

from __future__ import annotations

from cyclopts import App

from spm_app.cli import database
from spm_app.cli.words import here
from spm_app.infra import audit
from spm_app.infra.audit import Head
from spm_app.infra.db import reading
from spm_app.kernel.errors import InvalidInput
from spm_app.ui.catalogue import say

app = App(name="audit", help="The audit log: check it, and say where it ends.")


@app.command
def verify(*, anchor: str = "") -> int:
    """Walk the whole log and name the first entry that is not as it was written; 1 when there is one.

    Parameters
    ----------
    anchor
        What `spm audit head` said earlier: the log must still pass through it.
    """
    kept = _anchor(anchor) if anchor else None
    database.migrate()
    with reading() as work:
        bad, length = audit.verify(work, kept), audit.head(work).length
    if bad is None:
        print(say(here(), "gate.audit.whole", n=length))
        return 0
    print(say(here(), "gate.audit.broken", number=bad.id, reason=say(here(), bad.reason)))
    return 1


@app.command
def head() -> None:
    """Print where the log ends, to keep out of reach of whoever can write to the database."""
    database.migrate()
    with reading() as work:
        end = audit.head(work)
    print(f"{end.length}:{end.mac}")


def _anchor(text: str) -> Head:
    length, _, mac = text.partition(":")
    if not length.isdecimal() or len(mac) != 64:
        raise InvalidInput("infra.audit.no_anchor")
    return Head(int(length), mac)
