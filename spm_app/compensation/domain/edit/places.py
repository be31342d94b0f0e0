"""Where the parts of a YAML text stand, counted in characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import yaml

Step: TypeAlias = "str | int"
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A node with its way in: `name` is the key before it, `parent` the map or list that holds it, `at` its place."""

    node: yaml.Node
    name: yaml.Node | None = None
    parent: yaml.Node | None = None
    at: int = 0


def steps(path: str) -> tuple[Step, ...]:
    """A path (`components[0].rate`) as its steps."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(path))


def find(text: str, path: str) -> Place | None:
    """The part of the text that a path names; None when there is none, or when the text is no YAML."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    place = None if root is None else Place(root)
    for step in steps(path):
        place = None if place is None else _enter(place.node, step)
    return place


def _enter(node: yaml.Node, step: Step) -> Place | None:
    if isinstance(step, int):
        inner = listed(node)
        return Place(inner[step], None, node, step) if step < len(inner) else None
    found = (Place(value, key, node, at) for at, (key, value) in enumerate(named(node)) if key.value == step)
    return next(found, None)


def named(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys and values of a map; nothing for anything else."""
    return cast("Any", node).value if isinstance(node, yaml.MappingNode) else []


def listed(node: yaml.Node) -> list[yaml.Node]:
    """The entries of a list; nothing for anything else."""
    return cast("Any", node).value if isinstance(node, yaml.SequenceNode) else []


def is_flow(node: yaml.Node) -> bool:
    """Whether it is written in brackets, `{...}` or `[...]`."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def end_of(node: yaml.Node) -> int:
    """The first character behind the node's own text, without the comments and empty lines that follow."""
    inner = [*(value for _, value in named(node)), *listed(node)]
    return end_of(inner[-1]) if inner and not is_flow(node) else node.end_mark.index


def line_start(text: str, index: int) -> int:
    """The first character of the line that holds the index."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """The first character of the next line; the end of the text for the last one."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def chunk(text: str, parent: yaml.Node, at: int) -> tuple[int, int]:
    """The lines of an entry of a block map or list, with the comments right above it that stand as far in as it."""
    node, first = _entry(parent, at)
    start = line_start(text, first)
    if isinstance(parent, yaml.SequenceNode):
        start = _dash(text, parent.start_mark.column, start)
    return _above(text, start, parent.start_mark.column), line_end(text, end_of(node))


def _entry(parent: yaml.Node, at: int) -> tuple[yaml.Node, int]:
    if isinstance(parent, yaml.MappingNode):
        name, value = named(parent)[at]
        return value, name.start_mark.index
    return listed(parent)[at], listed(parent)[at].start_mark.index


def _dash(text: str, column: int, start: int) -> int:
    """The line of a list's entry that has its dash: usually the entry's first."""
    while text[start + column : start + column + 1] != "-":
        start = line_start(text, start - 1)
    return start


def _above(text: str, start: int, column: int) -> int:
    """Up past the comment lines that stand right above and as far in."""
    while start:
        before = line_start(text, start - 1)
        if not text[before:start].startswith(" " * column + "#"):
            break
        start = before
    return start
