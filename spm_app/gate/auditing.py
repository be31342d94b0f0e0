"""What the page of the log remembers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from spm_app.gate import log
from spm_app.gate.subjects import Named, reference
from spm_app.infra.audit import Entry
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.catalogue import say, texts
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

AUDIT_COLUMNS = (
    Column("number", "gate.audit.number", kind="number", sorts=False),
    Column("at", "gate.audit.at", sorts=False),
    Column("who", "gate.audit.who", sorts=False),
    Column("act", "gate.audit.act", kind="detail", sorts=False),
    Column("subject", "gate.audit.subject", kind="place", sorts=False),
    Column("code", "gate.audit.code", sorts=False, shown=False),
    Column("details", "gate.audit.details", sorts=False, shown=False),
)


class AuditState(Listing, rx.State):
    """The log, newest first, and one entry in full."""

    _columns: ClassVar[tuple[Column, ...]] = AUDIT_COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("act", "who", "from", "to")
    _file_name: ClassVar[str] = "audit"

    acts: list[dict[str, str]] = []
    persons: list[dict[str, str]] = []
    verdict: str = ""
    is_whole: bool = True
    is_open: bool = False
    entry: dict[str, str] = {}
    changes: list[dict[str, str]] = []
    details: list[dict[str, str]] = []

    async def _prepare(self) -> None:
        lang = await language_of(self)
        found = await rx.run_in_thread(partial(log.choices, await actor_of(self)))
        acts = [{"value": each, "label": act_in_words(each, lang)} for each in found.acts]
        self.acts = sorted(acts, key=lambda each: each["label"].casefold())
        self.persons = [
            {"value": str(number), "label": name or say(lang, "gate.audit.system")} for number, name in found.persons
        ]
        self.verdict, self.is_open = "", False

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found = log.entries(actor, _wanted(ask), skip=ask.offset, size=ask.size)
        zone = people.zone()
        return Answer([_row(each, found.names, actor.language, zone) for each in found.entries], found.total)

    @rx.event
    @allow(Role.AUDITOR, Role.SYSADMIN)
    async def open_row(self, entry_id: int):
        """One entry with what was before and after."""
        actor, lang = await actor_of(self), await language_of(self)
        (found, names), zone = await rx.run_in_thread(lambda: (log.entry(actor, entry_id), people.zone()))
        self.entry = {**_facts(found, names, lang, zone)}
        before, after = found.details.get("before"), found.details.get("after")
        compared = {"before", "after"} & found.details.keys()
        self.changes = list(_changed(before, after, names, lang)) if compared else []
        rest = {name: value for name, value in found.details.items() if name not in {"before", "after"}}
        self.details = [{"name": name, "value": value} for name, value in _spelled(rest, names, lang)]
        self.is_open = True

    @rx.event
    @allow(Role.AUDITOR, Role.SYSADMIN)
    async def set_open(self, is_open: bool):
        """Escape and a click outside close the entry."""
        self.is_open = is_open

    @rx.event
    @allow(Role.AUDITOR, Role.SYSADMIN)
    async def verify(self):
        """Walk the whole chain and say whether it holds."""
        actor, lang = await actor_of(self), await language_of(self)
        bad, length = await rx.run_in_thread(partial(log.verify, actor))
        self.is_whole = bad is None
        if bad is None:
            self.verdict = say(lang, "gate.audit.whole", n=length)
        else:
            self.verdict = say(lang, "gate.audit.broken", number=bad.id, reason=say(lang, bad.reason))


def act_in_words(act: str, lang: str) -> str:
    """What was done; the code itself for an act of an older program that nobody says any more."""
    key = f"gate.act.{act}"
    return say(lang, key) if key in texts() else act


def _wanted(ask: Ask) -> log.Wanted:
    who = ask.filters.get("who", "")
    return log.Wanted(
        words=ask.search,
        act=ask.filters.get("act", ""),
        by=int(who) if who.isascii() and who.isdecimal() and len(who) < 18 else None,
        first_day=_day(ask.filters.get("from", "")),
        last_day=_day(ask.filters.get("to", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _row(each: Entry, names: Mapping[str, Named], lang: str, zone: str) -> dict[str, object]:
    return {
        "id": str(each.id),
        "number": str(each.id),
        "at": words.instant(each.at, lang, zone),
        "who": each.actor_name or say(lang, "gate.audit.system"),
        "act": act_in_words(each.act, lang),
        "subject": names[each.subject].text,
        "href": names[each.subject].href,
        "code": f"{each.act} {each.subject}",
        "details": json.dumps(each.details, ensure_ascii=False) if each.details else "",
    }


def _facts(each: Entry, names: Mapping[str, Named], lang: str, zone: str) -> dict[str, str]:
    row = {name: str(value) for name, value in _row(each, names, lang, zone).items()}
    return row | {"title": f"{row['number']} · {row['act']}"}


def _changed(before: Any, after: Any, names: Mapping[str, Named], lang: str) -> Iterator[dict[str, str]]:
    """What is not the same on both sides; two plain values are one line."""
    old = dict(_spelled(before if isinstance(before, dict) else {"value": before}, names, lang))
    new = dict(_spelled(after if isinstance(after, dict) else {"value": after}, names, lang))
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield {"name": name, "before": old.get(name, words.NOTHING), "after": new.get(name, words.NOTHING)}


def _spelled(details: Mapping[str, Any], names: Mapping[str, Named], lang: str) -> Iterator[tuple[str, str]]:
    """Each detail with its name in words; what is inside another stands behind it."""
    for key, value in details.items():
        name = _name_of(key, lang)
        if isinstance(value, dict):
            yield from ((f"{name} · {inner}", text) for inner, text in _spelled(value, names, lang))
        elif found := reference(key, value):
            yield name, names[found].text
        else:
            yield name, _value(value, lang)


def _name_of(key: str, lang: str) -> str:
    known = f"gate.detail.{key}"
    return say(lang, known) if known in texts() else key.replace("_", " ")


def _value(value: Any, lang: str) -> str:
    match value:
        case None | "":
            return words.NOTHING
        case bool():
            return say(lang, "ui.yes" if value else "ui.no")
        case list():
            return ", ".join(_value(each, lang) for each in value) or words.NOTHING
        case str():
            day = _day(value)
            role = f"people.role.{value}"
            return words.day(day, lang) if day else say(lang, role) if role in texts() else value
        case _:
            return words.shown(value, lang)
