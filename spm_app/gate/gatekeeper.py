"""The gate: every event of every tab passes here, the person's own clicks and what handlers set off alike.

Deny by default. In this order: not too many, nobody else's state, known handler with a policy, a role that may,
arguments of the types that are written. Who the person is, is asked of the database each time: a lock or another role
bites at once.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from spm_app.gate import arguments, faults, policies, visitor
from spm_app.gate.bucket import Buckets
from spm_app.gate.parting import mark_of, passes
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.ui.catalogue import say
from spm_app.ui.session import SessionState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reflex.app import App
    from reflex.state import BaseState

    from spm_app.gate.parting import Parting
    from spm_app.people.domain import Who

log = logging.getLogger(__name__)


@dataclass
class Gate(Middleware):
    """Goes first among the app's middlewares. `pages` names the roles of those that are not for everybody."""

    pages: Mapping[str, frozenset[Role]] = field(default_factory=dict[str, frozenset[Role]])
    buckets: Buckets = field(default_factory=Buckets)
    parting: Parting | None = None

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event through; an update answers in its place."""
        del app
        answer = await self._answer(state, event)
        passes()
        return answer

    async def _answer(self, state: BaseState, event: Event) -> StateUpdate | None:
        if not self.buckets.takes(EventContext.get().token):
            return _answer(state, "gate.too_many")
        who = await _who(state)
        session = await state.get_state(SessionState)
        if not _belongs(session, who) and not _emptied(state, event):
            return _to_sign_in(state) if who is None else _update(rx.call_script("window.location.reload()"))
        _know(state, session, who)
        if self.parting:
            self.parting.admit(EventContext.get().token, _cookie(state), who)
        refused = _refusal(state, event, who)
        return refused if refused is None or not self._says_so_itself(state, who) else StateUpdate()

    def _says_so_itself(self, state: BaseState, who: Who | None) -> bool:
        """A page that is not part of the person's role says so in its middle; what it tried to load says nothing."""
        roles = self.pages.get(_shown(state, "pathname"), frozenset())
        return who is not None and bool(roles) and roles.isdisjoint(who.actor.roles)


def _refusal(state: BaseState, event: Event, who: Who | None) -> StateUpdate | None:
    need = policies.need_of(event.name)
    actor = who.actor if who else None
    if need is None:
        log.warning("refused %s: no such event, or one without a policy", event.name)
        return _answer(state, "gate.not_possible")
    if not policies.allows(need, actor):
        log.warning("refused %s to person %s", event.name, actor.person_id if actor else None)
        return _to_sign_in(state) if actor is None else _answer(state, "kernel.not_allowed")
    try:
        arguments.check(RegistrationContext.get().event_handlers[event.name].handler, event)
    except arguments.Refused as wrong:
        log.warning("refused %s: %s", event.name, wrong)
        return _answer(state, "gate.not_possible")
    return None


async def _who(state: BaseState) -> Who | None:
    token = _cookie(state)
    return await rx.run_in_thread(partial(people.who, token)) if token else None


def _belongs(session: SessionState, who: Who | None) -> bool:
    """A tree that has an owner is only for them, as what they were then. One that has none yet is fresh."""
    return session._owner in {"", mark_of(who)}


def _emptied(state: BaseState, event: Event) -> bool:
    """A connection that begins may take over a tab of another time: empty, never with what was in it."""
    if not policies.is_internal(event.name, policies.ARRIVING):
        return False
    for each in state._get_root_state().substates.values():
        each.reset()
    return True


def _know(state: BaseState, session: SessionState, who: Who | None) -> None:
    """Keep what the screen needs of the person; assigned only when it changes, so that nothing is sent twice."""
    if session._owner == "":
        session._owner = mark_of(who)
        session.lang = visitor.language_in(_headers(state))
    actor = who.actor if who else None
    known = {
        "_actor": actor,
        "_session_id": who.session_id if who else None,
        "name": actor.name if actor else "",
        "roles": sorted(actor.roles) if actor else [],
        "lang": actor.language if actor else session.lang,
    }
    for name, value in known.items():
        if getattr(session, name) != value:
            setattr(session, name, value)
    faults.speak(EventContext.get().token, session.lang)


def _cookie(state: BaseState) -> str:
    return visitor.token_in(_headers(state).get("cookie", ""))


def _headers(state: BaseState) -> dict[str, str]:
    return state._get_root_state().router_data.get("headers", {})


def _shown(state: BaseState, what: str) -> str:
    """The page that the tab shows: `pathname` is its route, `asPath` what stands in the address."""
    return state._get_root_state().router_data.get(what) or "/"


def _answer(state: BaseState, key: str, **values: object) -> StateUpdate:
    del state
    return _update(rx.toast.error(say(faults.language_of_tab(), key, **values)))


def _to_sign_in(state: BaseState) -> StateUpdate:
    """By a full visit: it empties the screen, and the socket begins anew with the cookies there are then."""
    shown = _shown(state, "asPath")
    path = "/sign-in" if shown.startswith("/sign-in") else f"/sign-in?next={quote(shown, safe='')}"
    return _update(rx.call_script(f"window.location.assign({json.dumps(path)})"))


def _update(*events: Any) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(list(events)))
