"""Changes of a plan's text, each at one place. Every function gives the whole new text.

A place that is not there leaves the text as it is: a form may be a moment behind its text.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import yaml

from spm_app.compensation.domain.edit.places import (
    Place,
    chunk,
    end_of,
    find,
    is_flow,
    line_end,
    line_start,
    listed,
    named,
)
from spm_app.compensation.domain.edit.scalars import scalar

if TYPE_CHECKING:
    from collections.abc import Callable


def set_value(text: str, path: str, value: str) -> str:
    """Another value in a place that has one; a part that is missing is added to the map that should hold it."""
    place = find(text, path)
    if place is None:
        parent, _, name = path.rpartition(".")
        return add_part(text, parent, name, scalar(value))
    style = place.node.style if isinstance(place.node, yaml.ScalarNode) else None
    return replace_part(text, path, scalar(value, style))


def replace_part(text: str, path: str, fragment: str) -> str:
    """Another text for a value. One of several lines begins on a line of its own, further in than its name."""
    place = find(text, path)
    if place is None:
        return text
    start, end = place.node.start_mark.index, end_of(place.node)
    if "\n" in fragment.strip("\n") and place.name is not None:
        start = place.name.end_mark.index + 1
        shown = _indented(fragment, place.name.start_mark.column + 2)
        return f"{text[:start]}\n{shown}{text[line_end(text, end) :]}"
    if start and text[start - 1] == ":":
        fragment = f" {fragment}"
    elif _begins_a_line(text, start) and place.name is not None and place.parent is not None:
        start = place.name.end_mark.index + 1
        fragment = f" {fragment}"
    return text[:start] + fragment.strip("\n") + text[end:]


def add_part(text: str, path: str, name: str, fragment: str) -> str:
    """One more named part at the end of a map; `path` is empty for the whole plan."""
    place = find(text, path)
    if place is None or not isinstance(place.node, yaml.MappingNode):
        return text
    several = "\n" in fragment.strip("\n")
    entry = f"{name}:\n{_indented(fragment, 2)}" if several else f"{name}: {fragment.strip()}"
    if not is_flow(place.node):
        return _after(text, end_of(place.node), _indented(entry, place.node.start_mark.column))
    inner = f"{name}: {_flowing(fragment)}" if several else entry
    return _into_brackets(text, place, inner)


def remove(text: str, path: str) -> str:
    """Without that part. A list or map that loses its last entry stays, empty."""
    place = find(text, path)
    if place is None or place.parent is None:
        return text
    if len(place.parent.value) == 1:
        above = path[: path.rindex("[" if place.name is None else ".")] if path[-1] == "]" or "." in path else ""
        empty = "[]" if place.name is None else "{}"
        return replace_part(text, above, empty) if above else text
    if is_flow(place.parent):
        return _out_of_brackets(text, place)
    start, end = _removable(text, place)
    return text[:start] + text[end:]


def add_item(text: str, path: str, fragment: str) -> str:
    """One more entry at the end of a list; the list is begun when its text is empty brackets."""
    place = find(text, path)
    if place is None or not isinstance(place.node, yaml.SequenceNode):
        return text
    if is_flow(place.node):
        several = "\n" in fragment.strip("\n")
        if several and not place.node.value:
            return replace_part(text, path, _dashed(fragment))
        return _into_brackets(text, place, _flowing(fragment) if several else fragment.strip())
    return _after(text, end_of(place.node), _indented(_dashed(fragment), place.node.start_mark.column))


def duplicate(text: str, path: str) -> str:
    """An entry of a list once more, right behind itself."""
    place = find(text, path)
    if place is None or not isinstance(place.parent, yaml.SequenceNode):
        return text
    if is_flow(place.parent):
        start, end = place.node.start_mark.index, end_of(place.node)
        return f"{text[:end]}, {text[start:end]}{text[end:]}"
    text = _closed(text)
    start, end = chunk(text, place.parent, place.at)
    return text[:end] + text[start:end] + text[end:]


def move(text: str, path: str, by: int) -> str:
    """An entry of a list one place up (-1) or down (1); at the end of the list nothing happens."""
    place = find(text, path)
    if place is None or not isinstance(place.parent, yaml.SequenceNode):
        return text
    first, second = sorted((place.at, place.at + by))
    if first < 0 or second >= len(place.parent.value):
        return text
    text = text if is_flow(place.parent) else _closed(text)
    cut = _in_brackets if is_flow(place.parent) else _in_lines(text)
    (a, b), (c, d) = cut(place.parent, first), cut(place.parent, second)
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def fragment_of(text: str, path: str) -> str:
    """A value as a text of its own, moved to the margin: what `add_item` and `replace_part` take."""
    place = find(text, path)
    if place is None:
        return ""
    start, end = place.node.start_mark.index, end_of(place.node)
    return textwrap.dedent(" " * place.node.start_mark.column + text[start:end])


def _in_brackets(parent: yaml.Node, at: int) -> tuple[int, int]:
    node = parent.value[at]
    return node.start_mark.index, end_of(node)


def _in_lines(text: str) -> Callable[[yaml.Node, int], tuple[int, int]]:
    return lambda parent, at: chunk(text, parent, at)


def _into_brackets(text: str, place: Place, entry: str) -> str:
    inner = [*(value for _, value in named(place.node)), *listed(place.node)]
    if inner:
        end = end_of(inner[-1])
        return f"{text[:end]}, {entry}{text[end:]}"
    start = place.node.start_mark.index + 1
    return f"{text[:start]}{entry}{text[place.node.end_mark.index - 1 :]}"


def _out_of_brackets(text: str, place: Place) -> str:
    """The entry with the comma before it, or the one behind it for the first."""
    assert place.parent is not None  # noqa: S101 - `remove` has looked
    ends = [*(value for _, value in named(place.parent)), *listed(place.parent)]
    if place.at:
        return text[: end_of(ends[place.at - 1])] + text[end_of(place.node) :]
    starts = [*(name for name, _ in named(place.parent)), *listed(place.parent)]
    return text[: starts[0].start_mark.index] + text[starts[1].start_mark.index :]


def _removable(text: str, place: Place) -> tuple[int, int]:
    """The lines of the entry; of the first one of a list's entry, what stands behind the dash."""
    assert place.parent is not None  # noqa: S101 - `remove` has looked
    start, end = chunk(text, place.parent, place.at)
    if place.name is None or _begins_a_line(text, place.name.start_mark.index):
        return start, end
    return place.name.start_mark.index, named(place.parent)[1][0].start_mark.index


def _after(text: str, index: int, lines: str) -> str:
    """New lines below the line of that place."""
    text = _closed(text)
    at = line_end(text, max(0, index - 1) if text[index - 1 : index] == "\n" else index)
    return text[:at] + lines + text[at:]


def _begins_a_line(text: str, index: int) -> bool:
    return not text[line_start(text, index) : index].strip()


def _closed(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _dashed(fragment: str) -> str:
    return "- " + textwrap.indent(fragment.strip("\n"), "  ")[2:]


def _indented(fragment: str, columns: int) -> str:
    return textwrap.indent(fragment.strip("\n"), " " * columns) + "\n"


def _flowing(fragment: str) -> str:
    """The same in brackets on one line."""
    node = yaml.compose(fragment, yaml.SafeLoader)
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = True
    written = yaml.serialize(node, width=10_000, allow_unicode=True)  # pyright: ignore[reportUnknownMemberType] - untyped
    return written.strip().removesuffix("\n...")
