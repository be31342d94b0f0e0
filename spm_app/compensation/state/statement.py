"""One statement: what it comes to, its lines, and why any number on it is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.compensation.domain.explain import Step
from spm_app.compensation.domain.life import PeriodState
from spm_app.compensation.domain.records import Adjustment, ComponentResult, StatementLine
from spm_app.compensation.service import statements
from spm_app.compensation.service.statements import LineQuery, StatementView, Why
from spm_app.compensation.state.curves import drawn
from spm_app.compensation.state.printing import component_name
from spm_app.compensation.state.statements import TONES
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Actor
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.geometry import share_of_scale
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Text

LINE_COLUMNS = (
    Column("transaction", "compensation.line.deal", kind="link"),
    Column("day", "compensation.line.day"),
    Column("component", "compensation.component", sorts=False),
    Column("role", "compensation.line.role", sorts=False),
    Column("credit", "compensation.line.credit", kind="number"),
    Column("amount", "compensation.line.amount", kind="opens"),
)


class StatementState(Listing, rx.State):
    """The statement that the address names."""

    _columns: ClassVar[tuple[Column, ...]] = LINE_COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("component",)
    _file_name: ClassVar[str] = "statement"

    found: bool = True
    payee: str = ""
    facts: dict[str, str] = {}
    sums: list[dict[str, str]] = []
    parts: list[dict[str, str]] = []
    part_choices: list[dict[str, str]] = []
    adjustments: list[dict[str, str]] = []
    may_dispute: bool = False
    may_try: bool = False
    why_open: bool = False
    why_title: str = ""
    why_amount: str = ""
    why_steps: list[dict[str, str]] = []
    why_line: int = 0
    why_deal: str = ""
    asking: bool = False
    _statement_id: int = 0
    _names: dict[str, str] = {}

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        self._statement_id, self.why_open = number_in(self.router.url.path), False
        try:
            view = await rx.run_in_thread(partial(statements.statement, actor, self._statement_id))
        except NotFound:
            self.found, self._statement_id = False, 0
            return
        self.found = True
        self._show(view, lang)

    def _show(self, view: StatementView, lang: str) -> None:
        head = view.head
        self.payee, self.may_dispute = head.statement.payee_name, view.owns and view.is_current
        self.may_try = view.is_current and head.state is not PeriodState.FINALISED
        self.facts = {
            "period": words.period(head.statement.period_code, lang),
            "title": head.title,
            "state": say(lang, f"compensation.period.{head.state.value}"),
            "tone": TONES.get(head.state, "neutral"),
            "due": words.money(head.due, lang),
            "open": say(lang, f"compensation.period.{head.state.value}.what"),
            "replaced": "" if view.is_current else say(lang, "compensation.statement.replaced"),
        }
        self.sums = [
            {"label": component_name(each, lang), "amount": words.money(each.earned, lang)} for each in view.components
        ]
        if head.adjusted:
            self.sums.append({"label": say(lang, "compensation.adjusted"), "amount": words.money(head.adjusted, lang)})
        settled = head.due - head.statement.earned - head.adjusted
        if settled:
            self.sums.append({"label": say(lang, "compensation.settled"), "amount": words.money(settled, lang)})
        self.parts = [_part(each, view, lang) for each in view.components]
        self._names = {each["code"]: each["name"] for each in self.parts}
        self.part_choices = [{"value": code, "label": name} for code, name in self._names.items()]
        self.adjustments = [_adjustment(each, lang) for each in view.adjustments]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        if not self._statement_id:
            return Answer((), 0)
        query = LineQuery(
            component=ask.filters.get("component", ""),
            text=ask.search,
            sort=ask.sort or "position",
            descending=ask.descending,
            offset=ask.offset,
            limit=ask.size,
        )
        page, count = statements.lines(actor, self._statement_id, query)
        return Answer([_line(each, self._names) for each in page], count)

    @rx.event
    @allow_signed_in()
    async def open_row(self, line_id: int):
        """Open the drawer that says why a line is what it is."""
        await self._explain(line_id=line_id)

    @rx.event
    @allow_signed_in()
    async def explain_component(self, component_id: int):
        """Open the drawer that says why a component came to what it came to."""
        await self._explain(component_id=component_id)

    @rx.event
    @allow_signed_in()
    async def show_why(self, is_open: bool):
        """Shut the drawer."""
        self.why_open, self.asking = is_open, False

    @rx.event
    @allow_signed_in()
    async def ask(self, asking: bool):
        """Show or hide the form that disputes what the drawer shows."""
        self.asking = asking

    @rx.event
    @allow_signed_in()
    async def ask_whole(self):
        """Show the form that disputes the statement as a whole."""
        self.why_title = self.why_amount = self.why_deal = ""
        self.why_steps, self.why_line = [], 0
        self.why_open = self.asking = True

    async def _explain(self, *, component_id: int = 0, line_id: int | None = None) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        named = {"component_id": component_id, "line_id": line_id}
        asked = partial(statements.why, actor, self._statement_id, **named, language=lang)
        found = await rx.run_in_thread(asked)
        self.why_title, self.why_amount = _title(found, lang), _amount(found, lang)
        self.why_steps = [_step(number, each, lang) for number, each in enumerate(found.steps, start=1)]
        self.why_line = found.line.id if found.line else 0
        self.why_deal = f"/deals/{found.line.deal_id}" if found.line and found.line.deal_id else ""
        self.why_open, self.asking = True, False


def _title(found: Why, lang: str) -> str:
    return found.line.transaction if found.line else component_name(found.component, lang)


def _amount(found: Why, lang: str) -> str:
    return words.money(found.line.amount if found.line else found.component.earned, lang)


def _step(number: int, step: Step, lang: str) -> dict[str, str]:
    result = "" if step.result is None else words.shown(step.result, lang)
    return {"number": str(number), "text": say(lang, step.key, **step.args), "result": result}


def _part(part: ComponentResult, view: StatementView, lang: str) -> dict[str, str]:
    version = view.versions.get(int(part.plan_version_id))
    measure = part.measure.minor
    quota = part.quota.minor if part.quota and part.derivation["over"] == "attainment" else 0
    scale = max(measure, quota)
    return {
        "id": str(part.id),
        "code": part.component,
        "name": component_name(part, lang),
        "measure": words.money(part.measure, lang),
        "quota": words.money(part.quota, lang) if quota > 0 else "",
        "attained": words.percent(Fraction(measure, quota), lang) if quota > 0 else "",
        "share": str(share_of_scale(measure, scale)),
        "mark": str(share_of_scale(quota, scale)),
        "earned": words.money(part.earned, lang),
        **drawn(part, lang, owns=view.owns),
        "plan": ""
        if version is None
        else say(lang, "compensation.plan_version", name=version.plan_name, n=version.number),
        "plan_href": "" if version is None else f"/plans/{version.plan_id}",
    }


def _line(line: StatementLine, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": str(line.id),
        "href": f"/deals/{line.deal_id}" if line.deal_id else "",
        "transaction": line.transaction,
        "day": line.day,
        "component": names.get(line.component, line.component),
        "role": Text(f"compensation.role.{line.role}"),
        "credit": line.credit,
        "amount": line.amount,
    }


def _adjustment(each: Adjustment, lang: str) -> dict[str, str]:
    return {
        "reason": say(lang, f"compensation.adjustment.{each.reason}"),
        "remark": each.remark,
        "amount": words.money(each.amount, lang),
        "on": words.day(each.decided_at.date() if each.decided_at else None, lang),
    }
