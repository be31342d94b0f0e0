"""One period: calculate, review, approve, make final; each with its facts, its person and its time."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.runs import READERS, RunState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, link, link_button, note, pill
from spm_app.ui.blocks.overlays import confirm
from spm_app.ui.blocks.pick import steps
from spm_app.ui.blocks.states import progress, skeleton
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t, whole
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_LOG = (
    Column("plan", "compensation.plan"),
    Column("component", "compensation.component"),
    Column("deals", "compensation.log.deals", kind="number"),
    Column("matched", "compensation.log.matched", kind="number"),
    Column("lines", "compensation.lines", kind="number"),
)
_HISTORY = (
    Column("act", "compensation.run.step"),
    Column("who", "compensation.run.who"),
    Column("at", "compensation.run.when"),
)


def run_page() -> rx.Component:
    """Where it stands and what is next, at the top."""
    known = rx.el.div(
        _life(),
        rx.foreach(RunState.findings, lambda said: note(said, tone="bad")),
        rx.foreach(RunState.left_out, lambda said: note(said, tone="warn")),
        rx.el.div(_history(), _reviews(), class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start"),
        _adjustments(),
        rx.cond(rx.Var.create(RunState.log).length() > 0, _log(), rx.fragment()),
        class_name=theme.STACK,
    )
    return rx.cond(RunState.loaded, known, skeleton())


def _life() -> rx.Component:
    told: Any = RunState.facts
    names = [t(f"compensation.step.{each}") for each in ("calculate", "approve", "finalise", "done")]
    return card(
        rx.el.div(steps(RunState.at_step, names), pill(told["state"], told["tone"]), class_name=theme.HEAD),
        rx.el.p(told["next"], class_name="m-0"),
        facts(
            fact(t("compensation.run.total"), told["total"]),
            fact(t("compensation.run.moved"), told["moved"]),
            fact(t("compensation.payees"), told["payees"]),
            fact(t("compensation.lines"), told["lines"]),
            fact(t("compensation.disputes.open"), _disputes(told)),
            fact(t("compensation.run.digest"), rx.el.code(told["digest"])),
        ),
        rx.cond(RunState.busy, progress(RunState.done, RunState.total, RunState.step), _buttons()),
    )


def _buttons() -> rx.Component:
    calculate = button(
        t("compensation.run.calculate"), variant="primary", icon="calculator", on_click=RunState.calculate
    )
    approve = button(t("compensation.run.approve"), variant="primary", icon="check", on_click=RunState.approve)
    finalise = confirm(
        t("compensation.run.finalise"),
        t("compensation.run.finalise.sure"),
        RunState.finalise,
        variant="primary",
        icon="lock",
    )
    not_by_me = rx.el.div(
        button(t("compensation.run.finalise"), icon="lock", disabled=True, aria_describedby="not-by-me"),
        rx.el.span(t("compensation.approver_does_not_finalise"), id="not-by-me", class_name=theme.SMALL),
        class_name=theme.ROW,
    )
    catch_up = confirm(
        t("compensation.late"), t("compensation.late.sure"), RunState.catch_up, variant="plain", icon="history"
    )
    return rx.el.div(
        rx.cond(RunState.may_calculate, calculate, rx.fragment()),
        rx.cond(RunState.may_approve, approve, rx.fragment()),
        rx.cond(RunState.may_finalise, finalise, rx.fragment()),
        rx.cond(RunState.approved_it, not_by_me, rx.fragment()),
        rx.cond(RunState.may_catch_up, catch_up, rx.fragment()),
        link_button(
            t("compensation.run.statements"), "/team-earnings?period=" + rx.Var.create(RunState.code), icon="receipt"
        ),
        class_name=theme.ROW,
    )


def _history() -> rx.Component:
    return card(
        simple_table(_HISTORY, RunState.history, caption=t("compensation.run.history")),
        title=t("compensation.run.history"),
    )


def _reviews() -> rx.Component:
    said = rx.el.ul(rx.foreach(RunState.reviews, _review), class_name="list-none m-0 p-0 flex flex-col gap-3")
    nothing = rx.el.p(t("compensation.reviews.none"), class_name="m-0 text-ink-soft")
    return card(rx.cond(rx.Var.create(RunState.reviews).length() > 0, said, nothing), title=t("compensation.reviews"))


def _review(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(each["who"]),
            pill(each["said"], each["tone"]),
            rx.el.span(each["at"], class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        rx.el.p(each["remark"], class_name="m-0 text-ink-soft empty:hidden"),
    )


def _adjustments() -> rx.Component:
    listed = rx.el.ul(rx.foreach(RunState.adjustments, _adjustment), class_name="list-none m-0 p-0 flex flex-col gap-3")
    whole = card(listed, title=t("compensation.adjustments"))
    return rx.cond(rx.Var.create(RunState.adjustments).length() > 0, whole, rx.fragment())


def _adjustment(each: Any) -> rx.Component:
    number = whole(each["id"])
    decide = rx.el.div(
        button(t("compensation.adjustment.approve"), icon="check", on_click=RunState.decide(number, True)),
        button(t("compensation.adjustment.refuse"), icon="x", on_click=RunState.decide(number, False)),
        class_name=theme.ROW,
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(each["payee"], class_name="font-medium"),
            rx.el.span(each["amount"], class_name="tabular-nums"),
            rx.el.span(each["reason"]),
            pill(each["state"], each["tone"]),
            class_name=theme.ROW,
        ),
        rx.el.p(each["remark"], class_name="m-0 text-ink-soft"),
        rx.cond((each["waits"] != "") & RunState.may_decide, decide, rx.fragment()),
        class_name="flex flex-col gap-2",
    )


def _log() -> rx.Component:
    return card(simple_table(_LOG, RunState.log, caption=t("compensation.log")), title=t("compensation.log"))


def _disputes(told: Any) -> rx.Component:
    """How many wait, where they are listed, and whether they keep the period from being final."""
    listed = link(told["disputes"], told["disputes_href"])
    holds = rx.cond(told["disputes_block"] != "", pill(t("compensation.disputes.block"), "warn"), rx.fragment())
    return rx.el.span(rx.cond(told["disputes_href"] != "", listed, told["disputes"]), holds, class_name=theme.ROW)


PAGE = Page(
    route="/runs/[period_code]",
    title="compensation.run",
    body=run_page,
    load=(RunState.load,),
    roles=READERS,
    parents=("/runs",),
    live=("runs", "disputes"),
    heading=lambda: t("compensation.run.of", period=RunState.title),
)
