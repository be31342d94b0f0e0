"""Reading a condition: text becomes a `Rule`, and everything outside the small language is refused with its column.

What a person writes never reaches a database as SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from spm_app.compensation.domain.rule import FIELDS, Among, Compare, Empty, Every, Literal, Not, Rule, Some, Type
from spm_app.kernel.errors import SpmError
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST, DEEPEST = 2_000, 20
_AMOUNT = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,6})?")
_MOST = 10**12


class RuleError(SpmError):
    """A condition that cannot be read; `column` counts from 1 in its text."""

    def __init__(self, key: str, column: int, **args: object) -> None:
        """Keep where in the text it went wrong."""
        super().__init__(key, column=column, **args)
        self.column = column


def parse_rule(text: str, currency: Currency) -> Rule:
    """Read a condition. Raises RuleError."""
    if len(text) > LONGEST:
        raise RuleError("compensation.rule.too_long", LONGEST, most=LONGEST)
    reader = _Reader(tuple(_tokens(text)), currency)
    rule = reader.some(0)
    if reader.now.text:
        reader.refuse()
    return rule


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)|(?P<sign><=|>=|<>|!=|[=<>(),]))",
    re.ASCII,
)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            column = at + len(text[at:]) - len(text[at:].lstrip()) + 1
            raise RuleError("compensation.rule.unexpected", column, found=text[column - 1])
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)
        at = found.end()
    yield _Token("end", "", len(text) + 1)


@dataclass(slots=True)
class _Reader:
    """Reads from loose to tight: or, and, not, comparison. Each level says how deep it stands."""

    tokens: tuple[_Token, ...]
    currency: Currency
    at: int = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def refuse(self) -> NoReturn:
        key = "compensation.rule.unexpected" if self.now.text else "compensation.rule.unfinished"
        raise RuleError(key, self.now.column, found=self.now.text)

    def takes(self, *words: str) -> bool:
        """Go on past these words if they come next."""
        ahead = self.tokens[self.at : self.at + len(words)]
        if [each.text.lower() for each in ahead] != list(words):
            return False
        self.at += len(words)
        return True

    def must(self, word: str) -> None:
        if not self.takes(word):
            self.refuse()

    def some(self, depth: int) -> Rule:
        rules = [self.every(depth)]
        while self.takes("or"):
            rules.append(self.every(depth))
        return rules[0] if len(rules) == 1 else Some(tuple(rules))

    def every(self, depth: int) -> Rule:
        rules = [self.single(depth)]
        while self.takes("and"):
            rules.append(self.single(depth))
        return rules[0] if len(rules) == 1 else Every(tuple(rules))

    def single(self, depth: int) -> Rule:
        if depth > DEEPEST:
            raise RuleError("compensation.rule.too_deep", self.now.column, most=DEEPEST)
        if self.takes("not"):
            return Not(self.single(depth + 1))
        if self.takes("("):
            inner = self.some(depth + 1)
            self.must(")")
            return inner
        return self.comparison()

    def comparison(self) -> Rule:
        name = self.field()
        if self.takes("is", "not", "null"):
            return Not(Empty(name))
        if self.takes("is", "null"):
            return Empty(name)
        negated = self.takes("not")
        rule = self.range_or_set(name, negated=negated)
        return Not(rule) if negated else rule

    def range_or_set(self, name: str, *, negated: bool) -> Rule:
        if self.takes("in"):
            return Among(name, self.values(name))
        if self.takes("between"):
            low = self.value(name)
            self.must("and")
            return Every((Compare(name, ">=", low), Compare(name, "<=", self.value(name))))
        op = self.now.text.replace("!=", "<>")
        if negated or op not in {"=", "<>", "<", "<=", ">", ">="}:
            self.refuse()
        self.at += 1
        return Compare(name, op, self.value(name))

    def field(self) -> str:
        token = self.now
        if token.kind != "word":
            self.refuse()
        if token.text.lower() not in FIELDS:
            raise RuleError(
                "compensation.rule.unknown_field", token.column, name=token.text, known=", ".join(sorted(FIELDS))
            )
        self.at += 1
        return token.text.lower()

    def values(self, name: str) -> tuple[Literal, ...]:
        self.must("(")
        found = [self.value(name)]
        while self.takes(","):
            found.append(self.value(name))
        self.must(")")
        return tuple(found)

    def value(self, name: str) -> Literal:
        is_date = self.takes("date")
        token = self.now
        if token.kind not in {"text", "number"}:
            self.refuse()
        self.at += 1
        wanted = FIELDS[name]
        if wanted is Type.MONEY and token.kind == "number" and not is_date:
            return self.money(token)
        if wanted is Type.DATE and token.kind == "text":
            return _day(token)
        if wanted is Type.TEXT and token.kind == "text" and not is_date:
            return token.text[1:-1].replace("''", "'")
        raise RuleError("compensation.rule.wrong_type", token.column, name=name, wanted=wanted.value)

    def money(self, token: _Token) -> int:
        amount = payable(token.text, self.currency)
        if amount is None:
            raise RuleError("compensation.rule.unpayable", token.column, text=token.text)
        return amount


def payable(text: str, currency: Currency) -> int | None:
    """An amount in minor units; None for what is finer than that, beyond a thousand billion, or no amount."""
    if not _AMOUNT.fullmatch(text):
        return None
    amount = Money.of(text, currency)
    return amount.minor if amount == amount.rounded() and abs(amount.amount) <= _MOST else None


def _day(token: _Token) -> date:
    try:
        return date.fromisoformat(token.text[1:-1])
    except ValueError as error:
        raise RuleError("compensation.rule.no_date", token.column, text=token.text[1:-1]) from error
