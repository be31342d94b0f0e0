"""Every remote procedure says who may call it and what it takes; nothing sent to all holds anything of anyone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from reflex.state import State

import spm_app
from spm_app.gate import arguments, policies
from spm_app.kernel.rights import Role
from spm_app.ui.policy import PUBLIC
from tests.security import handlers

OURS = [each for each in handlers.every() if each.is_ours]
#: Public on purpose. Whoever adds one says here why a stranger may: it must neither tell nor change anything.
PUBLIC_ON_PURPOSE = {
    "Arrival.arrive": "sends strangers to the sign-in",
    "SignInState.load": "the sign-in page itself",
    "Switches.speak": "the language of the sign-in page",
}


def test_there_is_something_to_walk() -> None:
    assert len(OURS) > 5


def test_every_handler_says_who_may_call_it() -> None:
    assert [each.short for each in OURS if each.need is None] == []


def test_policies_name_roles_that_exist() -> None:
    assert {each.short for each in OURS if not (each.need or frozenset()) <= frozenset(Role) | PUBLIC} == set()


def test_public_handlers_are_public_on_purpose() -> None:
    assert {each.short for each in OURS if each.need == PUBLIC} <= set(PUBLIC_ON_PURPOSE)


def test_of_reflex_only_the_listed_events_pass() -> None:
    theirs = [each for each in handlers.every() if not each.is_ours and each.need is not None]
    assert {each.call.__qualname__ for each in theirs} <= policies.INTERNAL


def test_every_argument_has_a_type_that_says_something() -> None:
    def is_vague(kind: Any) -> bool:
        return kind in {Any, object, dict, list, tuple, set} or (kind is not dict and Any in get_args(kind)[:1])

    vague = [
        f"{each.short}({parameter.name})"
        for each in OURS
        for parameter in arguments.parameters(each.call)
        if is_vague(get_type_hints(each.call).get(parameter.name, Any))
    ]
    assert vague == []


@pytest.mark.parametrize("handler", OURS, ids=lambda each: each.short)
def test_an_argument_too_many_is_refused(handler: handlers.Handler) -> None:
    written = json.dumps(handlers.fitting(handler) | {"and_this": 1})
    with pytest.raises(ValueError, match="and_this"):
        arguments.model_of(handler.call).model_validate_json(written)


def test_what_a_stranger_is_sent_on_connecting_is_empty() -> None:
    """Defaults of public vars, and computed vars as compiled, go to everybody: no person, no money, no list."""
    sent = State().dict()
    told = {
        f"{state.rpartition('.')[2]}.{name}": value
        for state, vars_of in sent.items()
        if "spm_app___" in state
        for name, value in vars_of.items()
        if isinstance(value, (list, dict, tuple)) and value
    }
    assert {name for name in told if name not in SAFE_DEFAULTS} == set()


#: Defaults with something in them that is the same for everybody.
SAFE_DEFAULTS: set[str] = set()


def test_no_computed_var_asks_a_service() -> None:
    asked = {"reading", "unit_of_work", "actor_of", "run_in_thread"}
    found = [
        f"{state.__name__}.{name}"
        for state in _states(State)
        for name, var in state.computed_vars.items()
        if asked & _names_in(var)
    ]
    assert found == []


def test_html_is_shown_in_one_place() -> None:
    """Everything else that people write is shown as text: the browser never reads it as a page."""
    raw = re.compile(r"\brx\.(html|markdown)\(|dangerouslySetInnerHTML|use_raw|Markdown\.create")
    root = Path(spm_app.__path__[0])
    found = {str(file.relative_to(root)) for file in root.rglob("*.py") if raw.search(file.read_text(encoding="utf-8"))}
    assert found == {"training/parts/prose.py"}


def _names_in(var: Any) -> set[str]:
    code = getattr(getattr(var, "fget", None), "__code__", None)
    return set(code.co_names) if code else set()


def _states(state: Any) -> list[Any]:
    return [state, *(each for sub in state.get_substates() for each in _states(sub))]
