"""The program's own source, parsed once, for the checks of this folder."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Source(NamedTuple):
    """One Python file: its name from the root, its text and its tree."""

    name: str
    text: str
    tree: ast.Module


@cache
def sources() -> tuple[Source, ...]:
    """Every module of the program."""
    files = sorted((ROOT / "spm_app").rglob("*.py"))
    texts = ((file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in files)
    return tuple(Source(name, text, ast.parse(text, name)) for name, text in texts)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, and every new one that it would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(ROOT / name for name in sorted(set(listed)) if (ROOT / name).is_file())


def name_of(call: ast.Call) -> str:
    """The last name of what is called: `rx.toast.success(...)` is `success`."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")
