"""Files for payroll: which have left, the next one, and the shapes that they have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import reflex as rx

from spm_app.compensation.domain.life import ExportState
from spm_app.compensation.domain.payroll import template as shapes
from spm_app.compensation.domain.payroll.template import ENCODINGS, Sign, Template
from spm_app.compensation.service import payroll
from spm_app.compensation.service.payroll import ExportView
from spm_app.compensation.state.forms import field_errors
from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.rights import Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.listing import Column
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

READERS = (Role.FINANCE, Role.AUDITOR)
COLUMNS = (
    Column("number", "compensation.payment.number", kind="link"),
    Column("period", "ui.period"),
    Column("template", "compensation.payment.template"),
    Column("state", "compensation.state", kind="pill"),
    Column("made", "compensation.payment.made"),
    Column("decided", "compensation.payment.decided"),
    Column("employees", "compensation.payment.employees", kind="number"),
    Column("agents", "compensation.payment.agents", kind="number"),
)
TONES = {ExportState.MADE: "warn", ExportState.APPROVED: "good", ExportState.REFUSED: "bad"}
#: What a new template begins with.
_BEGIN = Template(
    "",
    shapes.read_columns("number | Number\nname | Name\ncode | Code\namount | Amount\nlast_day | Day"),
    codes={"*": "1000"},
)


class PaymentsState(rx.State):
    """Every export, newest first, and what the next one may be of."""

    rows: list[dict[str, str]] = []
    loaded: bool = False
    may_export: bool = False
    periods: list[dict[str, str]] = []
    templates: list[dict[str, str]] = []
    refusal: str = ""

    @rx.event
    @allow(*READERS)
    async def load(self):
        """Read them."""
        actor, lang = await actor_of(self), await language_of(self)
        found, periods, kept, zone = await rx.run_in_thread(
            lambda: (payroll.exports(actor), payroll.payable_periods(actor), payroll.templates(actor), people.zone())
        )
        self.rows = [shown(each, lang, zone) for each in found]
        self.periods = [{"value": each.code, "label": words.period(each, lang)} for each in periods]
        self.templates = [{"value": str(at), "label": each.name} for at, each in kept.items()]
        self.may_export, self.refusal, self.loaded = actor.may(Permission.EXPORT_PAY), "", True

    @rx.event
    @allow(Role.FINANCE)
    async def make(self, form: dict[str, str]):
        """Freeze what is left to tell of a period."""
        actor, lang = await actor_of(self), await language_of(self)
        ask = partial(payroll.export, actor, form.get("period", "")[:16], _number(form.get("template", "")))
        try:
            export_id = await rx.run_in_thread(ask)
        except (InvalidInput, Conflict) as refusal:
            said = field_errors(refusal, lang) if isinstance(refusal, InvalidInput) else {}
            self.refusal = " ".join(said.values()) or say_error(lang, refusal)
            return None
        return [rx.toast.success(say(lang, "compensation.payment.is_made")), rx.redirect(f"/payments/{export_id}")]


class TemplateState(rx.State):
    """One shape while it is edited, with the first rows as the file would say them."""

    held: dict[str, str] = {}
    chosen: int = 0
    period: str = ""
    preview: str = ""
    counted: str = ""
    errors: dict[str, str] = {}

    @rx.event
    @allow(*READERS)
    async def load(self):
        """Begin with the first shape there is, or with an example."""
        actor = await actor_of(self)
        kept, periods = await rx.run_in_thread(lambda: (payroll.templates(actor), payroll.payable_periods(actor)))
        self.period = periods[0].code if periods else ""
        self.chosen, template = next(iter(kept.items()), (0, _BEGIN))
        await self._show(template)

    @rx.event
    @allow(*READERS)
    async def choose(self, template_id: str):
        """Edit another one; an empty number begins a new one."""
        kept = await rx.run_in_thread(partial(payroll.templates, await actor_of(self)))
        self.chosen = _number(template_id)
        await self._show(kept.get(self.chosen, _BEGIN))

    @rx.event(supersedes=True)
    @allow(*READERS)
    async def set_field(self, name: str, value: str):
        """Change one thing and look at the rows again."""
        if name in self.held:
            self.held = {**self.held, name: value[:4000]}
            await self._look()

    @rx.event
    @allow(Role.FINANCE)
    async def save(self):
        """Keep it under its name."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            self.chosen = await rx.run_in_thread(
                partial(payroll.save_template, actor, _read(self.held), self.chosen or None)
            )
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang)
            return None
        return [rx.toast.success(say(lang, "compensation.payment.template_saved")), PaymentsState.load]

    async def _show(self, template: Template) -> None:
        self.held = _written(template)
        await self._look()

    async def _look(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        self.errors, self.preview, self.counted = {}, "", ""
        if not self.period:
            return
        try:
            seen = await rx.run_in_thread(partial(payroll.preview, actor, _read(self.held), self.period))
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang)
            return
        self.preview = seen.text
        self.counted = say(lang, "compensation.payment.rows", n=seen.rows, total=seen.total or "–")


def shown(each: ExportView, lang: str, zone: str) -> dict[str, str]:
    """One export in a list."""
    found = each.export
    decider = "" if found.decider_id is None else each.names.get(found.decider_id, "")
    return {
        "number": f"#{found.id}",
        "href": f"/payments/{found.id}",
        "period": words.period(found.period_code, lang),
        "template": found.template.name,
        "state": say(lang, f"compensation.export.{found.state.value}"),
        "state_tone": TONES[found.state],
        "made": f"{each.names.get(found.maker_id, '')}, {words.instant(found.made_at, lang, zone)}",
        "decided": f"{decider}, {words.instant(found.decided_at, lang, zone)}" if found.decided_at else "–",
        "employees": words.money(each.employees, lang),
        "agents": words.money(each.agents, lang),
    }


def _written(template: Template) -> dict[str, str]:
    return {
        "name": template.name,
        "columns": shapes.columns_text(template.columns),
        "codes": shapes.codes_text(template.codes),
        "separator": template.separator,
        "decimal": template.decimal,
        "days": template.days,
        "encoding": template.encoding,
        "line_end": template.line_end,
        "sign": template.sign.value,
        "has_heading": "yes" if template.has_heading else "",
        "by_code": "yes" if template.by_code else "",
    }


def _read(held: Mapping[str, str]) -> Template:
    signs = {each.value for each in Sign}
    return Template(
        name=held.get("name", "").strip(),
        columns=shapes.read_columns(held.get("columns", "")),
        separator=held.get("separator", ""),
        decimal=held.get("decimal", ""),
        days=held.get("days", ""),
        encoding=held.get("encoding", ENCODINGS[0]),
        line_end=held.get("line_end", ""),
        sign=Sign(held["sign"]) if held.get("sign") in signs else Sign.BEFORE,
        has_heading=bool(held.get("has_heading")),
        by_code=bool(held.get("by_code")),
        codes=shapes.read_codes(held.get("codes", "")),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
