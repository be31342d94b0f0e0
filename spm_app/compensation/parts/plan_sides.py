"""The sides of a plan beside its text: the document, what it pays, what changes, who is in it, who has agreed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.plan_agreed import PlanAgreedState
from spm_app.compensation.state.plan_pay import PlanPayState
from spm_app.compensation.state.plan_reading import PlanReadingState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, fact, facts, note
from spm_app.ui.blocks.charts import curve_chart
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column

_CURVE = (
    Column("label", "compensation.drawn.at", kind="number"),
    Column("pay_text", "compensation.drawn.pays", kind="number"),
)
_COST = (Column("at", "compensation.drawn.at", kind="number"), Column("cost", "compensation.cost.costs", kind="number"))
_SPREAD = (Column("what", "compensation.cost.payee"), Column("pay", "compensation.cost.a_year", kind="number"))
_MEMBERS = (
    Column("name", "compensation.members.name"),
    Column("from", "compensation.members.from"),
    Column("to", "compensation.members.to"),
    Column("days", "compensation.members.days", kind="number"),
)
_TWICE = (Column("name", "compensation.members.name"), Column("plans", "compensation.members.other"))
_ANSWERS = (
    Column("name", "compensation.members.name"),
    Column("state", "compensation.state"),
    Column("at", "compensation.agreed.at"),
)


def document() -> rx.Component:
    """The plan in prose, as it may be printed."""
    line = rx.foreach(
        PlanReadingState.lines,
        lambda each: rx.match(
            each["kind"],
            ("title", rx.el.h3(each["text"], class_name="text-[16px] font-semibold mt-4 mb-1 first:mt-0")),
            ("item", rx.el.p(each["text"], class_name="m-0 pl-6 tabular-nums")),
            rx.el.p(each["text"], class_name="m-0 mt-1 max-w-[70ch]"),
        ),
    )
    show = button(t("compensation.document.print"), icon="printer", on_click=rx.call_script("window.print()"))
    return card(rx.el.article(line, class_name="print:text-black"), title=t("compensation.document"), actions=show)


def pay() -> rx.Component:
    """Curves, then the cost on last year's deals."""
    curve = rx.foreach(PlanPayState.curves, _curve)
    none = note(t("compensation.drawn.none"))
    drawn = rx.cond(PlanPayState.curves.length() > 0, rx.el.div(curve, class_name=theme.STACK), none)
    return rx.el.div(
        card(
            rx.el.p(t("compensation.drawn.how"), class_name=f"{theme.SMALL} m-0"), drawn, title=t("compensation.drawn")
        ),
        _cost(),
        class_name=theme.STACK,
    )


def _curve(curve: Any) -> rx.Component:
    return rx.el.div(
        curve_chart(curve.rows, title=curve.title, summary=curve.summary, columns=_CURVE),
        rx.el.dl(
            rx.foreach(curve.usual, lambda each: fact(each["at"], each["pay"])),
            class_name="grid grid-cols-3 sm:grid-cols-7 gap-3 m-0 tabular-nums",
        ),
        class_name=theme.STACK,
    )


def _cost() -> rx.Component:
    ask = button(
        t("compensation.cost.ask"), icon="calculator", on_click=PlanPayState.reckon, disabled=PlanPayState.busy
    )
    known = rx.el.div(
        rx.el.p(PlanPayState.how, class_name="m-0 text-ink-soft max-w-[80ch]"),
        facts(fact(t("compensation.cost.real"), PlanPayState.total)),
        rx.el.div(
            simple_table(_COST, PlanPayState.cost, caption=t("compensation.cost.by_attainment")),
            simple_table(_SPREAD, PlanPayState.spread, caption=t("compensation.cost.spread")),
            class_name="grid grid-cols-1 gap-4 md:grid-cols-2 items-start",
        ),
        class_name=theme.STACK,
    )
    waiting = rx.cond(PlanPayState.busy, note(PlanPayState.progress), rx.fragment())
    return card(
        rx.el.p(t("compensation.cost.what"), class_name=f"{theme.SMALL} m-0"),
        rx.el.div(waiting, rx.cond(PlanPayState.costed, known, rx.fragment()), aria_live="polite"),
        title=t("compensation.cost"),
        actions=ask,
    )


