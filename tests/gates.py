"""What a change must pass, by name: `python -m tests.gates check`, or `make check`; the names stand at the end.

Every gate runs even when an earlier one is closed, so that one run shows everything. The last line counts the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from spm_app.cli import frontend
from tests.e2e import chromium

if TYPE_CHECKING:
    from collections.abc import Callable

PYTHON = (sys.executable, "-m")
CODE = ("spm_app", "tests", "requirements", "rxconfig.py")
BOTH_CORES = ("-n", "2", "--dist", "loadgroup")
ROOT = Path(__file__).parents[1]
#: Branch coverage, in percent, that the whole must keep without the browser's help.
FLOOR = 80
#: What only the browser and the command line run.
SHOWN = "spm_app/*/pages/*,spm_app/*/parts.py,spm_app/*/parts/*,spm_app/ui/**/*,spm_app/cli/**/*"

LINT = {
    "format": (*PYTHON, "ruff", "format", "--check", *CODE),
    "lint": (*PYTHON, "ruff", "check", *CODE),
    "import contracts": (sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"),
}
TYPES = (*PYTHON, "pyright")

counts: Counter[str] = Counter()


def check() -> int:
    """Format, lint, contracts, types and the fast tests: at once, and on SQLite alone, to take under two minutes."""
    os.environ.setdefault("SPM_TEST_DATABASES", "sqlite")
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(run_quietly, "types", TYPES)
        closed = run_all(LINT) + pytest("fast", "-m", "not slow and not e2e and not bench", *BOTH_CORES)
    return closed + types.result()


def test() -> int:
    """Everything: `check`, every test on both databases and in the browser, and how much of the program they reach."""
    chromium.find_or_install()
    closed = run_all(LINT | {"types": TYPES})
    os.environ["SPM_TEST_DATABASES"] = "sqlite"
    failed = pytest("tests", "-m", "not e2e and not bench", "--cov", "--cov-report=", *BOTH_CORES)
    closed += failed or run_all(reach())
    os.environ["SPM_TEST_DATABASES"] = "postgresql"
    closed += pytest(
        "tests of the database, on PostgreSQL", "-m", "not e2e and not bench", "-k", "postgresql", *BOTH_CORES
    )
    return closed + browser()


def reach() -> dict[str, tuple[str, ...]]:
    """How much of each tested module its tests run: all of what is arithmetic and rule, most of the rest."""
    rooms = [room.name for room in (ROOT / "tests").iterdir() if (ROOT / "spm_app" / room.name).is_dir()]
    rules = ["spm_app/kernel/*", *(f"spm_app/{room}/{rule}" for room in rooms for rule in ("domain.py", "domain/*"))]
    whole = [f"spm_app/{room}/**/*" for room in rooms]
    report = (*PYTHON, "coverage", "report")
    return {
        "coverage of kernel and domains": (*report, f"--include={','.join(rules)}", "--fail-under=100"),
        "coverage of the whole": (*report, f"--include={','.join(whole)}", f"--omit={SHOWN}", f"--fail-under={FLOOR}"),
    }


def e2e() -> int:
    """The browser stories."""
    chromium.find_or_install()
    return browser()


def browser() -> int:
    """The stories, on two cores; the pages and the demo company are made before, once for both."""
    closed = run_all({"pages": (*PYTHON, "tests.e2e.served")})
    return closed or pytest("browser", "-m", "e2e", *BOTH_CORES)


def bench() -> int:
    """Measure, and write docs/benchmarks.md."""
    chromium.find_or_install()
    return pytest("bench", "-m", "bench", "-s")


def screenshots() -> int:
    """Take the pictures of docs/images."""
    chromium.find_or_install()
    return run("screenshots", (*PYTHON, "tests.e2e.screenshots"))


def format_code() -> int:
    """Let ruff put in order what it can."""
    return run("format", (*PYTHON, "ruff", "format", *CODE)) + run("lint", (*PYTHON, "ruff", "check", "--fix", *CODE))


def pytest(name: str, *options: str) -> int:
    """Run it and count what passed, failed and was skipped."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "count.xml"
        closed = run(name, (*PYTHON, "pytest", f"--junit-xml={file}", *options))
        if file.exists():
            counts.update(read_counts(file))
    return closed


def read_counts(file: Path) -> dict[str, int]:
    """From pytest's own report."""
    suite = ET.parse(file).getroot().find("testsuite")  # noqa: S314 - our own file
    assert suite is not None
    total, failures, errors, skipped = (int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped"))
    return {"passed": total - failures - errors - skipped, "failed": failures + errors, "skipped": skipped}


def run_all(gates: dict[str, tuple[str, ...]]) -> int:
    """How many of them are closed."""
    return sum(run(name, command) for name, command in gates.items())


def run(name: str, command: tuple[str, ...]) -> int:
    """0 when the command agrees, 1 when it does not."""
    print(f"\n=== {name}", flush=True)
    start = time.perf_counter()
    status = subprocess.run(command, env=frontend.environment(), check=False).returncode
    return verdict(name, status, start)


def run_quietly(name: str, command: tuple[str, ...]) -> int:
    """The same beside something else: what it says is shown in one piece, at its end."""
    start = time.perf_counter()
    done = subprocess.run(command, env=frontend.environment(), capture_output=True, text=True, check=False)
    print(f"\n=== {name}\n{done.stdout}{done.stderr}", end="", flush=True)
    return verdict(name, done.returncode, start)


def verdict(name: str, status: int, start: float) -> int:
    """0 for a command that agreed, 1 for one that did not; said with its time."""
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


def main(name: str) -> int:
    """Run the gate; the closing line counts the tests, for people and machines."""
    closed = GATES[name]()
    if counts:
        print(f"\n{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)
    return min(1, closed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
