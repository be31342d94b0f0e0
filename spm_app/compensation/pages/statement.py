"""One statement: what it comes to, how that adds up, every line, and why any amount is what it is."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.parts.asking import asking
from spm_app.compensation.parts.documents import documents
from spm_app.compensation.parts.history import beside, look_back
from spm_app.compensation.parts.pay_curve import pay_curve
from spm_app.compensation.parts.settlement import settlement
from spm_app.compensation.parts.what_if import what_if_button, what_if_drawer
from spm_app.compensation.state.payment import AgentDocumentsState
from spm_app.compensation.state.settlement import SettlementState
from spm_app.compensation.state.statement import LINE_COLUMNS, StatementState
from spm_app.compensation.state.statement_files import KINDS, StatementFilesState
from spm_app.compensation.state.statement_history import StatementHistoryState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, link, note, pill
from spm_app.ui.blocks.charts import bullet
from spm_app.ui.blocks.overlays import drawer
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import data_table, filter_choice, menu, simple_table
from spm_app.ui.i18n import t, whole
from spm_app.ui.listing import Column
from spm_app.ui.pages import Page

_ADJUSTMENTS = (
    Column("reason", "compensation.adjustment.reason"),
    Column("remark", "compensation.adjustment.remark"),
    Column("on", "compensation.line.day"),
    Column("amount", "compensation.line.amount", kind="number"),
)


def statement_page() -> rx.Component:
    """Head, sum, components, lines."""
    unknown = card(empty_state(t("compensation.statement_unknown"), t("compensation.statement.back"), icon="search-x"))
    known = rx.el.div(
        rx.cond(
            StatementState.facts["replaced"] != "", note(StatementState.facts["replaced"], tone="warn"), rx.fragment()
        ),
        _head(),
        rx.el.div(
            rx.foreach(StatementState.parts, _part), class_name="grid grid-cols-1 gap-4 lg:grid-cols-2 items-start"
        ),
        rx.cond(
            rx.Var.create(StatementState.adjustments).length() > 0,
            card(
                simple_table(_ADJUSTMENTS, StatementState.adjustments, caption=t("compensation.adjustments")),
                title=t("compensation.adjustments"),
            ),
            rx.fragment(),
        ),
        settlement(),
        beside(),
        documents(AgentDocumentsState.rows),
        _lines(),
        look_back(),
        _why(),
        what_if_drawer(),
        class_name=theme.STACK,
    )
    return rx.cond(StatementState.loaded, rx.cond(StatementState.found, known, unknown), skeleton())


def _head() -> rx.Component:
    told: Any = StatementState.facts
    equation = rx.el.p(
        rx.foreach(
            StatementState.sums,
            lambda each, at: rx.el.span(
                rx.cond(at > 0, " + ", ""), rx.el.span(each["amount"], class_name="tabular-nums"), " ", each["label"]
            ),
        ),
        class_name="m-0 text-ink-soft",
    )
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.div(t("compensation.due"), class_name=theme.SMALL),
                rx.el.div(told["due"], class_name=theme.FIGURE),
                equation,
            ),
            _acts(),
            class_name=theme.HEAD,
        ),
        facts(
            fact(t("ui.period"), told["period"]),
            fact(t("compensation.title_held"), told["title"]),
            fact(t("compensation.state"), pill(told["state"], told["tone"])),
            fact(t("compensation.still_open"), told["open"]),
        ),
    )


def _acts() -> rx.Component:
    """What can be done with the whole statement."""
    ask = button(t("compensation.dispute.statement"), icon="message-circle-question", on_click=StatementState.ask_whole)
    return rx.el.div(
        rx.cond(StatementState.may_try, what_if_button(), rx.fragment()),
        _take_away(),
        rx.cond(StatementState.may_dispute, ask, rx.fragment()),
        class_name=theme.ROW,
    )


def _take_away() -> rx.Component:
    """The statement as a file, of each kind."""
    files = (
        button(
            t(f"compensation.statement.take_away.{kind}"),
            variant="quiet",
            on_click=StatementFilesState.download(kind),
            class_name="whitespace-nowrap justify-start",
        )
        for kind in KINDS
    )
    return menu("download", "compensation.statement.take_away", *files)


def _part(each: Any) -> rx.Component:
    against = rx.el.div(
        rx.el.div(
            rx.el.span(t("compensation.measure_of", measure=each["measure"], quota=each["quota"])),
            rx.el.span(each["attained"], class_name="font-semibold tabular-nums"),
            class_name=theme.HEAD,
        ),
        bullet(whole(each["share"]), whole(each["mark"]), t("compensation.attained", share=each["attained"])),
        class_name="flex flex-col gap-2",
    )
    return card(
        rx.el.div(
            rx.el.h2(each["name"], class_name=theme.H2),
            rx.el.span(each["earned"], class_name="text-[20px] font-semibold tabular-nums"),
            class_name=theme.HEAD,
        ),
        rx.cond(each["quota"] != "", against, rx.el.div(t("compensation.measure_alone", measure=each["measure"]))),
        pay_curve(each),
        rx.el.div(
            link(each["plan"], each["plan_href"]),
            button(
                t("compensation.why"), icon="circle-help", on_click=StatementState.explain_component(whole(each["id"]))
            ),
            class_name=theme.HEAD,
        ),
    )


def _lines() -> rx.Component:
    chosen = filter_choice(StatementState, "component", "compensation.component", StatementState.part_choices)
    nothing = empty_state(t("compensation.lines.none"), t("compensation.lines.none.what_now"), icon="receipt")
    table = data_table(StatementState, LINE_COLUMNS, caption="compensation.lines", filters=(chosen,), empty=nothing)
    return rx.el.section(rx.el.h2(t("compensation.lines"), class_name=theme.H2), table, class_name=theme.STACK)


def _why() -> rx.Component:
    """The derivation in sentences, with the figures in them."""
    steps = rx.el.ol(rx.foreach(StatementState.why_steps, _step), class_name="list-none m-0 p-0 flex flex-col gap-2")
    to_deal = rx.cond(
        StatementState.why_deal != "",
        link(t("compensation.why.deal"), StatementState.why_deal),
        rx.fragment(),
    )
    asks = rx.cond(
        StatementState.asking,
        asking(),
        button(t("compensation.dispute.this"), icon="message-circle-question", on_click=StatementState.ask(True)),
    )
    return drawer(
        rx.cond(StatementState.why_title != "", StatementState.why_title, t("compensation.dispute.statement")),
        rx.cond(
            StatementState.why_amount != "",
            rx.el.div(StatementState.why_amount, class_name=theme.FIGURE),
            rx.fragment(),
        ),
        steps,
        to_deal,
        rx.cond(StatementState.may_dispute, asks, rx.fragment()),
        is_open=StatementState.why_open,
        on_open_change=StatementState.show_why,
    )


def _step(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(each["number"], class_name="text-ink-faint tabular-nums w-5 shrink-0", aria_hidden="true"),
        rx.el.span(each["text"], class_name="flex-1"),
        rx.el.span(each["result"], class_name="tabular-nums font-medium whitespace-nowrap"),
        class_name="flex gap-2 border-b border-line pb-2",
    )


PAGE = Page(
    route="/statements/[statement_id]",
    title="compensation.statement",
    body=statement_page,
    load=(StatementState.load, SettlementState.load, AgentDocumentsState.load, StatementHistoryState.load),
    parents=("/statements",),
    heading=lambda: t("compensation.statement.of", name=StatementState.payee),
)