def changed() -> rx.Component:
    """Term by term against the version in force; of a draft, with the published text beside it."""
    lines = rx.el.ul(
        rx.foreach(PlanReadingState.changes, rx.el.li),
        class_name="m-0 pl-5 flex flex-col gap-1 max-w-[80ch]",
    )
    same = note(t("compensation.change.none"))
    told = rx.cond(PlanReadingState.changes.length() > 0, lines, same)
    before = rx.cond(
        PlanReadingState.base_text != "",
        rx.el.details(
            rx.el.summary(t("compensation.notice.text"), class_name="cursor-pointer py-1"),
            rx.el.pre(
                PlanReadingState.base_text,
                tab_index=0,
                class_name="m-0 overflow-x-auto text-[13px] leading-5 font-mono",
            ),
        ),
        rx.fragment(),
    )
    first = note(t("compensation.notice.first"))
    return card(
        rx.cond(PlanReadingState.has_base, rx.el.div(told, before, class_name=theme.STACK), first),
        title=t("compensation.notice"),
    )


def membership() -> rx.Component:
    """Who is in it on which days, who is in another plan too, and who is in none."""
    nobody = empty_state(t("compensation.members.none"), t("compensation.members.none.what_now"), icon="users")
    twice = rx.cond(
        PlanReadingState.twice.length() > 0,
        card(
            simple_table(_TWICE, PlanReadingState.twice, caption=t("compensation.members.twice")),
            title=t("compensation.members.twice"),
        ),
        rx.fragment(),
    )
    nowhere = rx.cond(
        PlanReadingState.nowhere.length() > 0,
        card(rx.el.p(PlanReadingState.nowhere.join(", "), class_name="m-0"), title=t("compensation.members.nowhere")),
        rx.fragment(),
    )
    return rx.el.div(
        card(
            rx.cond(
                PlanReadingState.members.length() > 0,
                simple_table(_MEMBERS, PlanReadingState.members, caption=t("compensation.members")),
                nobody,
            ),
            title=t("compensation.members"),
        ),
        twice,
        nowhere,
        class_name=theme.STACK,
    )


def agreed() -> rx.Component:
    """Who has agreed to the published words, and who is still to."""
    remind = rx.cond(
        PlanAgreedState.missing > 0,
        button(t("compensation.agreed.remind"), icon="mail", on_click=PlanAgreedState.remind),
        rx.fragment(),
    )
    return card(
        facts(
            fact(t("compensation.agreed.given"), PlanAgreedState.given),
            fact(t("compensation.agreed.missing"), PlanAgreedState.missing),
        ),
        simple_table(_ANSWERS, PlanAgreedState.answers, caption=t("compensation.agreed")),
        title=t("compensation.agreed"),
        actions=remind,
    )


def agreement() -> rx.Component:
    """What is asked of a payee: what is new, and the button that says yes."""
    news = rx.cond(
        PlanAgreedState.news.length() > 0,
        rx.el.div(
            rx.el.p(t("compensation.agreed.new"), class_name="m-0 font-medium"),
            rx.el.ul(rx.foreach(PlanAgreedState.news, rx.el.li), class_name="m-0 pl-5"),
        ),
        rx.fragment(),
    )
    ask = card(
        rx.el.p(t("compensation.agreed.asked.why"), class_name="m-0 max-w-[70ch]"),
        news,
        rx.el.div(
            button(t("compensation.agreed.agree"), variant="primary", icon="check", on_click=PlanAgreedState.agree)
        ),
        title=t("compensation.agreed.asked"),
    )
    done = note(t("compensation.agreed.since", at=PlanAgreedState.agreed_at), tone="good")
    return rx.cond(PlanAgreedState.is_asked, ask, rx.cond(PlanAgreedState.agreed_at != "", done, rx.fragment()))
