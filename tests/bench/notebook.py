"""docs/benchmarks.md, section by section: what was measured replaces what stood under the same heading."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = """# Measured

Written by `make bench`, never by hand. Each section says when and on what it was measured; a busy machine makes figures
worse, never better.
"""


def note(heading: str, columns: Sequence[str], rows: Sequence[Sequence[object]], remark: str = "") -> None:
    """Write the section, and print it."""
    table = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    lines = "\n".join("| " + " | ".join(map(str, row)) + " |" for row in table)
    section = f"## {heading}\n\n{_where()}{' ' + remark if remark else ''}\n\n{lines}\n"
    kept = _sections()
    kept[heading] = section
    FILE.write_text("\n".join([HEAD, *kept.values()]), encoding="utf-8")
    print(f"\n{section}")


def _sections() -> dict[str, str]:
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {each.splitlines()[0].removeprefix("## "): each.rstrip("\n") + "\n" for each in found}


def _where() -> str:
    day = datetime.now(UTC).strftime("%d %B %Y")
    busy = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return f"{day}, {os.cpu_count()} cores (load {busy}), Python {platform.python_version()}."
