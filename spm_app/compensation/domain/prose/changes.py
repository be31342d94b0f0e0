"""What changes from one version of a plan to the next, term by term, in words: the change notice.

Texts are compared by what they say. Order, comments and brackets are no change; entries of a list are the same entry
when their code, their beginning or their name is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from spm_app.compensation.domain.prose.conditions import condition
from spm_app.compensation.domain.prose.document import section_of
from spm_app.compensation.domain.prose.phrase import (
    Phrase,
    currency_of,
    data_of,
    entries_of,
    is_map,
    named,
    table_of,
    term,
    valued,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.kernel.money import Currency

    Table: TypeAlias = dict[str, Any]

#: By what an entry of a list is known, in this order.
_KNOWN_BY = ("code", "from", "at", "name", "to")
#: What comes to the same when it is not written.
_UNSAID = {
    "rounding": "half_up",
    "bound": "lower_inclusive",
    "accumulate": "period",
    "aggregate": "sum",
    "basis": "credit",
    "date": "closed_on",
    "value": "amount",
    "share": "100 %",
}


def changes(before: str, after: str) -> tuple[Phrase, ...]:
    """Every term that differs, in the order of the new text; what went comes last. Nothing for texts that say the same.

    Examples are left out: they explain terms and are none.
    """
    old, new = data_of(before), data_of(after)
    for each in (old, new):
        each.pop("examples", None)
    return tuple(_of_map(old, new, _told("plan"), currency_of(new)))


def _told(key: str, /, **args: object) -> Phrase:
    return Phrase(f"compensation.change.{key}", args)


def _of_map(old: Table, new: Table, where: Phrase, currency: Currency | None) -> Iterator[Phrase]:
    for name in dict.fromkeys((*new, *old)):
        was, now = (each.get(name, _UNSAID.get(name)) for each in (old, new))
        if was == now:
            continue
        yield from _of_value(name, was, now, where=where, currency=currency)


def _of_value(name: str, was: object, now: object, *, where: Phrase, currency: Currency | None) -> Iterator[Phrase]:
    if table_of(was) and table_of(now) and set(table_of(now)) != {"en", "it"}:
        inner = _told("inner", inner=where, kind=named(name))
        yield from _of_map(table_of(was), table_of(now), inner, currency)
    elif _holds_maps(was) or _holds_maps(now):
        yield from _of_list(name, _maps(was), _maps(now), where=where, currency=currency)
    elif was is None:
        yield _told("added", where=where, what=named(name), after=_said(name, now, currency))
    elif now is None:
        yield _told("removed", where=where, what=named(name), before=_said(name, was, currency))
    else:
        both = {"before": _said(name, was, currency), "after": _said(name, now, currency)}
        yield _told("changed", where=where, what=named(name), **both)


def _of_list(
    name: str, was: dict[str, Table], now: dict[str, Table], *, where: Phrase, currency: Currency | None
) -> Iterator[Phrase]:
    for key, entry in now.items():
        place = _place(name, entry, where, currency)
        if key in was:
            yield from _of_map(was[key], entry, place, currency)
        else:
            yield _told("part_added", where=place)
            yield from section_of(entry, currency).sentences if "code" in entry else _terms(entry, place, currency)
    for key, entry in was.items():
        if key not in now:
            yield _told("part_removed", where=_place(name, entry, where, currency))


def _terms(entry: Table, place: Phrase, currency: Currency | None) -> Iterator[Phrase]:
    """What a new band or point says."""
    for name, value in entry.items():
        if name not in {"from", "at"}:
            yield _told("added", where=place, what=named(name), after=_said(name, value, currency))


def _place(name: str, entry: Table, where: Phrase, currency: Currency | None) -> Phrase:
    if "code" in entry:
        kind = Phrase(f"compensation.term.one.{name}", {"": name}) if name in {"components", "measures"} else term(name)
        return _told("part", kind=kind, name=valued(entry.get("name", entry["code"]), None))
    start = next((entry[each] for each in _KNOWN_BY if each in entry), "")
    return _told("band", inner=where, kind=named(name), start=valued(start, currency))


def _said(name: str, value: object, currency: Currency | None) -> object:
    if name == "when":
        return condition(str(value), currency)
    said = valued(value, currency)
    return Phrase(f"compensation.value.{said}", {"": said}) if isinstance(said, str) else said


def _holds_maps(value: object) -> bool:
    return any(is_map(each) for each in entries_of(value))


def _maps(value: object) -> dict[str, Table]:
    """The entries by what they are known by; a second one of the same name gets its number."""
    found: dict[str, Table] = {}
    entries = [value] if is_map(value) else entries_of(value)
    for at, each in enumerate(cast("list[object]", entries)):
        entry: Table = table_of(each) or {"code": each}
        key = str(next((entry[name] for name in _KNOWN_BY if name in entry), at))
        found[key if key not in found else f"{key} {at}"] = entry
    return found
