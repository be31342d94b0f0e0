"""The plan document: the head, then a section for each measure and component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.prose.concepts import CONCEPTS, listed, other
from spm_app.compensation.domain.prose.phrase import (
    Phrase,
    currency_of,
    data_of,
    entries_of,
    is_map,
    table_of,
    told,
    valued,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.kernel.money import Currency

_SAID = frozenset(
    {"code", "name", "currency", "effective", "eligibility", "period", "rounding", "components", "measures", "examples"}
)
_WHO = ("titles", "positions", "people")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document with its title, its `code` where it is a component or measure, and its sentences."""

    code: str
    title: Phrase
    sentences: tuple[Phrase, ...]


def prose_of(text: str) -> tuple[Section, ...]:
    """The document of a plan text; nothing for a text that is no map."""
    data = data_of(text)
    if not data:
        return ()
    currency = currency_of(data)
    parts = [*listed(data.get("measures", [])), *listed(data.get("components", []))]
    sections = [Section("", told("title.plan"), tuple(_head(data)))]
    sections += [section_of(each, currency) for each in parts]
    if examples := tuple(_examples(data, currency)):
        sections.append(Section("", told("title.examples"), examples))
    return tuple(sections)


def section_of(part: Mapping[str, Any], currency: Currency | None) -> Section:
    """One component or measure: the words that are known in their order, then all others."""
    sentences: list[Phrase] = []
    for name in (*CONCEPTS, *(each for each in part if each not in CONCEPTS)):
        if name in part and name not in {"code", "name"}:
            bare = {"counted": True} if name == "rate_table" and _counts(part) else {}
            sentences += (
                CONCEPTS[name](part[name], currency, **bare) if name in CONCEPTS else (other(name, part[name]),)
            )
    title = told("title.part", name=valued(part.get("name", part.get("code", "")), None))
    return Section(str(part.get("code", "")), title, tuple(sentences))


def _counts(part: Mapping[str, Any]) -> bool:
    """Whether it measures a number rather than money."""
    values = [str(each.get("value", "")) for each in listed(part.get("credit", []))]
    return part.get("aggregate") == "count" or "units" in values


def _head(data: Mapping[str, Any]) -> Iterator[Phrase]:
    yield told("plan", name=str(data.get("name", "")), currency=str(data.get("currency", "")))
    days = table_of(data.get("effective"))
    if days:
        start, end = (valued(days.get(name, ""), None) for name in ("from", "to"))
        yield told("effective" if "to" in days else "effective_open", start=start, end=end)
    who = tuple(_who(data.get("eligibility")))
    if who:
        yield told("eligible", who=who)
    if "period" in data:
        yield told("period", period=Phrase(f"compensation.value.{data['period']}", {"": str(data["period"])}))
    yield told("rounding")
    for name, value in data.items():
        if name not in _SAID:
            yield other(name, value)


def _who(eligibility: object) -> Iterator[Phrase]:
    chosen = table_of(eligibility)
    for name in _WHO:
        for each in entries_of(chosen.get(name)):
            yield _one(name, table_of(each) or {"code": each})


def _one(kind: str, entry: Mapping[str, Any]) -> Phrase:
    who = told(f"who.{kind}", code=str(entry.get("code", "")))
    days = "_".join(name for name in ("from", "to") if name in entry)
    if not days:
        return who
    start, end = (valued(entry.get(name, ""), None) for name in ("from", "to"))
    return told(f"who.{days}", who=who, start=start, end=end)


def _examples(data: Mapping[str, Any], currency: Currency | None) -> Iterator[Phrase]:
    names = {str(each.get("code")): valued(each.get("name", ""), None) for each in listed(data.get("components", []))}
    for each in listed(data.get("examples", [])):
        deals = tuple(_deal(sale, currency) for sale in entries_of(each.get("transactions")))
        pays = tuple(
            told("example.pays", name=names.get(code, code), pays=valued(pay, currency))
            for code, pay in table_of(each.get("expected")).items()
        )
        key = "example.quota" if "quota" in each else "example"
        quota = valued(each.get("quota", ""), currency)
        yield told(key, name=str(each.get("name", "")), quota=quota, deals=deals, pays=pays)


def _deal(sale: object, currency: Currency | None) -> object:
    if not is_map(sale):
        return valued(sale, currency)
    said = table_of(sale)
    more = tuple(valued(value, currency) for name, value in said.items() if name != "amount")
    return told("example.deal", amount=valued(said.get("amount", ""), currency), more=more)
