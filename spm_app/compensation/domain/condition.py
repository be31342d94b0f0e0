"""Reading a condition: text becomes a `Rule`, and everything outside the small language is refused with its column.

What a person writes never reaches a database as SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spm_app.compensation.domain.rule import (
    FIELDS,
    Among,
    Compare,
    Empty,
    Every,
    Literal,
    Not,
    Rule,
    Some,
    Type,
    type_of,
)
from spm_app.compensation.domain.tokens import LONGEST, Cursor, RuleError, Token, millionths, payable, tokens

if TYPE_CHECKING:
    from spm_app.kernel.money import Currency

__all__ = ["LONGEST", "RuleError", "parse_rule", "payable"]


def parse_rule(text: str, currency: Currency) -> Rule:
    """Read a condition. Raises RuleError."""
    if len(text) > LONGEST:
        raise RuleError("compensation.rule.too_long", LONGEST, most=LONGEST)
    reader = RuleReader(tuple(tokens(text)), currency)
    rule = reader.some(0)
    if reader.now.text:
        reader.refuse()
    return rule


@dataclass(slots=True)
class RuleReader(Cursor):
    """Reads from loose to tight: or, and, not, comparison. Each level says how deep it stands."""

    def some(self, depth: int) -> Rule:
        """Conditions joined by `or`."""
        rules = [self.every(depth)]
        while self.takes("or"):
            rules.append(self.every(depth))
        return rules[0] if len(rules) == 1 else Some(tuple(rules))

    def every(self, depth: int) -> Rule:
        """Conditions joined by `and`."""
        rules = [self.single(depth)]
        while self.takes("and"):
            rules.append(self.single(depth))
        return rules[0] if len(rules) == 1 else Every(tuple(rules))

    def single(self, depth: int) -> Rule:
        """One condition, its opposite, or several in brackets."""
        if self.takes("not"):
            return Not(self.single(self.deeper(depth)))
        if self.takes("("):
            inner = self.some(self.deeper(depth))
            self.must(")")
            return inner
        return self.comparison()

    def comparison(self) -> Rule:
        """A field, and what it is compared with."""
        name = self.field()
        if self.takes("is", "not", "null"):
            return Not(Empty(name))
        if self.takes("is", "null"):
            return Empty(name)
        negated = self.takes("not")
        rule = self.range_or_set(name, negated=negated)
        return Not(rule) if negated else rule

    def range_or_set(self, name: str, *, negated: bool) -> Rule:
        """What may stand behind the name of a field."""
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
        """The name of a field that is known, in small letters."""
        token = self.now
        if token.kind != "word":
            self.refuse()
        if type_of(token.text.lower()) is None:
            known = ", ".join(sorted(FIELDS))
            raise RuleError("compensation.rule.unknown_field", token.column, name=token.text, known=known)
        self.at += 1
        return token.text.lower()

    def values(self, name: str) -> tuple[Literal, ...]:
        """Several values in brackets."""
        self.must("(")
        found = [self.value(name)]
        while self.takes(","):
            found.append(self.value(name))
        self.must(")")
        return tuple(found)

    def value(self, name: str) -> Literal:
        """A value of the kind that the field holds."""
        is_date = self.takes("date")
        wanted, token = type_of(name), self.now
        if token.kind == "number" or token.text == "-":
            return self._figure(name, wanted if not is_date else Type.TEXT)
        if token.kind != "text":
            self.refuse()
        self.at += 1
        if wanted is Type.DATE:
            return _day(token)
        if wanted is Type.TEXT and not is_date:
            return token.text[1:-1].replace("''", "'")
        raise RuleError("compensation.rule.wrong_type", token.column, name=name, wanted=str(wanted))

    def _figure(self, name: str, wanted: Type | None) -> int:
        """Money in minor units; a number, or a ratio written with its sign, in millionths."""
        token = self.number()
        percent = self.takes("%")
        if wanted not in {Type.MONEY, Type.NUMBER, Type.RATIO} or percent != (wanted is Type.RATIO):
            raise RuleError("compensation.rule.wrong_type", token.column, name=name, wanted=str(type_of(name)))
        if wanted is Type.MONEY:
            figure = payable(token.text, self.currency)
        else:
            figure = millionths(token.text, 100 if percent else 1)
        if figure is None:
            raise RuleError("compensation.rule.unpayable", token.column, text=token.text)
        return figure


def _day(token: Token) -> date:
    try:
        return date.fromisoformat(token.text[1:-1])
    except ValueError as error:
        raise RuleError("compensation.rule.no_date", token.column, text=token.text[1:-1]) from error
