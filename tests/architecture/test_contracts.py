"""The import contracts of pyproject.toml hold, and they catch what they are there to catch.

A contract that nobody has seen fail proves little. So a skeleton of the layout, with every module and every floor, gets
one forbidden import at a time, and the contract named beside it must be the one that breaks.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = ("people", "crm", "planning", "training", "compensation", "analytics", "performance")
FLOORS = ("domain", "tables", "store", "engine", "service", "tasks", "state", "parts", "api", "pages")
OTHERS = (
    "kernel.money",
    "infra.db",
    "infra.columns",
    "ui.policy",
    "gate.door",
    "demo.service",
    "cli.serve",
    "spm_app",
    "migrations.env",
)

#: importer, what it imports, the contract that must break
FAULTS = (
    ("people.domain", "spm_app.people.tables", "Inside a module"),
    ("crm.store", "spm_app.crm.service", "Inside a module"),
    ("crm.service", "spm_app.crm.state", "Inside a module"),
    ("compensation.engine", "spm_app.compensation.store", "Inside a module"),
    ("training.pages", "spm_app.training.api", "Inside a module"),
    ("crm.utils", "spm_app.kernel.money", "Inside a module"),
    ("helpers", "spm_app.kernel.money", "Between modules"),
    ("people.service", "spm_app.crm.service", "Between modules"),
    ("training.service", "spm_app.planning.service", "Between modules"),
    ("ui.policy", "spm_app.people.service", "Between modules"),
    ("kernel.money", "spm_app.infra.db", "The kernel and the domains"),
    ("crm.domain", "sqlalchemy", "The kernel and the domains"),
    ("planning.domain", "spm_app.infra.db", "The kernel and the domains"),
    ("compensation.domain", "spm_app.crm.domain", "Domains are independent"),
    ("compensation.service", "spm_app.crm.store", "Crm is entered"),
    ("analytics.service", "spm_app.compensation.tables", "Compensation is entered"),
    ("gate.door", "spm_app.people.state", "People is entered"),
    ("compensation.service", "reflex", "Services, stores"),
    ("compensation.engine", "spm_app.ui.policy", "Services, stores"),
    ("infra.db", "reflex", "Services, stores"),
    ("training.state", "sqlalchemy", "States, pages"),
    ("training.pages", "spm_app.training.store", "States, pages"),
    ("crm.state", "spm_app.infra.db", "States, pages"),
)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every module with every floor, importing what it may."""
    root = tmp_path_factory.mktemp("skeleton")
    shutil.copy(ROOT / "pyproject.toml", root)
    for name in OTHERS:
        plant(root, name, "spm_app.kernel.money" if name != "kernel.money" else "decimal")
    for position, module in enumerate(MODULES):
        for floor in FLOORS:
            plant(root, f"{module}.{floor}", "spm_app.kernel.money")
        plant(root, f"{module}.service", f"spm_app.{module}.store")
        plant(root, f"{module}.store", "sqlalchemy")
        plant(root, f"{module}.pages", "reflex")
        plant(root, "spm_app", f"spm_app.{module}.pages")
        plant(root, "migrations.env", f"spm_app.{module}.tables")
        if position and module != "training":
            plant(root, f"{module}.service", f"spm_app.{MODULES[0]}.service")
    return root


def plant(root: Path, importer: str, imported: str) -> None:
    """Add the import to the module, which is made when it is not there."""
    file = root.joinpath("spm_app", *importer.split(".")).with_suffix(".py")
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in (file.parent, file.parent.parent):
        if folder.is_relative_to(root / "spm_app"):
            (folder / "__init__.py").touch()
    with file.open("a") as source:
        source.write(f"import {imported}\n")


def broken(root: Path) -> tuple[str, ...]:
    """The names of the contracts that do not hold in that folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    report = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(root), "NO_COLOR": "1"}
    )
    assert "Contracts:" in report.stdout, report.stdout + report.stderr
    return tuple(re.findall(r"^(.+) BROKEN", report.stdout, re.MULTILINE))


def test_the_skeleton_itself_is_clean(skeleton: Path) -> None:
    assert broken(skeleton) == ()


@pytest.mark.slow
def test_every_planted_fault_is_caught(skeleton: Path, tmp_path: Path) -> None:
    def try_out(fault: tuple[str, str, str]) -> str:
        importer, imported, contract = fault
        copy = tmp_path / f"{importer}-{imported}"
        shutil.copytree(skeleton, copy)
        plant(copy, importer, imported)
        caught = any(name.startswith(contract) for name in broken(copy))
        return "" if caught else f"{importer} imports {imported}"

    with ThreadPoolExecutor(2) as pool:
        assert [missed for missed in pool.map(try_out, FAULTS) if missed] == []


def test_the_contracts_hold() -> None:
    assert broken(ROOT) == ()
