"""The form of a plan: blocks of labelled values that follow the text, each value with the checker's word below it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.compensation.state.plan_rule import PlanRuleState
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button
from spm_app.ui.i18n import t

_PATIENCE = 350
_TONE = {"bad": "text-[12px] text-bad m-0", "warn": "text-[12px] text-warn m-0"}
#: Where the caret stands when an event is made.
_CARET = rx.Var("(document.activeElement?.selectionStart ?? 0)").to(int)
_SMALL = f"{theme.INPUT} px-2 font-normal"
_PLAIN = "inline-flex items-center justify-center rounded text-ink-soft hover:text-ink hover:bg-sunken cursor-pointer "
_TOOL = _PLAIN + "bg-transparent border-0 size-11 sm:size-7"


def plan_form() -> rx.Component:
    """Every block of the plan, then what can be added to it."""
    blocks = rx.foreach(PlanFormState.blocks, _block)
    greyed = rx.cond(PlanFormState.readable, theme.STACK, f"{theme.STACK} opacity-50 pointer-events-none")
    return rx.el.div(blocks, class_name=greyed, aria_label=t("compensation.editor.form"), role="group")


def _block(block: Any) -> rx.Component:
    is_head = block.path == ""
    tools = rx.cond(
        is_head,
        rx.fragment(),
        rx.el.div(
            _tool("arrow-up", "compensation.editor.up", PlanFormState.shift(block.path, -1), data_do="up"),
            _tool("arrow-down", "compensation.editor.down", PlanFormState.shift(block.path, 1), data_do="down"),
            _tool("copy", "compensation.editor.double", PlanFormState.double(block.path), data_do="double"),
            _tool("trash-2", "compensation.editor.take_out", PlanFormState.take_out(block.path), data_do="out"),
            class_name="flex items-center gap-1",
        ),
    )
    where = rx.el.button(
        t("compensation.editor.line", n=block.line),
        type="button",
        on_click=PlanFormState.go_to(block.line, block.path),
        class_name=f"{theme.SMALL} {theme.TARGET} bg-transparent border-0 cursor-pointer underline",
    )
    title = rx.el.h3(
        block.kind,
        rx.cond(block.title != "", rx.el.span(" · ", block.title, class_name="font-normal"), rx.fragment()),
        class_name="text-[14px] font-semibold m-0",
    )
    return rx.el.section(
        rx.el.div(rx.el.div(title, where, class_name=theme.ROW), tools, class_name=theme.HEAD),
        _said(block.error, block.tone),
        rx.foreach(block.lines, _line),
        key=block.path,
        custom_attrs={"data-path": block.path, "data-block": "true"},
        class_name=f"{theme.CARD} p-3 flex flex-col gap-2",
    )


def _line(line: Any) -> rx.Component:
    named = rx.cond(
        line.label != "",
        rx.el.span(line.label, class_name="text-[13px] font-medium w-full"),
        rx.fragment(),
    )
    item = rx.cond(
        line.item,
        rx.el.div(
            _tool("arrow-up", "compensation.editor.up", PlanFormState.shift(line.path, -1)),
            _tool("arrow-down", "compensation.editor.down", PlanFormState.shift(line.path, 1)),
            _tool("trash-2", "compensation.editor.take_out", PlanFormState.take_out(line.path)),
            class_name="flex items-center self-end",
        ),
        rx.cond(
            line.optional,
            _tool("x", "compensation.editor.take_out", PlanFormState.take_out(line.path), name=line.label),
            rx.fragment(),
        ),
    )
    more = rx.cond(
        line.begins != "",
        button(
            t("compensation.editor.another"), variant="quiet", icon="plus", on_click=PlanFormState.another(line.begins)
        ),
        rx.fragment(),
    )
    return rx.el.div(
        named,
        rx.foreach(line.cells, _cell),
        _missing(line),
        more,
        item,
        _said(line.error, line.tone),
        key=line.path,
        custom_attrs={"data-path": line.path},
        style={"paddingLeft": line.indent},
        class_name="flex flex-wrap items-end gap-x-3 gap-y-1",
    )


def _missing(line: Any) -> rx.Component:
    choices = rx.foreach(line.missing, lambda each: rx.el.option(each["label"], value=each["value"]))
    chooser = rx.el.select(
        rx.el.option(t("compensation.editor.add"), value=""),
        choices,
        value="",
        aria_label=t("compensation.editor.add_to", what=line.label),
        on_change=lambda name: PlanFormState.add(line.path, name),
        class_name=f"{theme.INPUT} w-auto max-w-44 text-ink-soft border-dashed",
    )
    return rx.cond(line.missing.length() > 0, chooser, rx.fragment())


def _cell(cell: Any) -> rx.Component:
    control = rx.match(
        cell.kind,
        ("choice", _choice(cell)),
        ("rule", _rule(cell)),
        ("tags", _tags(cell)),
        ("day", _typed(cell, type="date")),
        ("money", _typed(cell, input_mode="decimal")),
        ("percent", _typed(cell, input_mode="decimal")),
        _typed(cell),
    )
    drop = rx.cond(
        cell.optional,
        _tool("x", "compensation.editor.take_out", PlanFormState.take_out(cell.path), name=cell.label),
        rx.fragment(),
    )
    wide = rx.cond(cell.kind == "rule", "flex flex-col min-w-0 w-full", "flex flex-col min-w-0 max-w-full")
    return rx.el.div(
        rx.el.label(cell.label, html_for="cell-" + cell.path, class_name=theme.SMALL),
        rx.el.div(control, drop, class_name="flex items-center gap-1 min-w-0"),
        rx.el.p(
            cell.error,
            id="error-" + cell.path,
            class_name=rx.cond(cell.tone == "bad", _TONE["bad"], _TONE["warn"]) + " empty:hidden max-w-[40ch]",
        ),
        key=cell.path,
        class_name=wide,
    )


def _typed(cell: Any, **props: Any) -> rx.Component:
    box = rx.el.input(
        **_tied(cell),
        value=cell.value,
        on_change=lambda value: PlanFormState.set_cell(cell.path, cell.kind, value),
        style={"width": cell.width, "maxWidth": "100%"},
        class_name=_SMALL,
        **({"type": "text"} | props),
    )
    return rx.debounce_input(box, debounce_timeout=_PATIENCE)


def _choice(cell: Any) -> rx.Component:
    return rx.el.select(
        rx.foreach(cell.choices, lambda each: rx.el.option(each["label"], value=each["value"])),
        **_tied(cell),
        value=cell.value,
        on_change=lambda value: PlanFormState.set_cell(cell.path, cell.kind, value),
        class_name=f"{_SMALL} w-auto max-w-full",
    )


def _rule(cell: Any) -> rx.Component:
    """A condition with what may come next below it, as long as it is being written."""
    box = rx.el.input(
        **_tied(cell),
        value=cell.value,
        on_change=lambda value: PlanRuleState.type_rule(cell.path, value, _CARET),
        on_focus=lambda value: PlanRuleState.ask(cell.path, value, _CARET),
        spell_check=False,
        auto_complete="off",
        class_name=f"{_SMALL} font-mono text-[13px]",
    )
    offers = rx.el.div(
        rx.foreach(
            PlanRuleState.offers,
            lambda each: button(
                each["word"],
                class_name="font-mono text-[12px]",
                on_click=PlanRuleState.take(each["word"], each["start"].to(int)),
            ),
        ),
        role="group",
        aria_label=t("compensation.editor.offers"),
        class_name="flex flex-wrap gap-1 mt-1",
    )
    return rx.el.div(
        rx.debounce_input(box, debounce_timeout=_PATIENCE),
        rx.cond(PlanRuleState.asking == cell.path, offers, rx.fragment()),
        class_name="min-w-0 w-full",
    )


def _tags(cell: Any) -> rx.Component:
    """Words with commas between them, and known names to choose from."""
    box = rx.el.input(
        **_tied(cell),
        value=cell.value,
        on_change=lambda value: PlanFormState.set_words(cell.path, value),
        type="text",
        style={"width": cell.width, "maxWidth": "100%"},
        class_name=_SMALL,
    )

    def picker(kind: str) -> rx.Component:
        return rx.el.select(
            rx.el.option(t("compensation.editor.add"), value=""),
            rx.foreach(PlanFormState.pickers[kind], lambda each: rx.el.option(each["label"], value=each["value"])),
            value="",
            aria_label=t("compensation.editor.add_to", what=cell.label),
            on_change=lambda word: PlanFormState.add_word(cell.path, word),
            class_name=f"{theme.INPUT} w-auto max-w-44 text-ink-soft border-dashed",
        )

    known = rx.match(cell.name, *((kind, picker(kind)) for kind in ("titles", "positions", "people")), rx.fragment())
    return rx.el.div(
        rx.debounce_input(box, debounce_timeout=_PATIENCE), known, class_name="flex flex-wrap gap-1 min-w-0"
    )


def _tied(cell: Any) -> dict[str, Any]:
    return {
        "id": "cell-" + cell.path,
        "aria_describedby": "error-" + cell.path,
        "aria_invalid": rx.cond(cell.tone == "bad", "true", "false"),
    }


def _said(words: Any, tone: Any) -> rx.Component:
    looks = rx.cond(tone == "bad", _TONE["bad"], _TONE["warn"]) + " w-full"
    return rx.cond(words != "", rx.el.p(words, class_name=looks), rx.fragment())


def _tool(icon: str, label: str, act: Any, *, name: Any = "", data_do: str = "") -> rx.Component:
    says = t(label) if isinstance(name, str) else t(label) + " " + name
    return rx.el.button(
        rx.icon(icon, size=16, aria_hidden="true"),
        type="button",
        aria_label=says,
        title=says,
        on_click=act,
        class_name=_TOOL,
        custom_attrs={"data-do": data_do} if data_do else {},
    )
