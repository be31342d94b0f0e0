"""Work that takes longer than a click: how far it is, what came of it, and once more."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.gate.watching import JobsState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, pill
from spm_app.ui.blocks.states import empty_state, progress
from spm_app.ui.i18n import t, whole
from spm_app.ui.pages import Page


def jobs_page() -> rx.Component:
    """Newest first."""
    nothing = card(empty_state(t("gate.jobs.none"), t("gate.jobs.none.what_now"), icon="hourglass"))
    listed = rx.el.ul(rx.foreach(JobsState.rows, _job), class_name="list-none m-0 p-0 flex flex-col gap-3")
    return rx.el.div(
        rx.cond(JobsState.may_see_all, _whose(), rx.fragment()),
        rx.cond(rx.Var.create(JobsState.rows).length() == 0, nothing, listed),
        class_name=theme.STACK,
    )


def _whose() -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=JobsState.everybody,
            on_change=JobsState.show_everybody,
            class_name="size-5 accent-[var(--accent)]",
        ),
        t("gate.jobs.everybody"),
        class_name=f"inline-flex items-center gap-2 cursor-pointer {theme.TARGET}",
    )


def _job(each: Any) -> rx.Component:
    number = whole(each["id"])
    buttons = rx.el.div(
        rx.cond(
            each["may_retry"] != "", button(t("gate.jobs.retry"), icon="rotate-cw", on_click=JobsState.retry(number))
        ),
        rx.cond(each["may_cancel"] != "", button(t("gate.jobs.cancel"), icon="x", on_click=JobsState.cancel(number))),
        class_name=theme.ROW,
    )
    head = rx.el.div(
        rx.el.div(
            rx.el.span(each["kind"], class_name="font-semibold"),
            pill(each["state"], each["tone"]),
            class_name=theme.ROW,
        ),
        buttons,
        class_name=theme.HEAD,
    )
    running = rx.cond(
        (each["may_cancel"] != "") & (each["total"] != "0"),
        progress(
            whole(each["done"]), whole(each["total"]), t("gate.jobs.how_far", done=each["done"], total=each["total"])
        ),
    )
    when = rx.el.div(each["who"], " · ", each["at"], " – ", each["ended"], class_name=theme.SMALL)
    return rx.el.li(head, when, running, rx.el.div(each["said"]), class_name=f"{theme.CARD} p-4 flex flex-col gap-2")


PAGE = Page(
    route="/settings/jobs",
    title="gate.jobs",
    body=jobs_page,
    load=(JobsState.load,),
    group="settings",
    icon="hourglass",
    live=("jobs",),
)
