"""Files for payroll: what has left, the next one, and the shapes, edited with the rows beside them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.domain.payroll.template import DAYS, DECIMALS, ENCODINGS, LINE_ENDS, SEPARATORS, Field, Sign
from spm_app.compensation.state.payments import COLUMNS, READERS, PaymentsState, TemplateState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, note
from spm_app.ui.blocks.fields import field, form, select_field
from spm_app.ui.blocks.states import empty_state, skeleton
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_CHOICES = {
    "separator": [(each, t(f"compensation.payment.separator.{each}")) for each in SEPARATORS],
    "decimal": [(each, t(f"compensation.payment.decimal.{each}")) for each in DECIMALS],
    "sign": [(each.value, t(f"compensation.payment.sign.{each.value}")) for each in Sign],
    "days": [(each, each) for each in DAYS],
    "encoding": [(each, each) for each in ENCODINGS],
    "line_end": [(each, each.upper()) for each in LINE_ENDS],
}
_NAMES = {each: f"compensation.payment.{each}" for each in _CHOICES}


def payments_page() -> rx.Component:
    """Exports, the next one, the shapes."""
    nothing = empty_state(t("compensation.payments.none"), t("compensation.payments.none.what_now"), icon="banknote")
    table = simple_table(COLUMNS, PaymentsState.rows, caption=t("compensation.payments"))
    listed = card(rx.cond(rx.Var.create(PaymentsState.rows).length() > 0, table, nothing))
    shown = rx.el.div(
        listed, rx.cond(PaymentsState.may_export, _next(), rx.fragment()), _shape(), class_name=theme.STACK
    )
    return rx.cond(PaymentsState.loaded, shown, skeleton())


def _next() -> rx.Component:
    ready = form(
        select_field(t("ui.period"), "period", PaymentsState.periods),
        select_field(t("compensation.payment.template"), "template", PaymentsState.templates),
        rx.cond(PaymentsState.refusal != "", note(PaymentsState.refusal, tone="warn"), rx.fragment()),
        rx.el.div(
            button(t("compensation.payment.make"), variant="primary", icon="file-output", type="submit"),
            class_name=theme.ROW,
        ),
        on_submit=PaymentsState.make,
    )
    is_ready = (rx.Var.create(PaymentsState.periods).length() > 0) & (
        rx.Var.create(PaymentsState.templates).length() > 0
    )
    return card(
        rx.cond(is_ready, ready, rx.el.p(t("compensation.payment.not_ready"), class_name="m-0 text-ink-soft")),
        title=t("compensation.payment.next"),
    )


def _shape() -> rx.Component:
    return card(
        rx.el.div(_fields(), _preview(), class_name="grid grid-cols-1 lg:grid-cols-2 gap-6 items-start"),
        title=t("compensation.payment.templates"),
    )


def _fields() -> rx.Component:
    chosen = rx.el.select(
        rx.foreach(PaymentsState.templates, lambda each: rx.el.option(each["label"], value=each["value"])),
        rx.el.option(t("compensation.payment.new_template"), value="0"),
        value=TemplateState.chosen.to_string(),
        on_change=TemplateState.choose,
        id="template-chosen",
        class_name=theme.INPUT,
    )
    save = button(t("compensation.payment.save"), icon="save", on_click=TemplateState.save)
    return rx.el.div(
        field(t("compensation.payment.template"), chosen, name="template-chosen"),
        _text("name", "compensation.payment.name"),
        _area("columns", "compensation.payment.columns", ", ".join(each.value for each in Field)),
        _area("codes", "compensation.payment.codes", "sales = 0410"),
        rx.el.div(*(_choice(each) for each in _CHOICES), class_name="grid grid-cols-1 sm:grid-cols-2 gap-3"),
        _check("has_heading", "compensation.payment.has_heading"),
        _check("by_code", "compensation.payment.by_code"),
        rx.cond(PaymentsState.may_export, rx.el.div(save, class_name=theme.ROW), rx.fragment()),
        class_name=f"{theme.STACK} min-w-0",
    )


def _preview() -> rx.Component:
    return rx.el.div(
        rx.el.h3(t("compensation.payment.preview"), class_name="m-0 text-[14px] font-medium"),
        rx.el.pre(
            TemplateState.preview,
            class_name="m-0 p-3 rounded-lg bg-sunken overflow-x-auto text-[12px] leading-5 min-h-[14rem]",
            tab_index=0,
            role="region",
            aria_label=t("compensation.payment.preview"),
        ),
        rx.el.p(TemplateState.counted, class_name=f"{theme.SMALL} m-0", aria_live="polite"),
        class_name=f"{theme.STACK} min-w-0",
    )


def _held(name: str) -> Any:
    return TemplateState.held[name]


def _text(name: str, label: str) -> rx.Component:
    control = rx.el.input(
        value=_held(name),
        on_change=lambda value: TemplateState.set_field(name, value),
        id=name,
        class_name=theme.INPUT,
    )
    return field(t(label), control, name=name, error=TemplateState.errors.get(name, ""))


def _area(name: str, label: str, hint: str) -> rx.Component:
    control = rx.el.textarea(
        default_value=_held(name),
        key=f"{name}-" + TemplateState.chosen.to_string(),
        on_change=lambda value: TemplateState.set_field(name, value).debounce(300),
        id=name,
        rows="7",
        class_name=f"{theme.INPUT} py-2 font-mono text-[12px]",
    )
    return field(t(label), control, name=name, hint=hint, error=TemplateState.errors.get(name, ""))


def _choice(name: str) -> rx.Component:
    control = rx.el.select(
        *(rx.el.option(said, value=value) for value, said in _CHOICES[name]),
        value=_held(name),
        on_change=lambda value: TemplateState.set_field(name, value),
        id=name,
        class_name=theme.INPUT,
    )
    return field(t(_NAMES[name]), control, name=name, error=TemplateState.errors.get(name, ""))


def _check(name: str, label: str) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        checked=_held(name) != "",
        on_change=lambda _: TemplateState.set_field(name, rx.cond(_held(name) != "", "", "yes")),
        id=name,
        class_name="size-5 shrink-0 accent-[var(--accent)]",
    )
    looks = f"inline-flex items-center gap-2 cursor-pointer {theme.TARGET}"
    return rx.el.label(box, rx.el.span(t(label)), html_for=name, class_name=looks)


PAGE = Page(
    route="/payments",
    title="compensation.payments",
    body=payments_page,
    load=(PaymentsState.load, TemplateState.load),
    roles=READERS,
    group="earnings",
    icon="banknote",
    live=("payments",),
)
