"""What an event needs: its handler's own policy, or ours for the few handlers of Reflex that a page cannot do without.

Everything else is refused, and so is what nobody thought of: `setvar`, which Reflex adds to every state, among it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflex_base.registry import RegistrationContext

from spm_app.ui.policy import PUBLIC, SIGNED_IN, policy_of

if TYPE_CHECKING:
    from spm_app.kernel.rights import Actor

#: Connecting, loading a page, values the browser keeps, and reports of errors. Each was read; none writes other vars.
INTERNAL = frozenset(
    {
        "State.hydrate",
        "State.hydrate_and_load",
        "State.set_is_hydrated",
        "OnLoadInternalState.on_load_internal",
        "OnLoadInternalState.set_is_hydrated",
        "UpdateVarsInternalState.update_vars_internal",
        "FrontendEventExceptionState.handle_frontend_exception",
    }
)
#: Those that begin a connection: whatever the state held of somebody else goes before they run.
ARRIVING = frozenset({"State.hydrate", "State.hydrate_and_load"})


def need_of(event: str) -> frozenset[str] | None:
    """The roles that may cause the event; None means nobody: unknown, or its author forgot to say."""
    registered = RegistrationContext.get().event_handlers.get(event)
    if registered is None:
        return None
    if is_internal(event):
        return PUBLIC
    return policy_of(registered.handler.fn)


def is_internal(event: str, among: frozenset[str] = INTERNAL) -> bool:
    """Whether it is one of Reflex's own events that we let through."""
    registered = RegistrationContext.get().event_handlers.get(event)
    if registered is None:
        return False
    handler = registered.handler.fn
    return handler.__module__ == "reflex.state" and handler.__qualname__ in among


def allows(need: frozenset[str], actor: Actor | None) -> bool:
    """Whether that person, or a stranger, is among those it needs."""
    if need == PUBLIC or actor is None:
        return need == PUBLIC
    return need == SIGNED_IN or not need.isdisjoint(actor.roles)
