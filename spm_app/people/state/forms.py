"""What comes from a form, read into values: every place that needs another look is named at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem
from spm_app.ui.address import number_in

_LONGEST = 200
_GROUPING = str.maketrans("", "", " '\u00a0\u2009\u202f\u2019")


@dataclass
class Form:
    """The fields by name. What cannot be read becomes a problem; `checked` raises them all together."""

    fields: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """As typed, without space around it."""
        return str(self.fields.get(name) or "").strip()[:_LONGEST]

    def needed(self, name: str) -> str:
        """The same, and it must be there."""
        text = self.text(name)
        if not text:
            self.problems.append(Problem(name, "people.problem.missing"))
        return text

    def number(self, name: str) -> int | None:
        """The number behind a choice; None when nothing was chosen."""
        return number_in(self.text(name)) or None

    def chosen(self, name: str) -> int:
        """The same, and something must be chosen."""
        found = self.number(name)
        if found is None:
            self.problems.append(Problem(name, "people.problem.choose"))
        return found or 0

    def day(self, name: str) -> date:
        """A day as the browser's own field writes it."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.problems.append(Problem(name, "people.problem.day"))
            return date.min

    def money(self, name: str, currency: str) -> Money:
        """An amount with a point or a comma for the decimals, grouped or not."""
        amount = _amount(self.text(name))
        if amount is None:
            self.problems.append(Problem(name, "people.problem.amount"))
            return Money.of(0, currency)
        return Money.of(amount, currency)


@contextmanager
def checked(form: Mapping[str, Any]) -> Iterator[Form]:
    """Read inside the block; raises InvalidInput with every problem when it ends."""
    reading = Form(form)
    yield reading
    if reading.problems:
        raise InvalidInput("people.form_has_errors", reading.problems)


def _amount(text: str) -> Decimal | None:
    """The last of point and comma is the decimal mark when at most two digits follow it; otherwise it groups."""
    plain = text.translate(_GROUPING)
    at = max(plain.rfind("."), plain.rfind(","))
    if at >= 0 and 1 <= len(plain) - at - 1 <= 2:
        plain = plain[:at].replace(".", "").replace(",", "") + "." + plain[at + 1 :]
    else:
        plain = plain.replace(".", "").replace(",", "")
    if not plain.removeprefix("-").replace(".", "", 1).isdecimal() or len(plain) > 18:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
