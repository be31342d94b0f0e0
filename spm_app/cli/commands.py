"""Every command by name, and how a refusal reaches the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cyclopts import App

from spm_app.cli import admin, audit, calc, database, demo, imports, kpi, plan, proof, serve, worker
from spm_app.cli.words import here
from spm_app.kernel.errors import InvalidInput, SpmError
from spm_app.ui.catalogue import say_error, say_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

app = App(name="spm", help="Traguardo, sales performance management, from the terminal.", help_format="plaintext")
app.command(serve.serve)
app.command(worker.worker)
app.command(database.migrate)
app.command(demo.demo)
app.command(admin.app)
app.command(audit.app)
app.command(calc.calc)
app.command(kpi.kpi)
app.command(plan.app)
app.command(proof.app)
app.command(imports.import_files, name="import")


def run(words: Sequence[str]) -> int:
    """Do what the words say. 0 when it went well, 1 when it was refused; a refusal is a sentence, not a trace."""
    try:
        result = app(list(words), result_action="return_value")
    except SpmError as refused:
        print(_sentence(refused), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return result if isinstance(result, int) else 0


def _sentence(refused: SpmError) -> str:
    """What happened and, for input, every place to mend."""
    lang = here()
    lines = [say_error(lang, refused)]
    if isinstance(refused, InvalidInput):
        lines += [f"  {problem.at}: {say_problem(lang, problem)}" for problem in refused.problems]
    return "\n".join(lines)
