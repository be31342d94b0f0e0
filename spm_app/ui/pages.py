"""A page of the app as a value: the composition root lists them, the shell draws the menu from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import reflex as rx

    from spm_app.kernel.rights import Role


@dataclass(frozen=True, slots=True)
class Page:
    """One address. `roles` empty means everybody who is signed in; `group` None keeps it out of the menu.

    `title` is a text key. `load` are event handlers that run whenever the page is opened, and again when
    something happens under a topic of the bus that `live` names. `parents` are the routes of the breadcrumb above it;
    `heading` gives the title of a page that is about one thing, such as a deal's name.
    """

    route: str
    title: str
    body: Callable[[], rx.Component]
    load: tuple[Any, ...] = ()
    roles: tuple[Role, ...] = ()
    group: str | None = None
    icon: str = ""
    public: bool = False
    live: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    heading: Callable[[], rx.Var[str]] | None = None
