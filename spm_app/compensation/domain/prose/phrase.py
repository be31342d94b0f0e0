"""Sentences before they are said: the key of a text and its values, which may be sentences themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import yaml

from spm_app.compensation.domain.tokens import payable
from spm_app.kernel.errors import SpmError
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERCENT = re.compile(r"(-?[0-9.]+) ?%")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text key with its values. A value that is a tuple of phrases is a list in the sentence."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict[str, object])


def told(key: str, /, **args: object) -> Phrase:
    """A phrase of the plan document."""
    return Phrase(f"compensation.prose.{key}", args)


def data_of(text: str) -> dict[str, Any]:
    """The text as maps, lists and words; every value stays as it is written. Nothing for what is no map."""
    try:
        read = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - this loader makes nothing but texts
    except yaml.YAMLError:
        return {}
    return table_of(read)


def is_map(value: object) -> bool:
    """Whether it has named parts."""
    return isinstance(value, dict)


def is_list(value: object) -> bool:
    """Whether it has entries."""
    return isinstance(value, list)


def table_of(value: object) -> dict[str, Any]:
    """A map; an empty one for what is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def entries_of(value: object) -> list[Any]:
    """A list; an empty one for what is none."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def currency_of(data: Mapping[str, Any]) -> Currency | None:
    """The plan's money, as far as it is known."""
    try:
        return Currency(str(data.get("currency", "")))
    except SpmError:
        return None


def valued(value: object, currency: Currency | None) -> object:
    """A value that can be said in a language: a rate, a day, an amount, several of them, or the words themselves."""
    if is_map(value):
        return _words(table_of(value))
    if is_list(value):
        return tuple(valued(each, currency) for each in entries_of(value))
    text = str(value)
    if found := _PERCENT.fullmatch(text):
        return Rate.percent(found[1])
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _day(text)
    minor = None if currency is None else payable(text, currency)
    return text if minor is None or currency is None else Money.from_minor(minor, currency)


def _words(value: Mapping[str, object]) -> object:
    """A name in two languages, or what a map says one after the other."""
    if set(value) == {"en", "it"}:
        return told("in_two", en=str(value["en"]), it=str(value["it"]))
    return tuple(told("other", name=term(name), value=valued(each, None)) for name, each in value.items())


def term(name: str) -> Phrase:
    """What a word of the language is called."""
    return Phrase(f"compensation.term.{name}", {"": name})


def named(name: str) -> Phrase:
    """The same inside a sentence, where it begins with a small letter."""
    return told("inside", word=term(name))


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
