"""Parts that a form adds: each begins with something that can be read, so that only the figures are left to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.domain.edit.edits import (
    add_item,
    add_part,
    duplicate,
    fragment_of,
    remove,
    replace_part,
    set_value,
)
from spm_app.compensation.domain.edit.places import find, listed, named
from spm_app.compensation.domain.plan import read_noted

if TYPE_CHECKING:
    from spm_app.compensation.domain.nodes import Asked

_BANDS = "- {from: 0 %, to: 100 %, rate: 5 %}\n- {from: 100 %, rate: 8 %}"
#: Where the first choice or an empty text would be no good beginning.
_FIRST = {
    "rate": "5 %",
    "rate_table": f"kind: marginal\nover: attainment\nbands:\n  {_BANDS.replace(chr(10), chr(10) + '  ')}",
    "bands": _BANDS,
    "when": "\"outcome = 'won'\"",
    "point": "100 %",
    "below": "marginal",
    "above": "whole_amount",
    "examples": '- name: "1"\n  quota: 1000\n  transactions: [1000]\n  expected: {}',
    "transactions": "[1000]",
    "quota": "1000",
    "share": "50 %",
    "levels": "1",
    "eligibility": '{titles: [""]}',
}
#: Only one of them at a time.
_INSTEAD = {"rate": "rate_table", "rate_table": "rate"}
#: Of each kind that the language reads, something that it takes.
_OF_KIND = {"percent": "10 %", "money": "1000", "day": "2026-12-31", "number": "1"}


def begin(text: str, path: str, name: str) -> str:
    """The map at `path` with one more part. What the language needs in it is begun as well, as deep as it goes."""
    other = _INSTEAD.get(name, "")
    where = f"{path}.{name}".removeprefix(".")
    if other and find(text, f"{path}.{other}".removeprefix(".")) is not None:
        text = remove(text, f"{path}.{other}".removeprefix("."))
    begun = add_part(text, path, name, _FIRST.get(name, '""'))
    return begun if name in _FIRST or begun == text else _filled(begun, where)


def another(text: str, path: str) -> str:
    """One more entry of a list, like its last; of a table's bands, what follows the last one."""
    place = find(text, path)
    if place is None or not place.node.value:
        return add_item(text, path, "{}")
    last = f"{path}[{len(place.node.value) - 1}]"
    entry = fragment_of(text, last)
    start, end = (find(text, f"{last}.{name}") for name in ("from", "to"))
    if start is None or end is not None:
        grown = add_item(text, path, entry)
        return grown if end is None else _following(grown, path, len(place.node.value))
    return _cut_at(text, last, path, entry)


def _following(text: str, path: str, at: int) -> str:
    """The new last band begins where the one before it ends, and has no end."""
    before = find(text, f"{path}[{at - 1}].to")
    assert before is not None  # noqa: S101 - `another` has looked
    return remove(set_value(text, f"{path}[{at}].from", str(before.node.value)), f"{path}[{at}].to")


def _cut_at(text: str, last: str, path: str, entry: str) -> str:
    """The band without end gets one, a half above its start, and the new band goes on from there."""
    start = find(text, f"{last}.from")
    assert start is not None  # noqa: S101 - `another` has looked
    words = str(start.node.value).split()
    number = words[0].replace(".", "", 1)
    higher = _higher(words[0]) if number.isdigit() else words[0]
    bound = " ".join([higher, *words[1:]])
    grown = set_value(text, f"{last}.to", bound)
    place = find(grown, path)
    assert place is not None  # noqa: S101 - the edit changed one value
    grown = add_item(grown, path, entry)
    return set_value(grown, f"{path}[{len(place.node.value)}].from", bound)


def _higher(number: str) -> str:
    whole = int(number.partition(".")[0])
    return str(whole + max(1, whole // 2))


def _filled(text: str, path: str) -> str:
    """Whatever is still an empty text there becomes what the language wants to read in that place.

    Each turn fills one place, and what it puts there is at most one step deeper: it comes to an end.
    """
    while (found := _unfilled(text, path)) is not None:
        where, wanted = found
        if wanted.kind == "map":
            text = replace_part(text, where, "{" + ", ".join(f'{name}: ""' for name in wanted.needed) + "}")
        elif wanted.kind == "list":
            text = replace_part(text, where, '[""]')
        else:
            text = replace_part(text, where, wanted.allowed[0] if wanted.allowed else _OF_KIND[wanted.kind])
    return text


def _unfilled(text: str, path: str) -> tuple[str, Asked] | None:
    _, notes = read_noted(text)
    empty = (each for each in sorted(notes.asked.items()) if each[0].startswith(path) and each[1].kind != "text")
    return next((each for each in empty if _is_empty(text, each[0])), None)


def _is_empty(text: str, path: str) -> bool:
    place = find(text, path)
    return place is not None and place.node.value == ""


def doubled(text: str, path: str) -> str:
    """An entry of a list once more; its code gets a number, for codes are given once."""
    place, code = find(text, path), find(text, f"{path}.code")
    grown = duplicate(text, path)
    if place is None or code is None or grown == text:
        return grown
    holder = path[: path.rindex("[")]
    return set_value(grown, f"{holder}[{place.at + 1}].code", _free(text, holder, str(code.node.value)))


def uncoded(text: str, fragment: str) -> str:
    """A component's text under a code that the plan's components do not have yet."""
    code = find(fragment, "code")
    return fragment if code is None else set_value(fragment, "code", _free(text, "components", str(code.node.value)))


def _free(text: str, path: str, code: str) -> str:
    """The code itself, or with the first number that makes it one of its own among the list's."""
    holder = find(text, path)
    entries = [] if holder is None else listed(holder.node)
    taken = {str(value.value) for each in entries for name, value in named(each) if name.value == "code"}
    numbered = (f"{code}-{n}" for n in range(2, len(taken) + 3))
    return next(each for each in (code, *numbered) if each not in taken)
