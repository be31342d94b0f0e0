"""Reading what of a transaction is credited: text becomes a `Value`, with the column of what cannot be understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.condition import RuleReader
from spm_app.compensation.domain.rule import FIELDS, Type
from spm_app.compensation.domain.tokens import LONGEST, RuleError, millionths, payable, tokens
from spm_app.compensation.domain.value import Choose, Fixed, Pick, Plus, Take, Times, Value, is_nothing, kind_of

if TYPE_CHECKING:
    from spm_app.compensation.domain.rule import Rule
    from spm_app.kernel.money import Currency

_FIGURES = frozenset({Type.MONEY, Type.NUMBER, Type.RATIO})
_NUMERIC = ", ".join(sorted(name for name, kind in FIELDS.items() if kind in _FIGURES))


def parse_value(text: str, currency: Currency) -> Value:
    """Read a value. Raises RuleError."""
    if len(text) > LONGEST:
        raise RuleError("compensation.rule.too_long", LONGEST, most=LONGEST)
    reader = ValueReader(tuple(tokens(text)), currency)
    value = reader.sum_of(0)
    if reader.now.text:
        reader.refuse()
    return value


@dataclass(slots=True)
class ValueReader(RuleReader):
    """Reads from loose to tight: sums, products, single values."""

    def sum_of(self, depth: int) -> Value:
        """Values added or taken away, all of one kind."""
        column = self.now.column
        plus, less = [self.product(depth)], list[Value]()
        while self.now.text in {"+", "-"}:
            into = plus if self.takes("+") or not self.takes("-") else less
            into.append(self.product(depth))
        self._alike([*plus, *less], column)
        return plus[0] if len(plus) == 1 and not less else Plus(tuple(plus), tuple(less))

    def product(self, depth: int) -> Value:
        """Values multiplied; money only once."""
        column, value = self.now.column, self.one(depth)
        while self.takes("*"):
            value, right = self._factors(value, self.one(depth))
            if kind_of(value) is kind_of(right) is Type.MONEY:
                raise RuleError("compensation.rule.money_twice", column)
            value = Times(value, right)
        return value

    def _factors(self, left: Value, right: Value) -> tuple[Value, Value]:
        """A bare figure beside money is a number."""
        if kind_of(left) is kind_of(right) is Type.MONEY:
            if isinstance(right, Fixed):
                return left, self._number_of(right)
            if isinstance(left, Fixed):
                return self._number_of(left), right
        return left, right

    def _number_of(self, fixed: Fixed) -> Fixed:
        return Fixed(fixed.figure * 10 ** (6 - self.currency.digits), Type.NUMBER)

    def one(self, depth: int) -> Value:
        """A field, a figure, a choice, the least or greatest of several, or a sum in brackets."""
        if self.takes("("):
            value = self.sum_of(self.deeper(depth))
            self.must(")")
            return value
        if self.takes("case"):
            return self._choice(self.deeper(depth))
        word = self.now.text.lower()
        if word in {"least", "greatest"}:
            self.at += 1
            return Pick(word, self._several(self.deeper(depth)))
        return self._take() if self.now.kind == "word" else self._fixed()

    def _take(self) -> Value:
        token = self.now
        name = token.text.lower()
        if FIELDS.get(name) not in _FIGURES:
            raise RuleError("compensation.rule.no_figure", token.column, name=token.text, known=_NUMERIC)
        self.at += 1
        return Take(name)

    def _fixed(self) -> Value:
        """A percentage is a ratio; any other figure is money, unless it is finer than money or multiplies some."""
        token = self.number()
        ratio = self.takes("%")
        money = None if ratio else payable(token.text, self.currency)
        if money is not None:
            return Fixed(money, Type.MONEY)
        figure = millionths(token.text, 100 if ratio else 1)
        if figure is None:
            raise RuleError("compensation.rule.unpayable", token.column, text=token.text)
        return Fixed(figure, Type.RATIO if ratio else Type.NUMBER)

    def _several(self, depth: int) -> tuple[Value, ...]:
        column = self.now.column
        self.must("(")
        found = [self.sum_of(depth)]
        while self.takes(","):
            found.append(self.sum_of(depth))
        self.must(")")
        self._alike(found, column)
        return tuple(found)

    def _choice(self, depth: int) -> Value:
        column, cases = self.now.column, list[tuple["Rule", Value]]()
        while self.takes("when"):
            rule = self.some(depth)
            self.must("then")
            cases.append((rule, self.sum_of(depth)))
        if not cases:
            self.refuse()
        self.must("else")
        other = self.sum_of(depth)
        self.must("end")
        self._alike([other, *(value for _, value in cases)], column)
        return Choose(tuple(cases), other)

    def _alike(self, values: list[Value], column: int) -> None:
        kinds = {kind_of(each) for each in values if not is_nothing(each)}
        if len(kinds) > 1:
            raise RuleError("compensation.rule.mixed", column, kinds=", ".join(sorted(kinds)))
