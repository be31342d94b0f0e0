"""The menu: pages in groups by what a person does, only those that the person's roles may open."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx
from reflex_components_core.react_router import ReactRouterLink
from reflex_components_radix.primitives.dialog import dialog as primitive

from spm_app.ui import theme
from spm_app.ui.blocks.basic import button
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page
from spm_app.ui.session import SessionState

#: The order of the groups; a page's `group` names one.
GROUPS = ("home", "earnings", "targets", "sales", "insight", "learning", "people", "settings")


_SIDE = (
    "hidden lg:flex flex-col gap-3 w-60 shrink-0 border-r border-line bg-surface p-3 "
    "sticky top-0 h-screen overflow-y-auto no-print"
)
_OVER = (
    "fixed inset-y-0 left-0 w-72 max-w-[85vw] bg-surface border-r border-line "
    "z-50 overflow-y-auto p-3 flex flex-col gap-3"
)


def sidebar(pages: Sequence[Page], current: Page) -> rx.Component:
    """The menu at the side, on screens that have room for it."""
    return rx.el.aside(
        _brand(),
        _links(pages, current, "ui.menu"),
        class_name=_SIDE,
    )


def menu_drawer(pages: Sequence[Page], current: Page) -> rx.Component:
    """The same menu on a phone, behind a button; it shuts when a page is chosen, because each page brings its own."""
    opener = button(
        rx.icon("menu", size=20),
        variant="quiet",
        aria_label=t("ui.menu.open"),
        class_name="lg:hidden",
    )
    return primitive.root(
        primitive.trigger(opener, as_child=True),
        primitive.portal(
            primitive.overlay(class_name="fixed inset-0 bg-black/40 z-40"),
            primitive.content(
                rx.el.div(
                    primitive.title(_brand(), class_name="m-0"),
                    primitive.close(
                        button(rx.icon("x", size=18), variant="quiet", aria_label=t("ui.close")), as_child=True
                    ),
                    class_name=theme.HEAD,
                ),
                _links(pages, current, "ui.menu.drawer"),
                class_name=_OVER,
                aria_describedby="",
            ),
        ),
    )


def _brand() -> rx.Component:
    return ReactRouterLink.create(
        rx.el.img(src="/mark.svg", alt="", width="24", height="24", class_name="size-6 shrink-0"),
        rx.el.span("Traguardo", class_name="font-semibold text-[16px] tracking-tight"),
        to="/",
        class_name="flex items-center gap-2 px-2 py-2 text-ink no-underline",
    )


def _links(pages: Sequence[Page], current: Page, name: str) -> rx.Component:
    groups = [(group, [page for page in pages if page.group == group]) for group in GROUPS]
    open_to_them = rx.fragment(*(_group(group, members, current) for group, members in groups if members))
    return rx.el.nav(
        rx.cond(SessionState.name == "", rx.fragment(), open_to_them),  # at once, not some before the roles are known
        aria_label=t(name),
        class_name="flex flex-col gap-3",
    )


def _group(group: str, members: Sequence[Page], current: Page) -> rx.Component:
    links = [_unless_refused(page, _link(page, current)) for page in members]
    if group == "home":
        return rx.el.div(*links)
    whole = rx.el.div(
        rx.el.div(t(f"ui.group.{group}"), class_name=f"{theme.SMALL} px-2 pb-1 font-medium"),
        *links,
        class_name="flex flex-col gap-0.5",
    )
    return _unless_refused(_widest(members), whole)


def _widest(members: Sequence[Page]) -> Page:
    """A page that is open to whoever may open any of these."""
    roles = () if any(not page.roles for page in members) else tuple({role for page in members for role in page.roles})
    return Page(route="", title="", body=rx.fragment, roles=roles)


def _unless_refused(page: Page, part: rx.Component) -> rx.Component:
    if not page.roles:
        return part
    allowed = SessionState.roles.contains(page.roles[0].value)
    for role in page.roles[1:]:
        allowed |= SessionState.roles.contains(role.value)
    return rx.cond(allowed, part, rx.fragment())


def _link(page: Page, current: Page) -> rx.Component:
    is_here = page.route == current.route or page.route in current.parents[:1]
    looks = (
        "bg-accent-soft text-accent-strong font-medium" if is_here else "text-ink-soft hover:bg-sunken hover:text-ink"
    )
    return ReactRouterLink.create(
        rx.icon(page.icon or "circle", size=16, aria_hidden="true"),
        rx.el.span(t(page.title)),
        to=page.route,
        aria_current="page" if page.route == current.route else None,
        class_name=f"flex items-center gap-2.5 rounded-lg px-2 py-1.5 no-underline min-h-[44px] lg:min-h-0 {looks}",
    )
