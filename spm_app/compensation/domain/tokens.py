"""Words and signs of the small languages of conditions and values, and what went wrong at which column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from spm_app.kernel.errors import SpmError
from spm_app.kernel.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST, DEEPEST = 2_000, 20
_AMOUNT = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,6})?")
_MOST = 10**12


class RuleError(SpmError):
    """A condition or value that cannot be read; `column` counts from 1 in its text."""

    def __init__(self, key: str, column: int, **args: object) -> None:
        """Keep where in the text it went wrong."""
        super().__init__(key, column=column, **args)
        self.column = column


@dataclass(frozen=True, slots=True)
class Token:
    """A word, text, number or sign, and where it begins."""

    kind: str
    text: str
    column: int


_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*(?:\.\w+)?)"
    r"|(?P<sign><=|>=|<>|!=|[=<>(),%*+-]))",
    re.ASCII,
)


def tokens(text: str) -> Iterator[Token]:
    """The text cut into pieces; the last one is empty. Raises RuleError."""
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            column = at + len(text[at:]) - len(text[at:].lstrip()) + 1
            raise RuleError("compensation.rule.unexpected", column, found=text[column - 1])
        yield Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)
        at = found.end()
    yield Token("end", "", len(text) + 1)


@dataclass(slots=True)
class Cursor:
    """A place among tokens, to go on from."""

    tokens: tuple[Token, ...]
    currency: Currency
    at: int = 0

    @property
    def now(self) -> Token:
        """What comes next."""
        return self.tokens[self.at]

    def refuse(self) -> NoReturn:
        """Say that what comes next does not belong here."""
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
        """Go on past this word, which has to come next."""
        if not self.takes(word):
            self.refuse()

    def deeper(self, depth: int) -> int:
        """One level further down. Raises RuleError when that is too far."""
        if depth >= DEEPEST:
            raise RuleError("compensation.rule.too_deep", self.now.column, most=DEEPEST)
        return depth + 1

    def number(self) -> Token:
        """A number, with its sign."""
        sign = "-" if self.takes("-") else ""
        token = self.now
        if token.kind != "number":
            self.refuse()
        self.at += 1
        return Token("number", sign + token.text, token.column - len(sign))


def payable(text: str, currency: Currency) -> int | None:
    """An amount in minor units; None for what is finer than that, beyond a thousand billion, or no amount."""
    if not _AMOUNT.fullmatch(text):
        return None
    amount = Money.of(text, currency)
    return amount.minor if amount == amount.rounded() and abs(amount.amount) <= _MOST else None


def millionths(text: str, per: int = 1) -> int | None:
    """A number in millionths, or a percentage when `per` is 100; None for what is finer than that or too large."""
    if not _AMOUNT.fullmatch(text):
        return None
    whole, _, rest = text.partition(".")
    figure = int(f"{whole}{rest}") * 10 ** (6 - len(rest))
    return figure // per if figure % per == 0 and abs(figure) <= _MOST * 10**6 else None
