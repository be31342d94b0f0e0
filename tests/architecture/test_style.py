"""What STYLE asks and no ready-made linter checks: sizes, exact money, one place that commits, safe Markdown."""

from __future__ import annotations

import ast
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT, Source, name_of, sources, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_LINES, FUNCTION_LINES, STATE_LINES, POSITIONAL = 300, 40, 150, 4
#: Frames whose parameters somebody else decided.
FOREIGN_SIGNATURES = {"__exit__", "__init__"}

#: Who acts, and in which transaction: said first in every service and store, and not counted.
SPEAKERS = (["self"], ["cls"], ["actor"], ["work"])

PURE_MONEY = re.compile(r"spm_app/(kernel|compensation/(domain|engine))\b")
MIGRATION = re.compile(r"spm_app/migrations/versions/")
#: An address to another host in a text; not ours, not the name of SVG's language, not an example.
ELSEWHERE = re.compile(r"https?://(?!localhost\b|127\.0\.0\.1|www\.w3\.org/|([\w-]+\.)*example\b)\w")
#: What only makes sense on one machine. The names of registries stand in nobody's files.
OF_A_MACHINE = re.compile(
    r"--(extra-)?index-url|--find-links|^registry\s*=\s*\S|\bregistry\.\w+\.\w+/|(?<![\w.])/(root|opt|home/\w+|work|tmp/wt)/",
    re.MULTILINE,
)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(source.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Without the docstring: for a command that is its help."""
    said = node.body[0] if ast.get_docstring(node) else None
    docstring = (said.end_lineno or said.lineno) - said.lineno + 1 if said else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def test_files_are_short() -> None:
    long = {source.name: source.text.count("\n") for source in sources() if source.text.count("\n") > FILE_LINES}
    assert long == {}


def test_functions_are_short() -> None:
    found = (
        (s.name, node.name, lines(node)) for s in sources() if not MIGRATION.match(s.name) for node in functions(s)
    )
    assert [each for each in found if each[2] > FUNCTION_LINES] == []


def test_states_remember_one_screen() -> None:
    classes = ((s.name, n) for s in sources() for n in ast.walk(s.tree) if isinstance(n, ast.ClassDef))
    states = ((name, n.name, lines(n)) for name, n in classes if any("State" in ast.unparse(base) for base in n.bases))
    assert [each for each in states if each[2] > STATE_LINES] == []


def test_nobody_counts_more_than_four_positions() -> None:
    def positions(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        return len(names) - (names[:1] in SPEAKERS)

    found = ((s.name, node.name, positions(node)) for s in sources() for node in functions(s))
    assert [each for each in found if each[2] > POSITIONAL and each[1] not in FOREIGN_SIGNATURES] == []


def test_no_float_touches_pay() -> None:
    pure = (s for s in sources() if PURE_MONEY.match(s.name))
    found = (
        f"{s.name}:{node.lineno}"
        for s in pure
        for node in ast.walk(s.tree)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    )
    assert list(found) == []


def test_only_the_unit_of_work_commits() -> None:
    found = (f"{s.name}:{call.lineno}" for s in sources() for call in calls(s) if name_of(call) == "commit")
    assert [each for each in found if not each.startswith("spm_app/infra/db.py")] == []


def test_markdown_never_shows_raw_html() -> None:
    def is_safe(call: ast.Call) -> bool:
        return any(k.arg == "use_raw" and ast.unparse(k.value) == "False" for k in call.keywords)

    shown = ((s.name, c) for s in sources() for c in calls(s) if ast.unparse(c.func) in {"rx.markdown", "markdown"})
    assert [f"{name}:{call.lineno}" for name, call in shown if not is_safe(call)] == []


def test_nothing_is_left_to_do() -> None:
    word = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    assert [s.name for s in sources() if word.search(s.text)] == []


def test_no_page_asks_another_host() -> None:
    nodes = ((s.name, node) for s in sources() for node in ast.walk(s.tree) if isinstance(node, ast.Constant))
    found = (
        f"{name}:{node.lineno}" for name, node in nodes if isinstance(node.value, str) and ELSEWHERE.search(node.value)
    )
    assert list(found) == []


def test_no_file_names_a_registry_or_a_machine() -> None:
    kept = (
        file
        for file in tracked()
        if file.suffix not in {".png", ".xlsx", ".woff2", ".ico"} and file.name != "test_style.py"
    )
    found = {file.relative_to(ROOT).as_posix(): OF_A_MACHINE.search(file.read_text(encoding="utf-8")) for file in kept}
    assert {name: match[0] for name, match in found.items() if match} == {}


@pytest.mark.parametrize(
    "lock", ["requirements/app.txt", "requirements/dev.txt", "reflex.lock/bun.lock", "reflex.lock/package.json"]
)
def test_locks_hold_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    wanted = (ROOT / "requirements/app.in", ROOT / "requirements/dev.in")
    names = {
        re.split(r"[\[=<>~]", line)[0]
        for file in wanted
        for line in file.read_text().splitlines()
        if line[:1] not in {"#", "-", ""}
    }
    assert {name for name in names if f"`{name}`" not in reasons} == set()


def test_every_lint_exception_has_its_reason() -> None:
    bare = re.compile(r"# (noqa(?!: [A-Z0-9, ]+ - \S)|(type|pyright): ignore(?!\[[\w, -]+\] *(# *|- )\S))")
    found = (
        f"{s.name}:{number}"
        for s in sources()
        for number, line in enumerate(s.text.splitlines(), 1)
        if bare.search(line)
    )
    assert list(found) == []


def test_the_program_says_its_oldest_python_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert project["tool"]["pyright"]["pythonVersion"] == "3.11"
