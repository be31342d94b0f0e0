"""Over a real socket: whoever may not call a handler changes nothing by it and hears nothing from it.

The list of handlers is whatever the app has, so a new page is tried without anybody adding it here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.gate import policies
from spm_app.kernel.rights import Actor, Role
from spm_app.ui.policy import PUBLIC
from tests.security import handlers, house

if TYPE_CHECKING:
    from tests.security.conftest import Running

pytestmark = pytest.mark.slow

#: Fewer than the gate lets through at once, with all that they cause: a handler may make its page load again.
AT_ONCE = 40
#: States whose handlers may sign out whoever calls them; what comes afterwards would be refused at the door.
ENDS_SESSIONS = ("AccountState.", "OneAccountState.")


def calls(chosen: list[handlers.Handler]) -> list[dict[str, dict[str, Any]]]:
    named = [(each.name, handlers.fitting(each)) for each in chosen]
    return [dict(named[at : at + AT_ONCE]) for at in range(0, len(named), AT_ONCE)]


async def heard_by(running: Running, name: str, chosen: list[handlers.Handler]) -> str:
    """Everything that somebody is sent when they try all of these, in fresh tabs."""
    said = ""
    for events in calls(chosen):
        async with running.tab(name) as tab:
            said += await tab.open("/sign-in" if not name else "/account")
            said += await tab.say_all(events)
    assert "Wait a moment" not in said
    return said


async def test_a_stranger_hears_nothing_and_changes_nothing(running: Running) -> None:
    before = house.fingerprint()
    said = await heard_by(running, "", [each for each in handlers.every() if each.is_ours])
    assert running.house.secrets_in(said) == []
    assert not re.search(r"error [0-9a-f]{8}", said)
    assert house.fingerprint() == before


@pytest.mark.parametrize("role", Role)
async def test_a_role_cannot_do_what_is_for_others(running: Running, role: Role) -> None:
    others = [e for e in handlers.every() if e.is_ours and e.need not in (None, PUBLIC) and role not in (e.need or ())]
    running.cookie(role.value)
    before = house.fingerprint()
    for events in calls(others):
        async with running.tab(role.value) as tab:
            await tab.open()
            said = await tab.say_all(events)
            assert said.count("not allowed") == len(events)
            assert running.house.secrets_in(said) == []
    assert house.fingerprint() == before


async def test_nobody_sets_a_var_by_name(running: Running) -> None:
    setters = [each for each in handlers.every() if each.name.endswith(".setvar")]
    async with running.tab("rep") as tab:
        await tab.open()
        said = await tab.say_all({each.name: {"var_name": "roles", "value": ["sysadmin"]} for each in setters})
    assert '"sysadmin"' not in said
    assert said.count("cannot be done") == len(setters)


@pytest.mark.parametrize("role", Role)
async def test_no_handler_breaks_on_what_a_stranger_to_the_page_says(running: Running, role: Role) -> None:
    """Called out of the blue by somebody who may: an answer or a refusal, never a fault of ours."""
    me = _actor(role, running)
    own = [each for each in handlers.every() if each.is_ours and policies.allows(each.need or frozenset(), me)]
    own.sort(key=lambda each: each.short.startswith(ENDS_SESSIONS))
    said = await heard_by(running, role.value, own)
    faults = re.findall(r"error ([0-9a-f]{8})", said)
    assert faults == [], running.log.read_text(errors="replace")[-6000:]


def _actor(role: Role, running: Running) -> Actor:
    return Actor(running.held[role], role.value, frozenset({role}))
