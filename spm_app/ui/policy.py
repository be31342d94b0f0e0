"""The policy of an event handler: who may call it. A handler without one is refused by the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from spm_app.kernel.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

Handler = TypeVar("Handler", bound="Callable[..., Any]")
MARK = "__spm_policy__"

#: Anybody at all, signed in or not: written out so that it can be searched for.
PUBLIC: frozenset[str] = frozenset({"*"})
#: Everybody who is signed in, whatever their role.
SIGNED_IN: frozenset[str] = frozenset(Role)


def allow(*roles: Role) -> Callable[[Handler], Handler]:
    """Only these roles; goes directly under `@rx.event`."""
    return _mark(frozenset(roles))


def allow_signed_in() -> Callable[[Handler], Handler]:
    """Everybody who is signed in; rows are still narrowed by the service."""
    return _mark(SIGNED_IN)


def allow_public() -> Callable[[Handler], Handler]:
    """Anybody, on purpose: what it does must be harmless from a stranger."""
    return _mark(PUBLIC)


def policy_of(handler: Callable[..., Any]) -> frozenset[str] | None:
    """The roles that may call it; None when somebody forgot."""
    return getattr(handler, MARK, None)


def _mark(roles: frozenset[str]) -> Callable[[Handler], Handler]:
    def decorate(handler: Handler) -> Handler:
        setattr(handler, MARK, roles)
        return handler

    return decorate
