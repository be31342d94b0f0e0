"""The dialogs in which a person's data and past are put right."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.people.pages.engagement import ENGAGEMENTS
from spm_app.people.state.corrections import CorrectionsState
from spm_app.people.state.person import PersonState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, note
from spm_app.ui.blocks.fields import form, select_field, text_field
from spm_app.ui.blocks.overlays import confirm, dialog
from spm_app.ui.catalogue import LANGUAGE_NAMES
from spm_app.ui.i18n import t


def correction_dialogs() -> rx.Component:
    """Those of a person's page."""
    return rx.fragment(_data(), _seat())


def seat_acts(row: Any) -> rx.Component:
    """What can be done to one stretch: put it right, or take the change back that began it."""
    return rx.el.div(
        button(
            t("people.correct"),
            icon="pencil",
            variant="quiet",
            on_click=CorrectionsState.begin_seat(row["day"]),
            aria_label=t("people.correct.from", day=row["start"]),
        ),
        rx.cond(
            row["is_first"] == "",
            confirm(
                t("people.take_back"),
                t("people.take_back.what", day=row["start"]),
                CorrectionsState.take_back(row["day"]),
                variant="quiet",
                icon="undo-2",
            ),
            rx.fragment(),
        ),
        class_name=f"{theme.ROW} sm:justify-end",
    )


def stay_button() -> rx.Component:
    """For somebody who leaves, or has left: it was a mistake."""
    return confirm(t("people.stay"), t("people.stay.what"), CorrectionsState.stay, variant="quiet", icon="undo-2")


def _data() -> rx.Component:
    now, wrong = CorrectionsState.now, CorrectionsState.problems
    return _dialog(
        "data",
        t("people.correct.data"),
        text_field(t("people.name"), "name", error=wrong.get("name", ""), default_value=now["name"]),
        text_field(t("people.email"), "email", kind="email", error=wrong.get("email", ""), default_value=now["email"]),
        text_field(
            t("people.external_id"),
            "external_id",
            error=wrong.get("external_id", ""),
            default_value=now["external_id"],
        ),
        text_field(
            t("people.hired_on"),
            "hired_on",
            kind="date",
            hint=t("people.correct.hired"),
            error=wrong.get("hired_on", ""),
            default_value=now["hired_on"],
        ),
        select_field(t("people.language"), "language", list(LANGUAGE_NAMES.items()), default_value=now["language"]),
        select_field(t("people.engagement"), "engagement", ENGAGEMENTS, default_value=now["engagement"]),
        on_submit=CorrectionsState.save_data,
    )


def _seat() -> rx.Component:
    now, wrong = CorrectionsState.now, CorrectionsState.problems
    return _dialog(
        "seat",
        t("people.correct.seat"),
        note(CorrectionsState.past, tone="warn"),
        _choice("title", t("people.job"), CorrectionsState.titles),
        _choice("team", t("people.team"), CorrectionsState.teams),
        _choice("manager", t("people.manager"), CorrectionsState.persons),
        text_field(
            t("people.position"),
            "position",
            hint=t("people.position.hint"),
            error=wrong.get("position", ""),
            default_value=now["position"],
        ),
        on_submit=CorrectionsState.save_seat,
    )


def _choice(name: str, label: Any, options: Any) -> rx.Component:
    nothing: Any = rx.Var.create([{"value": "", "label": "–"}])
    offered: Any = (nothing + rx.Var.create(options)).to(list[dict[str, str]])
    error = CorrectionsState.problems.get(name, "")
    return select_field(label, name, offered, error=error, default_value=CorrectionsState.now[name])


def _dialog(name: str, title: Any, *fields: rx.Component, on_submit: Any) -> rx.Component:
    return dialog(
        title,
        rx.el.p(PersonState.name, class_name="m-0 text-ink-soft"),
        rx.cond(CorrectionsState.refused != "", rx.el.div(note(CorrectionsState.refused, tone="bad"), role="alert")),
        form(*fields, button(t("people.save"), variant="primary", type="submit"), on_submit=on_submit),
        is_open=CorrectionsState.open == name,
        on_open_change=CorrectionsState.close,
    )
