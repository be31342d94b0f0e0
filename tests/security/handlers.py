"""Every event handler of the app, found by itself, and arguments that fit its signature."""

from __future__ import annotations

import types
from datetime import date
from enum import Enum
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from reflex_base.registry import RegistrationContext

import spm_app.spm_app
from spm_app.gate import arguments, policies

APP = spm_app.spm_app.app


class Handler(NamedTuple):
    """One remote procedure."""

    name: str
    call: Any
    state: type
    need: frozenset[str] | None

    @property
    def short(self) -> str:
        return f"{self.state.__name__}.{self.name.rpartition('.')[2]}"

    @property
    def is_ours(self) -> bool:
        """Written in this project, and not the `setvar` that Reflex adds to every state."""
        return self.call.__module__.startswith("spm_app.")


def every() -> tuple[Handler, ...]:
    registered = RegistrationContext.get().event_handlers
    return tuple(
        Handler(name, each.handler.fn, each.states[0], policies.need_of(name)) for name, each in registered.items()
    )


def fitting(handler: Handler) -> dict[str, Any]:
    """Plausible values for its parameters; uploads get none."""
    hints, files = get_type_hints(handler.call), arguments.file_names(handler.call)
    names = [each.name for each in arguments.parameters(handler.call) if each.name not in files]
    return {name: _value(hints.get(name, Any)) for name in names}


def _value(kind: Any) -> Any:
    plain = {int: 1, str: "1", bool: True, float: 1.0, date: "2026-01-01"}
    if kind in plain:
        return plain[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return inside[0]
    if origin in (Union, types.UnionType):
        return _value(inside[0])
    if origin in (list, tuple, set, frozenset):
        return [_value(inside[0])] if inside else []
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    if origin is dict and inside and inside[1] is str:
        return {"x": "1"}
    return {}
