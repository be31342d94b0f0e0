"""One spelling for one value: what is signed or compared later must be written the same way every time."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, cast


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; what JSON does not know (days, money, sets) by its own text.

    A value without a text of its own is spelled by its fields, but for those it would not show (`repr=False`).
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_text)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON has no type of its own
    """The same value as JSON knows it: texts, whole numbers, lists and objects."""
    return json.loads(canonical(value))


def _text(value: object) -> object:
    if isinstance(value, (set, frozenset)):
        return sorted(str(each) for each in cast("frozenset[object]", value))
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {each.name: getattr(value, each.name) for each in fields(value) if each.repr}
    return str(value)
