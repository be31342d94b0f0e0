"""What may come next while a condition is typed: fields, signs, and values that are known of the field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import FIELDS, Type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ORDERED = ("=", "<>", "<", "<=", ">", ">=", "between", "is null")
_OF_TEXT = ("=", "<>", "in (", "is null", "is not null")
_FIRST_VALUE = {Type.DATE: "date '2026-01-01'", Type.MONEY: "1000", Type.NUMBER: "1", Type.RATIO: "10 %"}
_JOINS = ("and", "or")
_MOST = 12
_TOKEN = re.compile(r"'(?:[^']|'')*'?|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|<=|>=|<>|!=|[=<>(),]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that fits: put it in place of the characters from `start` to where the person stands."""

    word: str
    kind: str
    start: int


def offers(text: str, at: int, known: Mapping[str, Sequence[str]]) -> tuple[Offer, ...]:
    """What may stand at that place, by the letters that stand there already; `known` are values by field."""
    before = text[:at]
    words = [(found.group(), found.start()) for found in _TOKEN.finditer(before)]
    begun, start = ("", at)
    if words and words[-1][1] + len(words[-1][0]) == at and _is_open(words[-1][0]):
        begun, start = words.pop()
    kind, fitting = _fitting([word for word, _ in words], known)
    wanted = begun.strip("'").casefold()
    found = [each for each in fitting if each.strip("'").casefold().startswith(wanted)]
    return tuple(Offer(each, kind, start) for each in found if each != begun)[:_MOST]


def _is_open(word: str) -> bool:
    """Whether the word is still being written: a name, or a text without its closing sign."""
    return word[0].isalpha() or word[0] == "_" or (word.startswith("'") and (len(word) == 1 or not word.endswith("'")))


def _fitting(words: list[str], known: Mapping[str, Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    last = words[-1].lower() if words else ""
    if last in {"", "and", "or", "not", "("} and not _in_values(words):
        return "field", (*FIELDS, "not")
    field = next((each.lower() for each in reversed(words) if each.lower() in FIELDS), "")
    if last in FIELDS:
        return "sign", _OF_TEXT if FIELDS[last] is Type.TEXT else _ORDERED
    if last in {"=", "<>", "!=", "<", "<=", ">", ">=", "(", ",", "between"}:
        return "value", _values(field, known)
    if _in_values(words):
        return "sign", (")", ",")
    return "join", _JOINS


def _in_values(words: list[str]) -> bool:
    """Whether a bracket behind `in` is open."""
    opened = [at for at, each in enumerate(words) if each == "("]
    return bool(opened) and ")" not in words[opened[-1] :] and words[opened[-1] - 1].lower() == "in"


def _values(field: str, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    first = _FIRST_VALUE.get(FIELDS.get(field, Type.TEXT))
    return (first,) if first else tuple("'" + each.replace("'", "''") + "'" for each in known.get(field, ()))
