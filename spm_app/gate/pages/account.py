"""One's own account: who one is here, language and look, password, and where one is signed in."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.style import color_mode, set_color_mode

from spm_app.gate.state import AccountState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts
from spm_app.ui.blocks.fields import form, text_field
from spm_app.ui.i18n import t, whole
from spm_app.ui.pages import Page
from spm_app.ui.session import SessionState
from spm_app.ui.topbar import language_switch


def account_page() -> rx.Component:
    """Its cards in order of how often they are wanted."""
    looks = "grid grid-cols-1 gap-4 lg:grid-cols-2 items-start"
    return rx.el.div(_profile(), _look(), _password(), _sessions(), class_name=looks)


def _profile() -> rx.Component:
    return card(
        facts(
            fact(t("gate.account.name"), SessionState.name),
            fact(t("gate.account.roles"), AccountState.roles),
        ),
        rx.el.p(t("gate.account.roles.why"), class_name=theme.SMALL + " m-0"),
        title=t("gate.account.who"),
    )


def _look() -> rx.Component:
    modes: Any = (("light", "gate.account.light"), ("dark", "gate.account.dark"), ("system", "gate.account.system"))
    return card(
        language_switch(),
        rx.el.div(
            *(_mode(mode, t(text)) for mode, text in modes),
            role="group",
            aria_label=t("gate.account.colours"),
            class_name=theme.ROW,
        ),
        title=t("gate.account.look"),
    )


def _mode(mode: Any, name: rx.Var[str]) -> rx.Component:
    """One of the three; the one that is on looks pressed and says so."""
    return button(
        name,
        icon=_ICONS[mode],
        on_click=set_color_mode(mode),
        aria_pressed=(color_mode == mode).to_string(),
    )


def _password() -> rx.Component:
    wrong = AccountState.problems
    return card(
        form(
            text_field(
                t("gate.password.old"),
                "old",
                kind="password",
                auto_complete="current-password",
                error=wrong.get("old", ""),
            ),
            text_field(
                t("gate.password.new"),
                "password",
                kind="password",
                auto_complete="new-password",
                hint=t("gate.password.hint"),
                error=wrong.get("password", ""),
            ),
            text_field(
                t("gate.password.again"),
                "again",
                kind="password",
                auto_complete="new-password",
                error=wrong.get("again", ""),
            ),
            button(t("gate.password"), type="submit", variant="primary"),
            key=rx.Var.create(AccountState.changes).to_string(),
            on_submit=AccountState.change_password,
        ),
        title=t("gate.password"),
    )


def _sessions() -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(AccountState.sessions, _session), class_name="list-none m-0 p-0 flex flex-col gap-3"),
        title=t("gate.sessions"),
    )


def _session(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(each["device"], class_name="truncate"),
            rx.el.div(each["address"], " · ", t("gate.sessions.seen"), " ", each["seen"], class_name=theme.SMALL),
            class_name="min-w-0",
        ),
        rx.cond(
            each["this"] != "",
            rx.el.span(each["this"], class_name=f"{theme.SMALL} whitespace-nowrap"),
            button(t("gate.sessions.end"), on_click=AccountState.end(whole(each["id"]))),
        ),
        class_name="flex items-center justify-between gap-3",
    )


_ICONS = {"light": "sun", "dark": "moon", "system": "monitor"}
PAGE = Page(route="/account", title="gate.account", body=account_page, load=(AccountState.load,))
