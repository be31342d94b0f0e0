"""Writes app.txt and dev.txt from app.in and dev.in: every version and every hash, for every platform and Python.

The locks name no package index: whoever installs uses their own. They are made from the public one, whatever the
machine's configuration adds to it, so that they install on a clean machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OPTIONS = (
    "--no-config",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
    "--quiet",
)


def main() -> None:
    """Lock the application, then what development adds to exactly those versions. `--upgrade` looks for newer ones."""
    asked = tuple(sys.argv[1:])
    lock("app", *asked)
    lock("dev", "--constraints=app.txt", *asked)


def lock(name: str, *options: str) -> None:
    """Run uv in this folder, deaf to the index settings of the machine."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_"))}
    command = ["uv", "pip", "compile", f"{name}.in", f"--output-file={name}.txt", *OPTIONS, *options]
    program = [sys.executable, "-m", *command]
    subprocess.run(program, cwd=HERE, env=environment, check=True)  # noqa: S603 - our own words, no shell


if __name__ == "__main__":
    main()
