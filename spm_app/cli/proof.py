"""`spm proof`: a statement's proof file is worked out again."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from spm_app.compensation.domain.proof import verify_proof
from spm_app.compensation.service import proofs

app = App(name="proof", help="Check the proof files of statements.")


@app.command
def check(*files: Path) -> int:
    """Work out every figure in each proof file again, and say it. 1 when one is off by a cent, 2 for no proof.

    Parameters
    ----------
    files
        Proof files, as downloaded from a statement or written by `spm calc --out`.
    """
    return max((verify_proof.main([str(each)]) for each in files), default=0)


@app.command
def script() -> None:
    """Print the script that does the same without this product, with nothing but Python."""
    print(proofs.script(), end="")
