"""The way out: nothing more is said to a tab whose sign-in has ended, or whose person has become something else.

The gate asks on the way in. What a handler says long afterwards was let in by an answer that may be old: so it is asked
again on the way out. When the answer has changed, the tab is sent away, what still runs for it is stopped, and its
state is emptied. Tabs where nothing runs are told by the fact that an account changed.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

import reflex as rx
from reflex.istate.manager.token import BaseStateToken
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.event.context import EventContext

from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from spm_app.infra.bus import Fact
    from spm_app.people.domain import Who

#: Seconds after the gate within which its answer still holds: most handlers are over by then, and ask nobody twice.
MOMENT = 0.2
#: What facts are about that may end a session or change a role.
TOPICS = frozenset({"accounts", "people"})
#: Tabs that are remembered before those that are gone are looked for.
_MOST = 4096
_NOBODY = "nobody"
_passed: ContextVar[float] = ContextVar("passed", default=float("-inf"))


def mark_of(who: Who | None) -> str:
    """Whose a tree is. Another role is another owner: what the one was shown is not sent to the other again."""
    return f"session {who.session_id} {' '.join(sorted(who.actor.roles))}" if who else _NOBODY


def passes() -> None:
    """The gate has answered for the event that is under way."""
    _passed.set(perf_counter())


@dataclass(frozen=True, slots=True)
class _Admitted:
    """What the gate knew of a tab when it last let something in."""

    cookie: str
    mark: str
    person_id: int | None
    at: float


@dataclass
class Parting:
    """Stands in the one place through which everything leaves for a browser. `say` is what was there before."""

    app: rx.App
    say: Callable[[StateUpdate, str], Awaitable[None]]
    _tabs: dict[str, _Admitted] = field(default_factory=dict[str, _Admitted])
    _emptying: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def admit(self, tab: str, cookie: str, who: Who | None) -> None:
        """The gate lets in what that tab says, as that person's; what ran for it as somebody else's is over."""
        before = self._tabs.get(tab)
        now = _Admitted(cookie, mark_of(who), who.actor.person_id if who else None, perf_counter())
        self._tabs[tab] = now
        if before is not None and before.mark != now.mark:
            _stop(self.app, tab, but=EventContext.get().txid)
        if len(self._tabs) > _MOST:
            self._tabs = {each: known for each, known in self._tabs.items() if each in _connected(self.app)} | {
                tab: now
            }

    async def emit_update(self, update: StateUpdate, token: str) -> None:
        """In place of Reflex's own: send it, if it is still for the same eyes as when its event was let in."""
        if _is_fresh() or self._has_just_asked(token) or await self._is_still(token):
            await self.say(update, token)
        else:
            await self._send_away(token)

    async def hear(self, facts: Sequence[Fact]) -> None:
        """Look again at the tabs of those whose accounts changed."""
        about = {fact.about for fact in facts if fact.topic in TOPICS}
        for tab, known in list(self._tabs.items() if about else ()):
            if known.person_id is None or ("" not in about and str(known.person_id) not in about):
                continue
            if not await self._is_still(tab):
                await self._send_away(tab)

    def _has_just_asked(self, tab: str) -> bool:
        """What a failed handler is answered leaves outside of its event, and must not be overtaken by the next one."""
        known = self._tabs.get(tab)
        return known is not None and perf_counter() - known.at < MOMENT

    async def _is_still(self, tab: str) -> bool:
        known = self._tabs.get(tab)
        if known is None or not known.cookie:
            return known is not None
        who = await rx.run_in_thread(partial(people.who, known.cookie, is_act=False))
        return mark_of(who) == known.mark

    async def _send_away(self, tab: str) -> None:
        """Once: whoever stays all the same is a tab that nobody was let in for."""
        if self._tabs.pop(tab, None) is None:
            return
        _stop(self.app, tab)
        task = asyncio.create_task(_empty(self.app, tab))
        self._emptying.add(task)
        task.add_done_callback(self._emptying.discard)
        if tab in _connected(self.app):
            again = rx.call_script("window.location.reload()")
            await self.say(StateUpdate(events=Event.from_event_type([again])), tab)


def hang(app: rx.App) -> Parting:
    """Put it in the way of everything that leaves."""
    namespace = _namespace(app)
    parting = Parting(app, namespace.emit_update)
    namespace.emit_update = parting.emit_update
    return parting


def _is_fresh() -> bool:
    """Let in just now; or said outside of any event: by us, or for another process, which has asked."""
    try:
        is_event = bool(EventContext.get().token)
    except LookupError:
        is_event = False
    return not is_event or perf_counter() - _passed.get() < MOMENT


def _stop(app: rx.App, tab: str, but: str = "") -> None:
    """Cancel what runs for the tab, also the handler that speaks just now."""
    processor: Any = app.event_processor
    for txid, task in list(processor._tasks.items()):
        is_its = txid != but and task.get_name().split("|")[2:3] == [tab]
        if is_its and (running := processor._futures.get(txid)) is not None:
            running.cancel()


async def _empty(app: rx.App, tab: str) -> None:
    """Leave nothing behind, once whatever held the state has let go of it."""
    async with app.state_manager.modify_state(BaseStateToken(ident=tab, cls=rx.State)) as root:
        for each in root._get_root_state().substates.values():
            each.reset()
        root._clean()


def _connected(app: rx.App) -> Collection[str]:
    return _namespace(app)._token_manager.token_to_socket


def _namespace(app: rx.App) -> Any:
    return app.event_namespace
