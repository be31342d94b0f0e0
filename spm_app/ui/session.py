"""What the screen knows of the person: set on the server by the gate, never by the browser."""

from __future__ import annotations

import reflex as rx

from spm_app.kernel.errors import NotAllowed
from spm_app.kernel.rights import Actor


class SessionState(rx.State):
    """The one state that every page shares. Public vars hold only what the person may see of themselves."""

    name: str = ""
    roles: list[str] = []
    lang: str = "en"
    _actor: Actor | None = None
    _session_id: int | None = None
    #: Whose data this state tree may hold: the gate empties the tree before somebody else sees it.
    _owner: str = ""


async def actor_of(state: rx.State) -> Actor:
    """The person behind this event. Raises NotAllowed when nobody is signed in."""
    actor = (await state.get_state(SessionState))._actor
    if actor is None:
        raise NotAllowed("ui.sign_in_first")
    return actor


async def language_of(state: rx.State) -> str:
    """The language this person reads."""
    return (await state.get_state(SessionState)).lang
