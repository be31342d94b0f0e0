"""The `spm` command: the same services without a browser. One file a group of commands, each a thin caller."""

from __future__ import annotations

import sys

OLDEST = (3, 11)


def main() -> None:
    """Entry point of `spm` and of `python -m spm_app.cli`."""
    if sys.version_info < OLDEST:
        sys.exit(f"Traguardo needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}.")
    from spm_app.cli.commands import run  # noqa: PLC0415 - an old Python must get as far as the sentence above

    sys.exit(run(sys.argv[1:]))
