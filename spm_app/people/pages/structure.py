"""Titles and teams under the chart, for who may change them, and the dialogs in which that is done."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.people.state.structure import StructureState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note
from spm_app.ui.blocks.fields import form, select_field, text_field
from spm_app.ui.blocks.overlays import confirm, dialog
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t, whole
from spm_app.ui.listing import Column

TITLES = (
    Column("name", "people.job"),
    Column("code", "people.code"),
    Column("now", "people.holders", kind="number"),
)
TEAMS = (
    Column("name", "people.team"),
    Column("code", "people.code"),
    Column("above", "people.above"),
    Column("now", "people.holders", kind="number"),
)


def structure_cards() -> rx.Component:
    """Both lists, one under the other, with their dialogs."""
    return rx.cond(
        StructureState.may_change,
        rx.el.div(
            _list("team", TEAMS, StructureState.teams, _team_acts),
            _list("title", TITLES, StructureState.titles, _title_acts),
            *_title_dialogs(),
            *_team_dialogs(),
            class_name=theme.STACK,
        ),
    )


def _list(what: str, columns: tuple[Column, ...], rows: Any, acts: Any) -> rx.Component:
    title = f"people.{what}s"
    return card(
        rx.cond(
            rx.Var.create(rows).length() == 0,
            empty_state(t(f"people.no_{what}"), t(f"people.no_{what}.what_now"), icon="network"),
            simple_table(columns, rows, caption=t(title), acts=acts),
        ),
        title=t(title),
        actions=button(t(f"people.add_{what}"), icon="plus", on_click=StructureState.begin(f"add_{what}", "")),
    )


def _title_acts(row: Any) -> rx.Component:
    return _acts(_begin("rename_title", "pencil", row), _remove(row, StructureState.remove_title))


def _team_acts(row: Any) -> rx.Component:
    return _acts(
        _begin("rename_team", "pencil", row),
        _begin("move_team", "corner-down-right", row),
        _remove(row, StructureState.remove_team),
    )


def _acts(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name=f"{theme.ROW} sm:justify-end")


def _begin(dialog_name: str, icon: str, row: Any) -> rx.Component:
    return button(
        t(f"people.{dialog_name}"),
        icon=icon,
        variant="quiet",
        on_click=StructureState.begin(dialog_name, row["id"]),
        aria_label=t(f"people.{dialog_name}.which", name=row["name"]),
    )


def _remove(row: Any, act: Any) -> rx.Component:
    """Asked about first; what is in use says why it stays."""
    return rx.cond(
        row["why_not"] == "",
        confirm(
            t("people.remove"),
            t("people.remove.sure", name=row["name"]),
            act(whole(row["id"]), row["name"]),
            variant="quiet",
            icon="trash-2",
        ),
        button(
            t("people.remove"),
            icon="trash-2",
            variant="quiet",
            on_click=rx.toast.info(row["why_not"]),
            aria_label=t("people.remove.which", name=row["name"]),
        ),
    )


def _title_dialogs() -> tuple[rx.Component, ...]:
    return (
        _dialog("add_title", _name(t("people.job")), _code("people.title_code.hint")),
        _dialog("rename_title", _name(t("people.job"))),
    )


def _team_dialogs() -> tuple[rx.Component, ...]:
    return (
        _dialog("add_team", _name(t("people.team")), _code("people.team_code.hint"), _above(), _from_day()),
        _dialog("rename_team", _name(t("people.team"))),
        _dialog("move_team", _above(), _from_day()),
    )


def _name(label: Any) -> rx.Component:
    return text_field(
        label,
        "name",
        error=StructureState.problems.get("name", ""),
        default_value=StructureState.now.get("name", ""),
        auto_complete="off",
        max_length=200,
    )


def _code(hint: str) -> rx.Component:
    wrong = StructureState.problems.get("code", "")
    return text_field(t("people.code"), "code", hint=t(hint), error=wrong, auto_complete="off", max_length=64)


def _above() -> rx.Component:
    top: Any = rx.Var.create([{"value": "", "label": "–"}])
    offered: Any = (top + rx.Var.create(StructureState.above)).to(list[dict[str, str]])
    return select_field(
        t("people.above"),
        "above",
        offered,
        hint=t("people.above.hint"),
        error=StructureState.problems.get("above", ""),
        default_value=StructureState.now.get("above_id", ""),
    )


def _from_day() -> rx.Component:
    return text_field(
        t("people.from_day"),
        "from_day",
        kind="date",
        error=StructureState.problems.get("from_day", ""),
        default_value=StructureState.now.get("from_day", ""),
    )


def _dialog(name: str, *fields: rx.Component) -> rx.Component:
    return dialog(
        t(f"people.{name}"),
        rx.cond(
            StructureState.about != "", rx.el.p(StructureState.about, class_name="m-0 text-ink-soft"), rx.fragment()
        ),
        rx.cond(StructureState.refused != "", rx.el.div(note(StructureState.refused, tone="bad"), role="alert")),
        form(*fields, button(t("people.save"), variant="primary", type="submit"), on_submit=StructureState.save),
        is_open=StructureState.open == name,
        on_open_change=StructureState.close,
    )
