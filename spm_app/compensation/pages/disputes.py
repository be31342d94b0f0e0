"""Questions on pay, and their answers."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.disputes import DisputesState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, link, pill
from spm_app.ui.blocks.fields import form, money_field, select_field, text_area
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.i18n import t, whole
from spm_app.ui.pages import Page

_STEPS = ("with_compensation", "accepted", "rejected", "withdrawn")


def disputes_page() -> rx.Component:
    """The list; each opens into what was said."""
    nothing = card(
        empty_state(
            t("compensation.disputes.none"), t("compensation.disputes.none.what_now"), icon="message-circle-question"
        )
    )
    listed = rx.el.ul(rx.foreach(DisputesState.rows, _row), class_name="list-none m-0 p-0 flex flex-col gap-3")
    shown = rx.cond(rx.Var.create(DisputesState.rows).length() == 0, nothing, listed)
    return rx.el.div(rx.cond(DisputesState.loaded, shown, skeleton()), _drawer())


def _row(each: Any) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.div(
                rx.el.div(
                    rx.el.span(each["payee"], class_name="font-semibold"),
                    pill(each["state"], each["tone"]),
                    class_name=theme.ROW,
                ),
                button(
                    rx.cond(each["answers"] != "", t("compensation.dispute.open"), t("compensation.dispute.read")),
                    icon="message-circle-question",
                    on_click=DisputesState.open_one(whole(each["id"])),
                ),
                class_name=theme.HEAD,
            ),
            rx.el.div(
                link(each["period"], each["href"]),
                rx.el.span(each["about"]),
                rx.el.span(each["amount"], class_name="tabular-nums"),
                rx.el.span(each["reason"], class_name="text-ink-soft"),
                class_name="flex flex-wrap gap-x-6 gap-y-1",
            ),
        )
    )


def _drawer() -> rx.Component:
    said = rx.el.ol(rx.foreach(DisputesState.said, _remark), class_name="list-none m-0 p-0 flex flex-col gap-3")
    return drawer(
        DisputesState.title,
        said,
        rx.cond(rx.Var.create(DisputesState.may).length() > 0, _answer(), rx.fragment()),
        is_open=DisputesState.answer_open,
        on_open_change=DisputesState.show_answer,
    )


def _remark(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(each["who"], class_name="font-medium"),
            rx.el.span(each["at"], class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        rx.el.p(each["text"], class_name="m-0 whitespace-pre-line"),
        rx.el.span(each["state"], class_name=theme.SMALL),
        class_name="border-l-2 border-line pl-3",
    )


def _answer() -> rx.Component:
    """One form, one button a step: the button pressed says which."""
    choices = rx.fragment(
        *(
            rx.cond(
                DisputesState.may.contains(step),
                rx.el.option(t(f"compensation.dispute.step.{step}"), value=step),
                rx.fragment(),
            )
            for step in _STEPS
        )
    )
    errors = DisputesState.errors
    amounts = rx.el.div(
        money_field(t("compensation.dispute.amount"), "amount", error=errors.get("amount", "")),
        select_field(t("compensation.dispute.period"), "period", DisputesState.periods, error=errors.get("period", "")),
        class_name="grid sm:grid-cols-2 gap-3",
    )
    return form(
        rx.el.label(t("compensation.dispute.step"), html_for="step", class_name="text-[14px] font-medium"),
        rx.el.select(choices, id="step", name="step", class_name=theme.INPUT),
        rx.cond(DisputesState.may.contains("accepted"), amounts, rx.fragment()),
        text_area(t("compensation.dispute.words"), "text", error=errors.get("text", "")),
        rx.el.div(button(t("compensation.dispute.answer"), variant="primary", type="submit"), class_name=theme.ROW),
        on_submit=DisputesState.answer,
    )


PAGE = Page(
    route="/disputes",
    title="compensation.disputes",
    body=disputes_page,
    load=(DisputesState.load,),
    roles=(Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR),
    group="earnings",
    icon="message-circle-question",
    live=("disputes",),
)
