"""Who may sign in, and as what."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.people.state.accounts import COLUMNS, AccountsState, OneAccountState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, fact, heading, note
from spm_app.ui.blocks.fields import form, select_field, text_field
from spm_app.ui.blocks.overlays import confirm, drawer
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def accounts_page() -> rx.Component:
    """The table; a name opens the account at the side."""
    return rx.fragment(
        data_table(
            AccountsState,
            COLUMNS,
            caption="people.accounts",
            filters=(filter_choice(AccountsState, "role", "people.account.roles", AccountsState.roles),),
            actions=(
                button(
                    t("people.account.new"), variant="primary", icon="user-round-plus", on_click=OneAccountState.begin
                ),
            ),
        ),
        drawer(
            rx.cond(OneAccountState.is_new, t("people.account.new"), OneAccountState.name),
            _said(),
            rx.cond(OneAccountState.is_new, _new(), _known()),
            is_open=OneAccountState.is_open,
            on_open_change=OneAccountState.set_open,
        ),
    )


def _said() -> rx.Component:
    """A refusal, or a password that is shown this once."""
    password = rx.el.div(
        rx.el.p(t("people.account.made_up"), class_name="m-0"),
        rx.el.code(OneAccountState.made_up, class_name="text-[16px] select-all"),
        role="status",
        class_name=f"rounded-lg px-3 py-2 {theme.TONES['warn']}",
    )
    return rx.fragment(
        rx.cond(OneAccountState.refused != "", rx.el.div(note(OneAccountState.refused, tone="bad"), role="alert")),
        rx.cond(OneAccountState.made_up != "", password),
    )


def _new() -> rx.Component:
    wrong: Any = OneAccountState.problems
    nobody: Any = rx.Var.create([{"value": "", "label": "–"}])
    people: Any = (nobody + rx.Var.create(OneAccountState.candidates)).to(list[dict[str, str]])
    return form(
        select_field(t("people.person"), "person", people, error=wrong.get("person", "")),
        text_field(
            t("people.account.sign_in_name"),
            "sign_in_name",
            hint=t("people.account.sign_in_name.hint"),
            error=wrong.get("sign_in_name", ""),
            auto_complete="off",
        ),
        _roles(),
        button(t("people.account.new"), variant="primary", type="submit"),
        on_submit=OneAccountState.create,
    )


def _known() -> rx.Component:
    state = rx.cond(OneAccountState.is_locked, t("people.account.locked"), t("people.account.open"))
    own = note(t("people.own_account"))
    return rx.el.div(
        rx.el.dl(
            fact(t("people.account.sign_in_name"), OneAccountState.sign_in_name),
            fact(t("people.account.state"), state),
            class_name="m-0 flex flex-col gap-2",
        ),
        rx.cond(OneAccountState.is_own, own, _changes()),
        heading(t("people.account.sessions")),
        rx.el.ul(rx.foreach(OneAccountState.sessions, _session), class_name="list-none m-0 p-0 flex flex-col gap-2"),
        class_name=theme.STACK,
    )


def _changes() -> rx.Component:
    lock = confirm(t("people.account.lock"), t("people.account.lock.sure"), OneAccountState.lock, icon="lock")
    return rx.fragment(
        _roles(),
        button(t("people.account.save_roles"), variant="primary", on_click=OneAccountState.save_roles),
        rx.el.div(
            rx.cond(
                OneAccountState.is_locked,
                button(t("people.account.unlock"), icon="lock-open", on_click=OneAccountState.unlock),
                lock,
            ),
            confirm(
                t("people.account.reset"),
                t("people.account.reset.sure"),
                OneAccountState.make_password,
                icon="key-round",
            ),
            button(t("people.account.end_sessions"), icon="log-out", on_click=OneAccountState.end_sessions),
            class_name=theme.ROW,
        ),
    )


def _roles() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("people.account.roles"), class_name="text-[14px] font-medium mb-1"),
        *(_role(role) for role in Role),
        class_name="border-0 p-0 m-0 grid sm:grid-cols-2",
    )


def _role(role: Role) -> rx.Component:
    held: Any = OneAccountState.held
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=held.get(role.value, False),
            on_change=lambda is_held: OneAccountState.hold(role.value, is_held),
            class_name="size-5 accent-[var(--accent)]",
        ),
        t(f"people.role.{role.value}"),
        class_name=f"flex items-center gap-2 cursor-pointer {theme.TARGET}",
    )


def _session(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(each["device"], class_name="truncate"),
        rx.el.div(each["address"], " · ", each["seen"], class_name=theme.SMALL),
    )


PAGE = Page(
    route="/settings/accounts",
    title="people.accounts",
    body=accounts_page,
    load=(AccountsState.load, OneAccountState.load),
    roles=(Role.SYSADMIN,),
    group="settings",
    icon="key-round",
    live=("accounts",),
)
