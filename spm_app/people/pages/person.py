"""One person: who, where, since when; pay behind a click; and the changes that may be made."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.people.pages.correcting import correction_dialogs, seat_acts, stay_button
from spm_app.people.pages.dialogs import change_dialogs
from spm_app.people.state.changes import ChangesState
from spm_app.people.state.corrections import CorrectionsState
from spm_app.people.state.person import PersonState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, link, pill
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

SEATS = (
    Column("start", "people.from"),
    Column("end", "people.to"),
    Column("title", "people.job"),
    Column("position", "people.position"),
    Column("team", "people.team"),
    Column("manager", "people.manager"),
)
PAY = (
    Column("start", "people.from"),
    Column("end", "people.to"),
    Column("base", "people.base", kind="number"),
    Column("target", "people.target", kind="number"),
    Column("on_target", "people.on_target", kind="number"),
)


def person_page() -> rx.Component:
    """Facts first, then seats over time, then what only some may see."""
    unknown = card(empty_state(t("people.not_found"), t("people.not_found.what_now"), icon="user-x"))
    return rx.cond(
        PersonState.found,
        rx.el.div(
            _facts(), _seats(), _pay(), _account(), change_dialogs(), correction_dialogs(), class_name=theme.STACK
        ),
        unknown,
    )


def _facts() -> rx.Component:
    known: Any = PersonState.facts
    manager = rx.cond(
        known["manager_href"] != "", link(known["manager"], known["manager_href"]), rx.el.span(known["manager"])
    )
    return card(
        facts(
            fact(t("people.status"), pill(known["status"], known["tone"])),
            fact(t("people.job"), known["title"]),
            fact(t("people.team"), known["team"]),
            fact(t("people.manager"), manager),
            fact(t("people.email"), known["email"], is_long=True),
            fact(t("people.external_id"), known["external_id"]),
            fact(t("people.hired_on"), known["hired_on"]),
            fact(t("people.left_on"), known["left_on"]),
        ),
        title=t("people.at_work"),
        actions=rx.cond(PersonState.may_change, _changes(), rx.fragment()),
    )


def _changes() -> rx.Component:
    return rx.el.div(
        button(t("people.move"), icon="arrow-right-left", on_click=ChangesState.begin("move")),
        button(t("people.correct"), icon="pencil", on_click=CorrectionsState.begin_data),
        rx.cond(
            PersonState.is_leaving,
            stay_button(),
            button(t("people.leave"), icon="log-out", variant="quiet", on_click=ChangesState.begin("leave")),
        ),
        class_name=theme.ROW,
    )


def _seats() -> rx.Component:
    return card(
        rx.cond(
            rx.Var.create(PersonState.seats).length() == 0,
            empty_state(t("people.no_seat"), t("people.no_seat.what_now"), icon="armchair"),
            rx.cond(
                PersonState.may_change,
                simple_table(SEATS, PersonState.seats, caption=t("people.seats"), acts=seat_acts),
                simple_table(SEATS, PersonState.seats, caption=t("people.seats")),
            ),
        ),
        title=t("people.seats"),
    )


def _pay() -> rx.Component:
    hidden = rx.el.div(
        rx.el.p(t("people.pay.hidden"), class_name="m-0 text-ink-soft"),
        button(t("people.pay.show"), icon="eye", on_click=PersonState.show_pay),
        class_name=theme.HEAD,
    )
    none = rx.el.p(t("people.pay.none"), class_name="m-0 text-ink-soft")
    shown = rx.cond(
        rx.Var.create(PersonState.pay).length() == 0, none, simple_table(PAY, PersonState.pay, caption=t("people.pay"))
    )
    setter = button(t("people.pay.set"), icon="pencil", on_click=ChangesState.begin("pay"))
    return rx.cond(
        PersonState.may_see_pay,
        card(
            rx.cond(PersonState.pay_is_shown, shown, hidden),
            title=t("people.pay"),
            actions=rx.cond(PersonState.may_set_pay, setter, rx.fragment()),
        ),
        rx.fragment(),
    )


def _account() -> rx.Component:
    known: Any = PersonState.account
    return rx.cond(
        known.contains("sign_in_name"),
        card(
            facts(
                fact(t("people.account.sign_in_name"), known["sign_in_name"], is_long=True),
                fact(t("people.account.roles"), known["roles"]),
                fact(t("people.account.state"), known["state"]),
            ),
            title=t("people.account"),
        ),
        rx.fragment(),
    )


PAGE = Page(
    route="/people/[person_id]",
    title="people.person",
    heading=lambda: rx.Var.create(PersonState.name),
    body=person_page,
    load=(PersonState.load,),
    parents=("/people",),
)
