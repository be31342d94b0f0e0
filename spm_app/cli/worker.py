"""`spm worker`: the process that runs jobs (imports, calculations, reports) beside the web server."""

from __future__ import annotations

import pkgutil
from importlib.util import find_spec

import spm_app
from spm_app.cli.children import end_with_parent
from spm_app.infra.worker import consume


def worker(*, threads: int = 1) -> None:
    """Run jobs until stopped; `spm serve` starts one by itself.

    Parameters
    ----------
    threads
        How many jobs may run at once in this process.
    """
    end_with_parent()
    consume(_task_modules(), workers=threads)


def _task_modules() -> tuple[str, ...]:
    """The `tasks` floor of every module that has one."""
    rooms = (f"spm_app.{room.name}.tasks" for room in pkgutil.iter_modules(spm_app.__path__) if room.ispkg)
    return tuple(name for name in rooms if find_spec(name))
