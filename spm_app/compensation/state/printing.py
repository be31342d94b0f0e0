"""A statement as a document (PDF) and as a workbook: everything that stands on it, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import typst

from spm_app.compensation.domain.records import ComponentResult, StatementLine
from spm_app.compensation.service.statements import Head
from spm_app.compensation.service.whole import Whole
from spm_app.kernel.money import Money
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.geometry import share_of_scale
from spm_app.ui.sheet import Cell, Page, workbook

_TEMPLATE = Path(__file__).with_name("statement.typ")


def document(given: Whole, lang: str) -> bytes:
    """The statement as a PDF. The same statement gives the same bytes."""
    told = json.dumps(_told(given, lang), ensure_ascii=False)
    return bytes(typst.compile(str(_TEMPLATE), sys_inputs={"told": told}, ignore_system_fonts=True))


def spreadsheet(given: Whole, lang: str) -> bytes:
    """The statement as a workbook: the sum, and every line, with real numbers and days."""
    head = given.view.head
    sums: list[list[Cell]] = [
        [component_name(each, lang), each.measure.amount, each.quota.amount if each.quota else None, each.earned.amount]
        for each in given.view.components
    ]
    if head.adjusted:
        sums.append([say(lang, "compensation.adjusted"), None, None, head.adjusted.amount])
    if _settled(head):
        sums.append([say(lang, "compensation.settled"), None, None, _settled(head).amount])
    sums.append([say(lang, "compensation.due"), None, None, head.due.amount])
    names = {each.id: component_name(each, lang) for each in given.view.components}
    lines: list[list[Cell]] = [
        [
            each.transaction,
            each.day,
            names[each.component_id],
            say(lang, f"compensation.role.{each.role}"),
            each.credit.amount,
            each.amount.amount,
        ]
        for each in given.lines
    ]
    first = ("component", "credited", "quota", "line.amount")
    second = ("line.deal", "line.day", "component", "line.role", "line.credit", "line.amount")
    return workbook(
        [
            Page(say(lang, "compensation.statement"), _titles(first, lang), sums),
            Page(say(lang, "compensation.lines"), _titles(second, lang), lines),
        ]
    )


def component_name(part: ComponentResult, lang: str) -> str:
    """What the plan calls the component, in that language."""
    names: Mapping[str, str] = part.derivation.get("name", {})
    return names.get(lang) or names.get("en") or part.component


def _titles(names: tuple[str, ...], lang: str) -> list[str]:
    return [say(lang, f"compensation.{name}") for name in names]


def _told(given: Whole, lang: str) -> dict[str, Any]:
    head = given.view.head
    labels = ("line.deal", "line.day", "line.role", "line.credit", "line.amount")
    return {
        "lang": lang,
        "company": given.company,
        "title": say(lang, "compensation.statement"),
        "payee": head.statement.payee_name,
        "period": words.period(head.statement.period_code, lang),
        "facts": [
            [say(lang, "compensation.title_held"), head.title],
            [say(lang, "compensation.state"), say(lang, f"compensation.period.{head.state.value}")],
            [say(lang, "compensation.still_open"), say(lang, f"compensation.period.{head.state.value}.what")],
        ],
        "due": [say(lang, "compensation.due"), words.money(head.due, lang)],
        "replaced": "" if given.view.is_current else say(lang, "compensation.statement.replaced"),
        "sums": _sums(given, lang),
        "columns": _titles(labels, lang),
        "parts": [_part(each, given, lang) for each in given.view.components],
        "adjustments": [
            [say(lang, f"compensation.adjustment.{each.reason}"), each.remark, words.money(each.amount, lang)]
            for each in given.view.adjustments
        ],
        "adjusted": say(lang, "compensation.adjustments"),
        "foot": say(lang, "compensation.statement.foot", run=int(given.run.id), digest=given.run.digest[:16]),
    }


def _sums(given: Whole, lang: str) -> list[list[str]]:
    head = given.view.head
    sums = [[component_name(each, lang), words.money(each.earned, lang)] for each in given.view.components]
    if head.adjusted:
        sums.append([say(lang, "compensation.adjusted"), words.money(head.adjusted, lang)])
    if _settled(head):
        sums.append([say(lang, "compensation.settled"), words.money(_settled(head), lang)])
    return sums


def _settled(head: Head) -> Money:
    """What holds, draws and recoveries make of what was earned and adjusted."""
    return head.due - head.statement.earned - head.adjusted


def _part(part: ComponentResult, given: Whole, lang: str) -> dict[str, Any]:
    measure = part.measure.minor
    quota = part.quota.minor if part.quota and part.derivation["over"] == "attainment" else 0
    scale = max(measure, quota)
    return {
        "name": component_name(part, lang),
        "earned": words.money(part.earned, lang),
        "against": _against(part, quota, lang),
        "share": share_of_scale(measure, scale),
        "mark": share_of_scale(quota, scale),
        "steps": [
            [say(lang, each.key, **each.args), "" if each.result is None else words.shown(each.result, lang)]
            for each in given.steps_of(part, lang)
        ],
        "lines": [_line(each, lang) for each in given.lines_of(part)],
    }


def _against(part: ComponentResult, quota: int, lang: str) -> list[str]:
    """What was measured against what, and the attainment; one text where there is no quota."""
    measure = words.money(part.measure, lang)
    if quota <= 0:
        return [say(lang, "compensation.measure_alone", measure=measure)]
    attained = words.percent(Fraction(part.measure.minor, quota), lang)
    return [say(lang, "compensation.measure_of", measure=measure, quota=words.money(part.quota, lang)), attained]


def _line(line: StatementLine, lang: str) -> list[str]:
    return [
        line.transaction,
        words.day(line.day, lang),
        say(lang, f"compensation.role.{line.role}"),
        words.money(line.credit, lang),
        words.money(line.amount, lang),
    ]
