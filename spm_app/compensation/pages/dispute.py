"""One dispute: what it is about, the payee's calculation, what was said, files, and the next step."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.domain.life import DisputeState as Stage
from spm_app.compensation.parts.counter import counter_shown
from spm_app.compensation.state.dispute import DisputeState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, link, pill
from spm_app.ui.blocks.fields import field, form, money_field, select_field, text_area
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.upload import upload_field
from spm_app.ui.i18n import t, whole
from spm_app.ui.pages import Page

#: The order in which steps are offered.
_STEPS = (
    Stage.WITH_COMPENSATION,
    Stage.NEEDS_INFORMATION,
    Stage.WITH_MANAGER,
    Stage.ACCEPTED,
    Stage.REJECTED,
    Stage.WITHDRAWN,
)
#: What the upload offers; the server looks at the content.
_FILES = {
    "application/pdf": [".pdf"],
    "image/png": [".png"],
    "image/jpeg": [".jpg", ".jpeg"],
    "text/csv": [".csv"],
    "text/plain": [".txt"],
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [".docx"],
}


def dispute_page() -> rx.Component:
    """Facts first, then the thread; what one may do stands at the side."""
    unknown = card(empty_state(t("compensation.dispute_unknown"), t("compensation.dispute.back"), icon="search-x"))
    known = rx.el.div(
        _facts(),
        rx.cond(
            DisputeState.asked.get("what", "") != "",
            card(counter_shown(DisputeState.asked, DisputeState.counter), title=t("compensation.counter")),
            rx.fragment(),
        ),
        rx.el.div(
            rx.el.div(_thread(), _files(), class_name=f"{theme.STACK} min-w-0"),
            rx.el.div(_answer(), _assign(), _lines(), class_name=f"{theme.STACK} min-w-0"),
            class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start",
        ),
        class_name=theme.STACK,
    )
    return rx.cond(DisputeState.loaded, rx.cond(DisputeState.found, known, unknown), skeleton())


def _facts() -> rx.Component:
    told: Any = DisputeState.facts
    late = rx.cond(told["late"] != "", pill(t("compensation.disputes.overdue"), "bad"), rx.fragment())
    return card(
        facts(
            fact(
                t("compensation.state"),
                rx.el.span(
                    pill(told["state"], told["tone"]),
                    rx.cond(told["appealed"] != "", pill(t("compensation.dispute.appeal"), "warn"), rx.fragment()),
                    class_name=theme.ROW,
                ),
            ),
            fact(t("compensation.dispute.due"), rx.el.span(told["due"], late, class_name=theme.ROW)),
            fact(t("compensation.dispute.assignee"), told["assignee"]),
            fact(t("ui.period"), link(told["period"], told["href"])),
            fact(t("compensation.dispute.about"), told["about"]),
            fact(t("compensation.line.amount"), rx.el.span(told["amount"], class_name="tabular-nums")),
            fact(t("compensation.dispute.reason_short"), told["reason"]),
        )
    )


def _thread() -> rx.Component:
    said = rx.el.ol(rx.foreach(DisputeState.said, _remark), class_name="list-none m-0 p-0 flex flex-col gap-3")
    more = form(
        text_area(t("compensation.dispute.more"), "comment"),
        rx.el.div(button(t("compensation.dispute.send"), icon="send", type="submit"), class_name=theme.ROW),
        on_submit=DisputeState.comment,
        reset_on_submit=True,
    )
    return card(said, rx.cond(DisputeState.may_write, more, rx.fragment()), title=t("compensation.dispute.thread"))


def _remark(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(each["who"], class_name="font-medium"),
            rx.el.span(each["at"], class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        rx.el.p(each["text"], class_name="m-0 whitespace-pre-line [overflow-wrap:anywhere]"),
        rx.el.span(each["state"], class_name=theme.SMALL),
        class_name="border-l-2 border-line pl-3",
    )


def _files() -> rx.Component:
    there = rx.el.ul(rx.foreach(DisputeState.files, _file), class_name="list-none m-0 p-0 flex flex-col gap-2")
    add = upload_field("dispute-files", t("compensation.dispute.attach"), DisputeState.attach, accept=_FILES)
    shown = (rx.Var.create(DisputeState.files).length() > 0) | DisputeState.may_write
    return rx.cond(
        shown,
        card(there, rx.cond(DisputeState.may_write, add, rx.fragment()), title=t("compensation.dispute.files")),
        rx.fragment(),
    )


def _file(each: Any) -> rx.Component:
    return rx.el.li(
        button(each["name"], variant="quiet", icon="paperclip", on_click=DisputeState.fetch(whole(each["id"]))),
        rx.el.span(each["by"], " · ", each["at"], " · ", each["size"], class_name=theme.SMALL),
        class_name="flex flex-wrap items-center gap-x-3",
    )


def _answer() -> rx.Component:
    """One form: the step chosen says which of its fields are asked for."""
    may = DisputeState.may
    choices = rx.el.select(
        *(
            rx.cond(
                may.contains(step.value),
                rx.el.option(t(f"compensation.dispute.step.{step.value}"), value=step.value),
                rx.fragment(),
            )
            for step in _STEPS
        ),
        value=DisputeState.step,
        on_change=DisputeState.choose_step,
        id="step",
        class_name=theme.INPUT,
    )
    errors = DisputeState.errors
    amounts = rx.el.div(
        money_field(
            t("compensation.dispute.amount"),
            "amount",
            default_value=DisputeState.asked.get("plain", ""),
            error=errors.get("amount", ""),
        ),
        select_field(t("compensation.dispute.period"), "period", DisputeState.periods, error=errors.get("period", "")),
        class_name="grid grid-cols-1 sm:grid-cols-2 gap-3",
    )
    asked = card(
        form(
            field(t("compensation.dispute.step"), choices, name="step"),
            rx.cond(DisputeState.step == Stage.ACCEPTED.value, amounts, rx.fragment()),
            text_area(t("compensation.dispute.words"), "text", error=errors.get("text", "")),
            rx.el.div(button(t("compensation.dispute.answer"), variant="primary", type="submit"), class_name=theme.ROW),
            on_submit=DisputeState.answer,
        ),
        title=t("compensation.dispute.next"),
    )
    return rx.cond(may.length() > 0, asked, rx.fragment())


def _assign() -> rx.Component:
    who = form(
        select_field(t("compensation.dispute.assignee"), "to", DisputeState.able),
        rx.el.div(button(t("compensation.dispute.assign"), icon="user-check", type="submit"), class_name=theme.ROW),
        on_submit=DisputeState.assign,
    )
    return rx.cond(DisputeState.may_assign, card(who), rx.fragment())


def _lines() -> rx.Component:
    """The adjustments that it led to."""
    lines = rx.el.ul(rx.foreach(DisputeState.lines, _line), class_name="list-none m-0 p-0 flex flex-col gap-2")
    return rx.cond(
        rx.Var.create(DisputeState.lines).length() > 0, card(lines, title=t("compensation.adjustments")), rx.fragment()
    )


def _line(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(each["period"]),
        rx.el.span(each["amount"], class_name="tabular-nums font-medium"),
        rx.el.span(each["state"], class_name=theme.SMALL),
        class_name="flex flex-wrap justify-between gap-x-4",
    )


PAGE = Page(
    route="/disputes/[dispute_id]",
    title="compensation.dispute",
    body=dispute_page,
    load=(DisputeState.load,),
    roles=(Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR),
    parents=("/disputes",),
    heading=lambda: DisputeState.heading,
    live=("disputes",),
)
