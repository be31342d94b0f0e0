"""What the documents say is there: every link leads somewhere, every path exists, every worked example comes out."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
#: A path of this repository inside `code`, from its root.
PATH = re.compile(r"`((?:spm_app|tests|docs|requirements|assets)/[\w./*-]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PYTHON = re.compile(r"^ *```python\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
#: Written when asked for, so not there before.
MADE = {"docs/benchmarks.md"}
#: Runs what comes in, in a process of its own: what a document defines must not become part of the application.
RUN = "import sys; exec(compile(sys.stdin.read(), 'the document', 'exec', dont_inherit=True), {'__name__': 'shown'})"


def documents() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".md"]


def anchors(document: Path) -> set[str]:
    """The names of its headings as links spell them."""
    titles = HEADING.findall(FENCE.sub("", document.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(document: Path) -> Iterator[str]:
    text = document.read_text(encoding="utf-8")
    for target in LINK.findall(FENCE.sub("", text)):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target
    for path in PATH.findall(text):
        if path not in MADE and not any(ROOT.glob(path.rstrip("/"))):
            yield path


def test_every_link_and_path_leads_somewhere() -> None:
    found = {document.relative_to(ROOT).as_posix(): list(broken(document)) for document in documents()}
    assert {name: targets for name, targets in found.items() if targets} == {}


def test_documents_that_the_program_names_are_there() -> None:
    named = re.compile(r"\bdocs/[\w./-]+\w")
    files = (file for file in tracked() if file.suffix in {".py", ".toml"})
    found = {path for file in files for path in named.findall(file.read_text(encoding="utf-8"))}
    assert [path for path in found if path not in MADE and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", ["docs/planning.md"])
def test_worked_examples_come_out(name: str) -> None:
    options = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    failed, tried = doctest.testfile(str(ROOT / name), module_relative=False, optionflags=options)
    assert tried > 0
    assert failed == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docs/design-system.md"])
def test_shown_code_runs(name: str) -> None:
    blocks = PYTHON.findall((ROOT / name).read_text(encoding="utf-8"))
    code = "\n".join(textwrap.dedent(block) for block in blocks)
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=code, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
