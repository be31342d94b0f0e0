"""What a handler is given is what its signature says, however a browser wraps it."""

from __future__ import annotations

from typing import Any

import pytest
from reflex_base.event import Event, EventHandler

from spm_app.gate import arguments


async def answered(_state: object, form: dict[str, str]) -> None:
    """A handler of a form."""


async def looked_at(_state: object, form: dict[str, Any]) -> None:
    """A handler that looks at the fields itself."""


async def turned(_state: object, page: int) -> None:
    """A handler of a number."""


def said(handler: Any, **payload: object) -> dict[str, Any]:
    event = Event(name="any", payload=payload)
    arguments.check(EventHandler(fn=handler), event)
    return dict(event.payload)


@pytest.mark.parametrize("handler", [answered, looked_at])
def test_a_form_arrives_as_its_fields_as_browsers_send_it(handler: Any) -> None:
    wrapped = {"__reflex_form_data__": [["reason", "rate"], ["text", "Why?"], ["text", "Why so?"]]}
    assert said(handler, form=wrapped) == {"form": {"reason": "rate", "text": "Why so?"}}
    assert said(handler, form={"reason": "rate"}) == {"form": {"reason": "rate"}}


@pytest.mark.parametrize(
    "form",
    [
        {"__reflex_form_data__": [["text", {"a": 1}]]},
        {"__reflex_form_data__": [["text", None]]},
        {"__reflex_form_data__": [["text"]]},
        {"__reflex_form_data__": [[["text"], "x"]]},
        {"__reflex_form_data__": 7},
        {"__reflex_form_data__": [["text", "x"]], "more": "y"},
        {"text": ["x"]},
    ],
)
def test_what_only_looks_like_a_form_is_refused(form: object) -> None:
    with pytest.raises(arguments.Refused):
        said(answered, form=form)


def test_a_form_is_no_number() -> None:
    with pytest.raises(arguments.Refused):
        said(turned, page={"__reflex_form_data__": [["page", "1"]]})
