"""Private files: kept under the name of their content, out of reach of the web server, the same content once."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from spm_app.infra.settings import settings
from spm_app.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

MEGABYTE = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")


def keep(content: bytes | Iterable[bytes], limit_mb: int = 50) -> str:
    """Store and give the name (SHA-256, hex) to read it by; on disk for certain when this returns.

    Chunks are written as they come. Raises InvalidInput above the limit and keeps nothing.
    """
    chunks = (content,) if isinstance(content, bytes) else content
    folder = _folder()
    handle, being_written = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            digest = _write(file, chunks, limit_mb)
            file.flush()
            os.fsync(file.fileno())
        Path(being_written).replace(folder / digest)
    except BaseException:
        Path(being_written).unlink(missing_ok=True)
        raise
    return digest


def read(name: str) -> bytes:
    """The content under that name. Raises NotFound."""
    return path_of(name).read_bytes()


def path_of(name: str) -> Path:
    """Where it lies, for what reads from disk; never to be handed to a browser. Raises NotFound."""
    if not _NAME.fullmatch(name) or not (path := _folder() / name).is_file():
        raise NotFound("infra.file.not_found")
    return path


def remove(name: str) -> None:
    """Take it away; nothing happens when it is not there."""
    if _NAME.fullmatch(name):
        (_folder() / name).unlink(missing_ok=True)


def _write(file: BinaryIO, chunks: Iterable[bytes], limit_mb: int) -> str:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit_mb * MEGABYTE:
            raise InvalidInput("infra.file.too_large", limit=limit_mb)
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest()


def _folder() -> Path:
    folder = settings().home / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
