"""The door as people see it: a name, a password, and for a demo one button a role."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.gate.state import SignInState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, note
from spm_app.ui.blocks.doors import door_form
from spm_app.ui.blocks.fields import text_field
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page
from spm_app.ui.topbar import language_switch


def sign_in_page() -> rx.Component:
    """The form goes to the door itself, so it works while the socket is still connecting."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.h1("Traguardo", class_name=theme.H1),
                rx.el.p(t("gate.sign_in.what"), class_name="m-0 text-ink-soft"),
            ),
            rx.cond(SignInState.refused != "", rx.el.div(note(SignInState.refused, tone="bad"), role="alert")),
            _form(),
            rx.el.p(t("gate.sign_in.forgotten"), class_name=theme.SMALL + " m-0"),
            rx.cond(rx.Var.create(SignInState.offers).length() > 0, _demo()),
            rx.el.div(language_switch(), class_name="flex justify-center"),
            class_name=f"{theme.CARD} p-6 w-full max-w-[26rem] flex flex-col gap-5",
        ),
        class_name="min-h-screen flex items-center justify-center p-4",
    )


def _form() -> rx.Component:
    return door_form(
        "/door/sign-in",
        text_field(t("gate.sign_in.name"), "name", auto_complete="username", auto_focus=True, required=True),
        text_field(
            t("gate.sign_in.password"), "password", kind="password", auto_complete="current-password", required=True
        ),
        _onward(),
        button(t("gate.sign_in"), variant="primary", type="submit"),
        class_name=theme.STACK,
    )


def _demo() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("gate.demo"), class_name="m-0 text-ink-soft"),
        rx.el.div(rx.foreach(SignInState.offers, _offer), class_name="grid grid-cols-1 sm:grid-cols-2 gap-2"),
        class_name="flex flex-col gap-2 border-t border-line pt-4",
    )


def _offer(offer: Any) -> rx.Component:
    return door_form(
        "/door/sign-in",
        rx.el.input(type="hidden", name="name", value=offer["name"]),
        rx.el.input(type="hidden", name="password", value=offer["password"]),
        _onward(),
        rx.el.button(
            offer["label"],
            type="submit",
            custom_attrs={"data-demo-role": offer["role"]},
            class_name=theme.BUTTONS["plain"] + " w-full",
        ),
        class_name="m-0",
    )


def _onward() -> rx.Component:
    return rx.el.input(type="hidden", name="next", value=SignInState.next)


PAGE = Page(route="/sign-in", title="gate.sign_in", body=sign_in_page, load=(SignInState.load,), public=True)
