"""The bar at the top: menu on a phone, search, and what belongs to the person."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.react_router import ReactRouterLink
from reflex_components_radix.primitives.dialog import dialog as primitive

from spm_app.ui import theme
from spm_app.ui.blocks.basic import button
from spm_app.ui.blocks.doors import door_form
from spm_app.ui.blocks.overlays import dialog_look
from spm_app.ui.catalogue import LANGUAGE_NAMES
from spm_app.ui.i18n import t
from spm_app.ui.search import SearchState
from spm_app.ui.session import SessionState
from spm_app.ui.switches import Switches

_ITEM = (
    "flex items-center gap-2 w-full rounded-lg px-2 py-1.5 text-left text-[14px] no-underline text-ink "
    "hover:bg-sunken cursor-pointer border-0 bg-transparent min-h-[44px] sm:min-h-0"
)
_BAR = "sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-ground px-3 py-2 sm:px-5 no-print"


def top_bar(menu: rx.Component) -> rx.Component:
    """Stays at the top while the page scrolls."""
    return rx.el.header(
        menu,
        _search(),
        rx.el.div(class_name="flex-1"),
        _keys(),
        _person(),
        class_name=_BAR,
    )


def _search() -> rx.Component:
    opener = rx.el.button(
        rx.icon("search", size=16, aria_hidden="true"),
        rx.el.span(t("ui.search")),
        rx.el.kbd("Ctrl K", class_name="text-[12px] text-ink-faint max-sm:hidden", aria_hidden="true"),
        type="button",
        id="open-search",
        on_click=SearchState.set_open(True),
        class_name=f"{theme.BUTTONS['plain']} sm:min-w-56 justify-start text-ink-soft",
    )
    return rx.fragment(opener, _search_dialog())


def _search_dialog() -> rx.Component:
    field = rx.el.input(
        type="search",
        name="text",
        auto_focus=True,
        auto_complete="off",
        placeholder=t("ui.search.what"),
        aria_label=t("ui.search"),
        on_change=SearchState.find.debounce(200),
        class_name=theme.INPUT,
    )
    nothing = rx.el.p(t("ui.search.nothing"), class_name="m-0 text-ink-soft", role="status")
    return primitive.root(
        primitive.portal(
            primitive.overlay(class_name="fixed inset-0 bg-black/40 z-40"),
            primitive.content(
                primitive.title(t("ui.search"), class_name="unseen"),
                rx.el.form(field, on_submit=SearchState.go),
                rx.cond(
                    SearchState.hits.length() == 0,
                    nothing,
                    rx.el.ul(rx.foreach(SearchState.hits, _hit), class_name="list-none m-0 p-0"),
                ),
                **dialog_look("top-[12vh] translate-y-0 p-3 flex flex-col gap-3"),
            ),
        ),
        open=SearchState.is_open,
        on_open_change=SearchState.set_open,
    )


def _hit(hit: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        ReactRouterLink.create(
            rx.el.span(hit["title"]),
            rx.el.span(hit["beside"], class_name=f"{theme.SMALL} flex-1"),
            rx.el.span(hit["kind"], class_name=theme.SMALL),
            to=hit["href"],
            on_click=SearchState.set_open(False),
            class_name=_ITEM,
        )
    )


def _keys() -> rx.Component:
    """The list of shortcuts; `?` opens it."""
    known = (("/", "ui.search"), ("Ctrl K", "ui.search"), ("?", "ui.keys"), ("Esc", "ui.close"))
    rows = [
        rx.el.div(
            rx.el.dt(rx.el.kbd(key)), rx.el.dd(t(text), class_name="m-0"), class_name="flex gap-4 justify-between"
        )
        for key, text in known
    ]
    opener = rx.el.button(
        rx.icon("keyboard", size=18, aria_hidden="true"),
        type="button",
        id="open-shortcuts",
        aria_label=t("ui.keys"),
        class_name=f"{theme.BUTTONS['quiet']} max-sm:hidden",
    )
    return primitive.root(
        primitive.trigger(opener, as_child=True),
        primitive.portal(
            primitive.overlay(class_name="fixed inset-0 bg-black/40 z-40"),
            primitive.content(
                primitive.title(t("ui.keys"), class_name=theme.H2),
                rx.el.dl(*rows, class_name="m-0 flex flex-col gap-2"),
                primitive.close(button(t("ui.close")), as_child=True),
                **dialog_look("p-5 flex flex-col gap-4"),
            ),
        ),
    )


def _person() -> rx.Component:
    face = rx.el.summary(
        rx.icon("circle-user-round", size=18, aria_hidden="true"),
        rx.el.span(SessionState.name, class_name="max-sm:hidden"),
        aria_label=t("ui.person_menu", name=SessionState.name),
        class_name=f"{theme.BUTTONS['quiet']} list-none",
    )
    items = rx.el.div(
        rx.el.div(SessionState.name, class_name="px-2 py-1 font-medium"),
        ReactRouterLink.create(rx.icon("settings-2", size=16), t("ui.account"), to="/account", class_name=_ITEM),
        _languages(),
        rx.el.button(
            rx.icon("sun-moon", size=16),
            rx.color_mode_cond(light=t("ui.dark"), dark=t("ui.light")),
            type="button",
            on_click=rx.toggle_color_mode,
            class_name=_ITEM,
        ),
        door_form(
            "/door/sign-out",
            rx.el.button(rx.icon("log-out", size=16), t("ui.sign_out"), type="submit", class_name=_ITEM),
            class_name="m-0",
        ),
        class_name="absolute right-0 mt-1 z-30 w-60 rounded-lg border border-line bg-raised p-2 flex flex-col gap-0.5",
        style={"boxShadow": "var(--shadow)"},
    )
    return rx.el.details(face, items, class_name="relative")


def _languages() -> rx.Component:
    return rx.el.div(language_switch(), class_name="px-2 py-1")


def language_switch() -> rx.Component:
    """Which language everything is in; takes effect at once."""
    return rx.el.div(
        *(
            rx.el.button(
                name,
                type="button",
                lang=code,
                aria_pressed=(SessionState.lang == code).to_string(),
                on_click=Switches.speak(code),
                class_name=rx.cond(
                    SessionState.lang == code,
                    f"{_CHIP} bg-accent-soft text-accent-strong",
                    f"{_CHIP} bg-transparent text-ink-soft hover:bg-sunken",
                ),
            )
            for code, name in LANGUAGE_NAMES.items()
        ),
        role="group",
        aria_label=t("ui.language"),
        class_name="flex gap-1",
    )


_CHIP = "rounded-lg px-2 py-1 text-[12px] font-medium cursor-pointer border border-line min-h-[44px] sm:min-h-0"
