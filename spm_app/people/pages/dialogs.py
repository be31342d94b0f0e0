"""The dialogs of hiring, moving, leaving and pay."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.people.pages.engagement import ENGAGEMENTS
from spm_app.people.state.changes import ChangesState
from spm_app.people.state.hiring import HiringState
from spm_app.people.state.person import PersonState
from spm_app.ui.blocks.basic import button, note
from spm_app.ui.blocks.fields import form, money_field, select_field, text_field
from spm_app.ui.blocks.overlays import dialog
from spm_app.ui.catalogue import LANGUAGE_NAMES
from spm_app.ui.i18n import t


def hiring_dialog() -> rx.Component:
    """Somebody new; without title and team they get no seat."""
    wrong: Any = HiringState.problems
    return dialog(
        t("people.hire"),
        form(
            text_field(t("people.name"), "name", error=wrong.get("name", ""), auto_complete="off"),
            text_field(
                t("people.hired_on"),
                "hired_on",
                kind="date",
                error=wrong.get("hired_on", ""),
                default_value=HiringState.today,
            ),
            text_field(t("people.email"), "email", kind="email", error=wrong.get("email", ""), auto_complete="off"),
            text_field(t("people.external_id"), "external_id", error=wrong.get("external_id", "")),
            select_field(t("people.job"), "title", _or_none(HiringState.titles), error=wrong.get("title", "")),
            select_field(t("people.team"), "team", _or_none(HiringState.teams), error=wrong.get("team", "")),
            select_field(t("people.manager"), "manager", _or_none(HiringState.persons)),
            select_field(t("people.language"), "language", list(LANGUAGE_NAMES.items())),
            select_field(t("people.engagement"), "engagement", ENGAGEMENTS),
            button(t("people.hire"), variant="primary", type="submit"),
            on_submit=HiringState.save,
        ),
        is_open=HiringState.is_open,
        on_open_change=HiringState.set_open,
    )


def change_dialogs() -> rx.Component:
    """Those of a person's page."""
    return rx.fragment(_move(), _leave(), _pay())


def _move() -> rx.Component:
    wrong: Any = ChangesState.problems
    return _dialog(
        "move",
        t("people.move"),
        _day("from_day", t("people.from_day"), wrong.get("from_day", "")),
        select_field(t("people.job"), "title", _or_none(ChangesState.titles), error=wrong.get("title", "")),
        select_field(t("people.team"), "team", _or_none(ChangesState.teams), error=wrong.get("team", "")),
        select_field(t("people.manager"), "manager", _or_none(ChangesState.persons), error=wrong.get("manager", "")),
        text_field(t("people.position"), "position", hint=t("people.position.hint"), error=wrong.get("position", "")),
        on_submit=ChangesState.move,
    )


def _leave() -> rx.Component:
    wrong: Any = ChangesState.problems
    return _dialog(
        "leave",
        t("people.leave"),
        note(t("people.leave.what"), tone="warn"),
        _day("last_day", t("people.last_day"), wrong.get("last_day", wrong.get("left_on", ""))),
        select_field(
            t("people.successor"), "successor", _or_none(ChangesState.persons), hint=t("people.successor.hint")
        ),
        on_submit=ChangesState.leave,
    )


def _pay() -> rx.Component:
    wrong: Any = ChangesState.problems
    return _dialog(
        "pay",
        t("people.pay.set"),
        _day("from_day", t("people.from_day"), wrong.get("from_day", "")),
        money_field(t("people.base"), "base", hint=t("people.a_year"), error=wrong.get("base", "")),
        money_field(t("people.target"), "target", hint=t("people.a_year"), error=wrong.get("target", "")),
        on_submit=ChangesState.set_pay,
    )


def _dialog(name: str, title: Any, *fields: rx.Component, on_submit: Any) -> rx.Component:
    return dialog(
        title,
        rx.el.p(PersonState.name, class_name="m-0 text-ink-soft"),
        rx.cond(ChangesState.refused != "", rx.el.div(note(ChangesState.refused, tone="bad"), role="alert")),
        form(*fields, button(t("people.save"), variant="primary", type="submit"), on_submit=on_submit),
        is_open=ChangesState.open == name,
        on_open_change=ChangesState.close,
    )


def _day(name: str, label: Any, error: Any) -> rx.Component:
    return text_field(label, name, kind="date", error=error, default_value=ChangesState.today)


def _or_none(options: Any) -> Any:
    nothing: Any = rx.Var.create([{"value": "", "label": "–"}])
    return (nothing + rx.Var.create(options)).to(list[dict[str, str]])
