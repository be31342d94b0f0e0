"""The frame around every page: skip link, menu, top bar, breadcrumb, title, and the page in the middle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce, wraps
from operator import or_
from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router import ReactRouterLink

from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.address import document_language, shortcuts
from spm_app.ui.arrival import Arrival
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t
from spm_app.ui.menu import menu_drawer, sidebar
from spm_app.ui.pages import Page
from spm_app.ui.session import SessionState
from spm_app.ui.topbar import top_bar


def framed(page: Page, pages: Sequence[Page]) -> Callable[[], rx.Component]:
    """The page inside the frame, ready for `app.add_page`; a public page stands alone.

    It goes by the page's own module, because Reflex writes the script of a page into the file of that module: under
    one name for all, every visitor would load what all pages are made of.
    """

    @wraps(page.body)
    def body() -> rx.Component:
        return _alone(page) if page.public else _in_frame(page, pages)

    return body


def _alone(page: Page) -> rx.Component:
    return rx.el.div(document_language(SessionState.lang), _offline(), rx.el.main(page.body(), id="content"))


def _in_frame(page: Page, pages: Sequence[Page]) -> rx.Component:
    content = rx.el.main(
        rx.el.div(_breadcrumb(page, pages), _title(page), class_name="flex flex-col gap-1"),
        _if_allowed(page),
        id="content",
        tab_index=-1,
        class_name="flex flex-col gap-5 px-4 py-4 sm:px-6 sm:py-6 max-w-[1400px] w-full mx-auto outline-none",
    )
    return rx.el.div(
        document_language(SessionState.lang),
        shortcuts(),
        # not `rx.el.a`, which is a link of the router and would go to the place without taking the focus there
        A.create(t("ui.skip"), href="#content", class_name=_SKIP),
        sidebar(pages, page),
        rx.el.div(_offline(), top_bar(menu_drawer(pages, page)), content, class_name="flex-1 min-w-0"),
        class_name="flex min-h-screen",
    )


def _title(page: Page) -> rx.Component:
    if page.heading is None:
        return rx.el.h1(t(page.title), class_name=theme.H1)
    return rx.el.h1(rx.cond(_is_complete(page), page.heading(), "\u00a0"), class_name=theme.H1)


def _breadcrumb(page: Page, pages: Sequence[Page]) -> rx.Component:
    by_route = {each.route: each for each in pages}
    parents = [by_route[route] for route in page.parents if route in by_route]
    if not parents:
        return rx.fragment()
    steps = [
        rx.el.li(
            *((rx.el.span("/", aria_hidden="true"),) if at else ()),
            ReactRouterLink.create(t(each.title), to=each.route, class_name=theme.LINK),
            class_name="flex gap-2",
        )
        for at, each in enumerate(parents)
    ]
    return rx.el.nav(
        rx.el.ol(*steps, class_name="flex flex-wrap gap-2 list-none m-0 p-0 text-[12px]"), aria_label=t("ui.breadcrumb")
    )


def _if_allowed(page: Page) -> rx.Component:
    """Who may not see the page is told so; the rows are refused by the services whatever is shown here."""
    refused = empty_state(t("ui.no_permission"), t("ui.no_permission_what_now"), icon="lock")
    whole = rx.cond(_is_complete(page), page.body(), skeleton())
    allowed = rx.cond(holds_any(page.roles), whole, refused) if page.roles else whole
    return rx.cond(SessionState.name == "", rx.fragment(), allowed)


def _is_complete(page: Page) -> rx.Var[bool]:
    return Arrival.complete.contains(page.route)


def holds_any(roles: Sequence[Role]) -> Any:
    """Whether the person holds one of the roles, for what is shown."""
    return reduce(or_, (SessionState.roles.contains(role.value) for role in roles))


def _offline() -> rx.Component:
    return rx.cond(
        has_connection_errors,
        rx.el.div(
            rx.icon("wifi-off", size=16), t("ui.offline"), role="status", class_name=f"{_BAND} {theme.TONES['warn']}"
        ),
        rx.fragment(),
    )


_BAND = "flex items-center gap-2 px-4 py-2"
_SKIP = (
    "absolute left-2 top-2 z-50 rounded-lg bg-accent text-on-accent px-3 py-2 -translate-y-16 focus:translate-y-0 "
    "transition-transform duration-100"
)
