"""A plan's text as the lines of a form: what the text says, in its order, and what the language would take beside it.

Nothing here knows the language. `read_noted` says what it asked for in each place, so a word that the language learns
stands in the form at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from spm_app.compensation.domain.edit.places import is_flow, listed, named
from spm_app.compensation.domain.plan import read_noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.compensation.domain.nodes import Asked
    from spm_app.kernel.problem import Problem

#: Texts that may be this long are conditions and other expressions.
_EXPRESSION = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `kind` is what the language reads there, or `tags` for a list of words; `choices` are all it takes."""

    path: str
    name: str
    kind: str
    value: str
    choices: tuple[str, ...] = ()
    optional: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Values that stand together. `missing` may be added to it; an `item` can be moved, doubled and taken out.

    `begins` is the path of a list that another entry can be added to.
    """

    path: str
    name: str
    depth: int
    cells: tuple[Cell, ...]
    missing: tuple[str, ...] = ()
    optional: bool = False
    item: bool = False
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the form with a title: the head of the plan, or one entry of one of its lists."""

    path: str
    kind: str
    title: str
    line: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole: blocks in the order of the text, what can be begun, and what cannot be read."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    places: Mapping[str, int] = field(default_factory=dict[str, int])


def form_of(text: str) -> Form:
    """The form of a text; no blocks for a text that is no YAML."""
    _, notes = read_noted(text)
    blocks: tuple[Block, ...] = ()
    root = yaml.compose(text, yaml.SafeLoader) if notes.asked else None
    if root is not None:
        blocks = tuple(_blocks(root, _Reader(notes.asked, notes.places, _codes(root))))
    return Form(blocks, tuple(notes.problems), notes.places)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What was asked for, and where things stand."""

    asked: Mapping[str, Asked]
    places: Mapping[str, int]
    codes: tuple[str, ...]

    def kind(self, path: str, node: yaml.Node) -> str:
        found = self.asked.get(path)
        if found is not None and (found.kind not in {"map", "list"} or not isinstance(node, yaml.ScalarNode)):
            return found.kind
        return "text"

    def optional(self, path: str) -> bool:
        above, _, name = path.rpartition(".")
        found = self.asked.get(above)
        return found is not None and name not in found.needed

    def missing(self, path: str, node: yaml.Node) -> tuple[str, ...]:
        found = self.asked.get(path)
        if found is None or not isinstance(node, yaml.MappingNode):
            return ()
        there = {name for name, _ in _parts(node)}
        known = (*found.needed, *found.allowed) or self.codes
        return tuple(each for each in known if each not in there)


def _blocks(root: yaml.Node, reader: _Reader) -> Iterator[Block]:
    """The head first, then every entry of the lists of maps that the plan holds."""
    lists = [(name, value) for name, value in _parts(root) if _holds_maps(value)]
    inner = {name for name, _ in lists}
    head = tuple(_lines(root, "", reader, depth=0, without=inner))
    yield Block("", "plan", "", 1, head)
    for name, node in lists:
        for at, each in enumerate(listed(node)):
            path = f"{name}[{at}]"
            lines = tuple(_lines(each, path, reader, depth=0))
            yield Block(path, name, _title(each), reader.places.get(path, 1), lines)


def _lines(
    node: yaml.Node, path: str, reader: _Reader, *, depth: int, without: frozenset[str] | set[str] = frozenset()
) -> Iterator[Line]:
    """A map's own values on one line, then a line or more for each map and list in it."""
    named = [(name, f"{path}.{name}".removeprefix("."), value) for name, value in _parts(node) if name not in without]
    simple = tuple(_cell(name, inner, value, reader) for name, inner, value in named if _is_simple(value))
    yield Line(
        path,
        path.rpartition(".")[2],
        depth,
        simple,
        missing=reader.missing(path, node),
        optional=reader.optional(path),
        item=path.endswith("]"),
    )
    for name, inner, value in named:
        if _is_simple(value):
            continue
        if isinstance(value, yaml.MappingNode):
            yield from _lines(value, inner, reader, depth=depth + 1)
        else:
            yield Line(inner, name, depth + 1, (), optional=reader.optional(inner), begins=inner)
            for at, each in enumerate(listed(value)):
                yield from _lines(each, f"{inner}[{at}]", reader, depth=depth + 2)


def _codes(root: yaml.Node) -> tuple[str, ...]:
    """The codes of the components: what a map whose names are the author's own is for."""
    entries = [each for name, value in _parts(root) if name == "components" for each in listed(value)]
    return tuple(str(value.value) for each in entries for name, value in _parts(each) if name == "code")


def _cell(name: str, path: str, node: yaml.Node, reader: _Reader) -> Cell:
    if isinstance(node, yaml.SequenceNode):
        words = ", ".join(str(each.value) for each in listed(node))
        return Cell(path, name, "tags", words, optional=reader.optional(path))
    found = reader.asked.get(path)
    return Cell(
        path,
        name,
        reader.kind(path, node),
        str(node.value),
        choices=() if found is None or found.kind != "choice" else found.allowed,
        optional=reader.optional(path),
        long=found is not None and found.most >= _EXPRESSION,
    )


def _parts(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    """The named parts of a map. What is no map where one should be has no parts and a finding of its own."""
    return [(str(key.value), value) for key, value in named(node)]


def _is_simple(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) or (
        isinstance(node, yaml.SequenceNode)
        and is_flow(node)
        and all(isinstance(each, yaml.ScalarNode) for each in listed(node))
    )


def _holds_maps(node: yaml.Node) -> bool:
    return any(isinstance(each, yaml.MappingNode) for each in listed(node))


def _title(node: yaml.Node) -> str:
    """The code or the name of an entry, as far as it has one."""
    said = {name: value.value for name, value in _parts(node) if isinstance(value, yaml.ScalarNode)}
    return str(said.get("code") or said.get("name") or "")
