"""A YAML text as spots that know their place: every reading of a spot gives a value, or notes what is wrong there.

A reading that fails gives a harmless value so that reading goes on and finds everything at once; what was read is
thrown away when anything was noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import yaml

from spm_app.compensation.domain.measures import WHOLE
from spm_app.compensation.domain.rule import Type
from spm_app.compensation.domain.tokens import millionths, payable
from spm_app.kernel.errors import SpmError
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from enum import StrEnum

    from spm_app.kernel.money import Currency

LONGEST, DEEPEST = 200_000, 12
_NO_DAY = date(2000, 1, 1)
_PERCENT = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?) ?%")

E = TypeVar("E", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the language expects in a place: so a form asks for nothing that the language does not know.

    `kind` is `map`, `list`, `text`, `choice`, `percent`, `money`, `day` or `number`. A map has its `needed` and its
    `allowed` names, a choice its values in `allowed`; `most` is how long a text may be.
    """

    kind: str
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    most: int = 0


@dataclass(slots=True)
class Notes:
    """What was found while reading: problems, the line of every path, and what was expected there."""

    problems: list[Problem] = field(default_factory=list[Problem])
    places: dict[str, int] = field(default_factory=dict[str, int])
    asked: dict[str, Asked] = field(default_factory=dict[str, Asked])


@dataclass(frozen=True, slots=True)
class Spot:
    """One node of the text; `node` None stands for something that should be there and is missing."""

    node: yaml.Node | None
    path: str
    notes: Notes

    @property
    def line(self) -> int:
        """Where it stands in the text, counted from 1; 1 for what is missing."""
        return 1 if self.node is None else int(self.node.start_mark.line) + 1

    def note(self, key: str, **args: object) -> None:
        """Something is wrong here. What is missing was noted once, where it is missing."""
        if self.node is not None:
            self.notes.problems.append(Problem(f"{self.line}:{self.path}", key, args))

    def expects(self, kind: str, *, needed: Collection[str] = (), allowed: Collection[str] = (), most: int = 0) -> None:
        """Keep what is read here; the last word counts, for an amount is a text first."""
        if self.node is not None:
            self.notes.asked[self.path] = Asked(kind, tuple(needed), tuple(allowed), most)

    def fields(self, needed: Collection[str], allowed: Collection[str] = ()) -> Mapping[str, Spot]:
        """The named parts. Notes keys that are unknown, given twice or missing; every needed key is in the answer."""
        self.expects("map", needed=needed, allowed=allowed)
        found: dict[str, Spot] = {}
        if isinstance(self.node, yaml.MappingNode):
            for name, value in self.node.value:
                self._take(str(name.value), self._child(f".{name.value}", value, name), found, {*needed, *allowed})
        else:
            self.note("compensation.plan.not_a_map")
        for name in needed:
            if name not in found:
                found[name] = Spot(None, self.path, self.notes)
                if isinstance(self.node, yaml.MappingNode):
                    self.note("compensation.plan.missing", name=name)
        return found

    def _take(self, name: str, child: Spot, found: dict[str, Spot], known: set[str]) -> None:
        if name not in known:
            child.note("compensation.plan.unknown_key", name=name, known=", ".join(sorted(known)))
        elif name in found:
            child.note("compensation.plan.given_twice", name=name)
        else:
            found[name] = child

    def names(self) -> tuple[tuple[str, Spot], ...]:
        """All parts of a map whose keys the author chose."""
        self.expects("map")
        if not isinstance(self.node, yaml.MappingNode):
            self.note("compensation.plan.not_a_map")
            return ()
        return tuple((str(k.value), self._child(f".{k.value}", v, k)) for k, v in self.node.value)

    def items(self) -> tuple[Spot, ...]:
        """The entries of a list that has at least one."""
        self.expects("list")
        if isinstance(self.node, yaml.SequenceNode) and self.node.value:
            return tuple(self._child(f"[{at}]", each) for at, each in enumerate(self.node.value))
        self.note("compensation.plan.not_a_list")
        return ()

    def is_map(self) -> bool:
        """Whether it has named parts."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self, most: int = 200) -> str:
        """Words on one line."""
        self.expects("text", most=most)
        value = self.node.value.strip() if isinstance(self.node, yaml.ScalarNode) else ""
        if not value:
            self.note("compensation.plan.not_a_text")
        elif len(value) > most:
            self.note("compensation.plan.too_long", most=most)
        return value

    def choice(self, among: type[E]) -> E:
        """One of the values of an enumeration."""
        value = self.text()
        self.expects("choice", allowed=[each.value for each in among])
        if value not in list(among):
            self.note("compensation.plan.not_a_choice", value=value, choices=", ".join(among))
            return next(iter(among))
        return among(value)

    def percent(self) -> int:
        """A percentage, written with its sign, in parts per million."""
        value = self.text()
        self.expects("percent")
        found = _PERCENT.fullmatch(value)
        try:
            return Rate.percent(found[1]).ppm if found else self._no_percent(value)
        except SpmError:
            return self._no_percent(value)

    def _no_percent(self, value: str) -> int:
        self.note("compensation.plan.not_a_percentage", value=value)
        return WHOLE

    def money(self, currency: Currency) -> int:
        """An amount in minor units, written with a point and without grouping."""
        value = self.text()
        self.expects("money")
        amount = payable(value, currency)
        if amount is None:
            self.note("compensation.plan.not_an_amount", value=value, currency=currency.code)
        return amount or 0

    def quantity(self) -> int:
        """A number with up to six decimals, in millionths."""
        value = self.text()
        figure = millionths(value)
        if figure is None:
            self.note("compensation.plan.not_a_quantity", value=value)
        return figure or 0

    def factor(self) -> int:
        """A number or a percentage, in millionths: `1.15` and `115 %` are the same."""
        return self.percent() if self.text().endswith("%") else self.quantity()

    def figure(self, kind: Type | None, currency: Currency) -> int:
        """A figure of that kind: money in minor units, a number or ratio in millionths."""
        if kind is Type.RATIO:
            return self.percent()
        return self.quantity() if kind is Type.NUMBER else self.money(currency)

    def is_percent(self) -> bool:
        """Whether it is written as a percentage."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.value.strip().endswith("%")

    def is_list(self) -> bool:
        """Whether it has entries."""
        return isinstance(self.node, yaml.SequenceNode)

    def flag(self) -> bool:
        """Yes or no."""
        value = self.text().lower()
        if value not in {"yes", "no", "true", "false"}:
            self.note("compensation.plan.not_yes_or_no", value=value)
        return value in {"yes", "true"}

    def day(self) -> date:
        """A day, written 2026-01-31."""
        value = self.text()
        self.expects("day")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.note("compensation.plan.not_a_day", value=value)
            return _NO_DAY

    def number(self, least: int, most: int) -> int:
        """A whole number between two others."""
        value = self.text()
        self.expects("number")
        if not re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) or not least <= int(value) <= most:
            self.note("compensation.plan.not_a_number", value=value, least=least, most=most)
            return least
        return int(value)

    def _child(self, step: str, node: yaml.Node, name: yaml.Node | None = None) -> Spot:
        path = f"{self.path}{step}".removeprefix(".")
        self.notes.places.setdefault(path, (name or node).start_mark.line + 1)
        return Spot(node, path, self.notes)


