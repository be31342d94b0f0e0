"""A database with people in it, built once in a process for each kind, then copied: most tests begin with the same."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.engine import make_url

from spm_app.infra import db
from tests.databases import administer, is_made, make_empty

if TYPE_CHECKING:
    from collections.abc import Callable

Built = TypeVar("Built")
_kept: dict[tuple[str, Callable[[], Any]], tuple[Any, str]] = {}


def furnished(address: str, build: Callable[[], Built]) -> Built:
    """What `build` gives, done in an empty database at that address, or copied there from the first time.

    The clock and the settings of all that ask for the same must be the same; so must be whoever reads the answer: it is
    shared, and never to be changed.
    """
    kind = make_url(address).get_backend_name()
    if (kind, build) not in _kept:
        if not is_made(address):
            make_empty(address)
        built = build()
        db.engine().dispose()
        _kept[kind, build] = built, _copy_of(address, len(_kept))
        return built
    built, template = _kept[kind, build]
    if is_made(address):
        db.engine().dispose()
    _put(template, address)
    return built


def _copy_of(address: str, number: int) -> str:
    """The name of a copy that stays until this process ends."""
    url = make_url(address)
    name = f"furnished_{os.getpid()}_{number}"
    if url.get_backend_name() == "sqlite":
        file = _folder() / name
        shutil.copyfile(str(url.database), file)
        return str(file)
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{url.database}"')
    atexit.register(administer, f'DROP DATABASE IF EXISTS "{name}"')
    return name


def _put(template: str, address: str) -> None:
    """In place of the database that is there."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        for left in ("-wal", "-shm"):
            Path(f"{url.database}{left}").unlink(missing_ok=True)
        shutil.copyfile(template, str(url.database))
        return
    administer(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')
    administer(f'CREATE DATABASE "{url.database}" TEMPLATE "{template}"')


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = tempfile.mkdtemp(prefix="traguardo-furnished-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
