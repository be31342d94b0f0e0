"""What a change must pass, by name: `python -m tests.gates check`, or `make check`; the names stand at the end.

Every gate runs even when an earlier one is closed, so that one run shows everything. The last line counts the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from spm_app.cli import frontend
from tests.e2e import chromium

if TYPE_CHECKING:
    from collections.abc import Callable

PYTHON = (sys.executable, "-m")
CODE = ("spm_app", "tests", "requirements", "rxconfig.py")
#: What is arithmetic and rule, and therefore tested branch by branch.
EXACT = "spm_app/kernel/*,spm_app/*/domain.py,spm_app/*/domain/*"
#: Branch coverage, in percent, that the whole must keep.
FLOOR = "85"

LINT = {
    "format": (*PYTHON, "ruff", "format", "--check", *CODE),
    "lint": (*PYTHON, "ruff", "check", *CODE),
    "import contracts": (sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"),
    "types": (*PYTHON, "pyright"),
}


def check() -> int:
    """Format, lint, contracts, types and the fast tests."""
    return run_all(LINT) + run_tests("-m", "not slow and not e2e and not bench")


def test() -> int:
    """Everything: `check`, every test on both databases and in the browser, and what they reach."""
    chromium.find_or_install()
    reach = {
        "coverage of the kernel and the domains": (
            *PYTHON,
            "coverage",
            "report",
            f"--include={EXACT}",
            "--fail-under=100",
        ),
        "coverage of the whole": (*PYTHON, "coverage", "report", f"--fail-under={FLOOR}"),
    }
    failed = run_all(LINT) + run_tests("-m", "not bench", "--cov", "--cov-report=", quiet_end=True)
    return failed + run_all(reach) + say_count()


def e2e() -> int:
    """The browser stories."""
    chromium.find_or_install()
    return run_tests("-m", "e2e", workers=0)


def bench() -> int:
    """Measure, and write docs/benchmarks.md."""
    chromium.find_or_install()
    return run_tests("-m", "bench", "-s", workers=0)


def screenshots() -> int:
    """Take the pictures of docs/images."""
    chromium.find_or_install()
    return run("screenshots", (*PYTHON, "tests.e2e.screenshots"))


def format_code() -> int:
    """Let ruff put in order what it can."""
    return run("format", (*PYTHON, "ruff", "format", *CODE)) + run("lint", (*PYTHON, "ruff", "check", "--fix", *CODE))


COUNT = Path(tempfile.gettempdir()) / f"traguardo-tests-{os.getpid()}.xml"


def run_tests(*options: str, workers: int = 2, quiet_end: bool = False) -> int:
    """Run pytest, on both cores unless the machine itself is measured."""
    spread = ("-n", str(workers), "--dist", "loadgroup") if workers else ()
    failed = run("tests", (*PYTHON, "pytest", *spread, f"--junit-xml={COUNT}", *options))
    return failed if quiet_end else failed + say_count()


def say_count() -> int:
    """The closing line, for people and machines: how many tests passed."""
    suite = ET.parse(COUNT).getroot().find("testsuite")  # noqa: S314 - our own file
    assert suite is not None
    total, failed, errors, skipped = (int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped"))
    COUNT.unlink()
    print(f"{total - failed - errors - skipped} passed, {failed + errors} failed, {skipped} skipped", flush=True)
    return 0


def run_all(gates: dict[str, tuple[str, ...]]) -> int:
    """How many of them are closed."""
    return sum(run(name, command) for name, command in gates.items())


def run(name: str, command: tuple[str, ...]) -> int:
    """0 when the command agrees, 1 when it does not."""
    print(f"\n=== {name}", flush=True)
    start = time.perf_counter()
    status = subprocess.run(command, env=frontend.environment(), check=False).returncode
    print(f"=== {name}: {'ok' if status == 0 else 'FAILED'} in {time.perf_counter() - start:.0f} s", flush=True)
    return int(status != 0)


GATES: dict[str, Callable[[], int]] = {
    "check": check,
    "test": test,
    "e2e": e2e,
    "bench": bench,
    "screenshots": screenshots,
    "format": format_code,
}

if __name__ == "__main__":
    sys.exit(min(1, GATES[sys.argv[1]]()))