def open_text(text: str, notes: Notes) -> Spot | None:
    """The whole text as a spot, or None with a note when it is no YAML that we take."""
    refused = _refused(text)
    if refused is not None:
        notes.problems.append(refused)
        return None
    node = yaml.compose(text, yaml.SafeLoader)
    if node is None:
        notes.problems.append(Problem("1:", "compensation.plan.empty"))
        return None
    return Spot(node, "", notes)


def _refused(text: str) -> Problem | None:
    """Aliases are refused because a short text of them can stand for an endless one; so are several documents."""
    if len(text) > LONGEST:
        return Problem("1:", "compensation.plan.too_long", {"most": LONGEST})
    documents = depth = 0
    try:
        for event in yaml.parse(text, yaml.SafeLoader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if getattr(event, "anchor", None) or documents > 1:
                return Problem(f"{_line(event.start_mark)}:", "compensation.plan.alias")
            if depth > DEEPEST:
                return Problem(f"{_line(event.start_mark)}:", "compensation.plan.too_deep", {"most": DEEPEST})
    except yaml.YAMLError as error:
        line = _line(getattr(error, "problem_mark", None))
        return Problem(f"{line}:", "compensation.plan.not_yaml", {"line": line})
    return None


def _line(mark: object) -> int:
    """The line of a place in the text, counted from 1; the first for no place at all."""
    return int(getattr(mark, "line", 0)) + 1
