"""Arguments of events, checked before a handler sees them: what its signature says, and nothing besides.

Reflex converts where it can and passes on what it cannot. Here an argument has the type that is written, or the event
is refused; unknown names are refused too, and so is NaN, which passes every comparison.
"""

from __future__ import annotations

import inspect
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from reflex_base.utils.exceptions import ReflexError
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from reflex_components_core.core._upload import UploadChunkIterator, UploadFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from reflex_base.event import Event, EventHandler

#: Characters of one event as JSON. A course or a plan as text fits; a file goes by upload.
MOST = 400_000
_STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, arbitrary_types_allowed=True)
#: Parameters that Reflex fills with what was uploaded, never with what was said.
_FILES = ("UploadFile", "UploadChunkIterator")


class Refused(Exception):
    """The arguments are not what the handler takes; the text says where, for the log."""


def check(handler: EventHandler, event: Event) -> None:
    """Put the checked values in place of what came. Raises Refused."""
    files = file_names(handler.fn)
    if not all(_was_uploaded(event.payload.get(name)) for name in files):
        raise Refused("files come by upload")
    try:
        said = {name: _unwrapped(value) for name, value in event.payload.items() if name not in files}
        written = json.dumps(said)
        if len(written) > MOST:
            raise Refused(f"{len(written)} characters")
        checked = model_of(handler.fn).model_validate_json(written)
    except ValidationError as wrong:
        places = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in wrong.errors()[:5])
        raise Refused(places) from None
    except (TypeError, ValueError, RecursionError, ReflexError) as wrong:
        raise Refused(type(wrong).__name__) from None
    event.payload.update({name: getattr(checked, f"of_{name}") for name in said})


@lru_cache(maxsize=1024)
def model_of(handler: Callable[..., Any]) -> type[BaseModel]:
    """The handler's parameters as a model; one without a type takes anything, which a test refuses to find."""
    hints, files = get_type_hints(handler), file_names(handler)
    fields: dict[str, Any] = {
        f"of_{each.name}": (hints.get(each.name, Any), Field(_default(each), alias=each.name))
        for each in parameters(handler)
        if each.name not in files
    }
    return create_model(handler.__qualname__, __config__=_STRICT, **fields)


@lru_cache(maxsize=1024)
def file_names(handler: Callable[..., Any]) -> frozenset[str]:
    """The parameters that hold uploaded files."""
    hints = get_type_hints(handler)
    return frozenset(
        each.name for each in parameters(handler) if any(kind in str(hints.get(each.name)) for kind in _FILES)
    )


def parameters(handler: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    """Without the state itself."""
    return tuple(inspect.signature(handler).parameters.values())[1:]


def _unwrapped(value: Any) -> Any:
    """A form comes as its fields in order, under a name of Reflex's own; what it says is checked, not how it came."""
    if not isinstance(value, dict) or set(value) != {FORM_DATA_ENTRIES_KEY}:
        return value
    return dict(value[FORM_DATA_ENTRIES_KEY])


def _was_uploaded(value: Any) -> bool:
    """Whether the door's upload made it; what a socket says can only look like it."""
    each = value if isinstance(value, list) else [value]
    return bool(each) and all(isinstance(one, (UploadFile, UploadChunkIterator)) for one in each)


def _default(parameter: inspect.Parameter) -> Any:
    return ... if parameter.default is inspect.Parameter.empty else parameter.default
