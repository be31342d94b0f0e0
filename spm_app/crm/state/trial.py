"""The import wizard, second half: what words mean, what would happen, and the start."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import reflex as rx

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome
from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.mapping import Act, Asked, Meaning, Request
from spm_app.crm.domain.records import AccountRecord, DealRecord, Record
from spm_app.crm.state.imports import counts_row, finding_row
from spm_app.crm.state.wizard import PREVIEW, WORDS, WizardState
from spm_app.kernel.money import Currency
from spm_app.kernel.rights import Role
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

#: How a choice in a list says what it means: an act, and for `is` a target behind the colon.
LEAVE, CREATE, IS = "leave", "create", "is:"
FLAGS = ("makes_people", "makes_accounts", "makes_products")


class TrialState(rx.State):
    """Questions about words, and the preview."""

    stages: list[dict[str, str]] = []
    owners: list[dict[str, str]] = []
    products: list[dict[str, str]] = []
    stage_choices: list[dict[str, str]] = []
    owner_choices: list[dict[str, str]] = []
    product_choices: list[dict[str, str]] = []
    has_deals: bool = False
    flags: dict[str, bool] = {}
    source: str = ""
    currency: str = ""
    counts: list[dict[str, str]] = []
    samples: list[dict[str, str]] = []
    findings: list[dict[str, str]] = []
    hired: str = ""
    refused: str = ""

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def ask(self):
        """The words of the files, with what they are taken for; those for a person to decide come first."""
        wizard, actor, lang = await self.get_state(WizardState), await actor_of(self), await language_of(self)
        request = wizard._asked
        found = await rx.run_in_thread(partial(crm.questions, actor, request))
        names, products = await rx.run_in_thread(partial(crm.targets, actor, request))
        self._offer(names, products, lang)
        self.has_deals = request.of(Kind.DEAL) is not None
        for asked in Asked:
            setattr(self, f"{asked}s", _rows(found, asked))
        self.flags = {flag: getattr(request, flag) for flag in FLAGS}
        self.source, self.currency = request.source, request.currency
        wizard.step = WORDS

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def mean(self, asked: str, value: str, choice: str):
        """Say what a word stands for."""
        wizard = await self.get_state(WizardState)
        request, at = wizard._asked, Asked(asked)
        said = {name: each for name, each in request.meanings.get(at, {}).items() if name != value}
        meaning = _meaning(choice)
        meanings = {**request.meanings, at: {**said, value: meaning} if meaning else said}
        wizard._request = replace(request, meanings=meanings)
        rows = [{**each, "choice": choice} if each["value"] == value else each for each in self._rows_of(at)]
        setattr(self, f"{at}s", rows)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def set_flag(self, name: str, is_on: bool):
        """Whether those whom nobody knows are created."""
        if name in FLAGS:
            wizard = await self.get_state(WizardState)
            wizard._request = replace(wizard._asked, **{name: is_on})
            self.flags = {**self.flags, name: is_on}

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def look_ahead(self, form: dict[str, Any]):
        """What would happen; nothing does."""
        wizard, actor, lang = await self.get_state(WizardState), await actor_of(self), await language_of(self)
        self.source, self.currency = str(form.get("source", ""))[:64], str(form.get("currency", "")).strip().upper()
        wizard._request = request = _named(wizard._asked, self.source, self.currency)
        found = await rx.run_in_thread(partial(crm.preview, actor, request))
        self.counts = [counts_row(kind, each, lang) for kind, each in found.counts.items()]
        self.samples = _samples(found, lang)
        self.findings = [finding_row(each, lang) for each in found.findings]
        self.hired = ", ".join(found.people)
        refused = sum(each.refused for each in found.counts.values())
        self.refused = say(lang, "crm.wizard.refused", n=refused) if refused else ""
        wizard.step = PREVIEW

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def keep_mapping(self, form: dict[str, Any]):
        """Keep how these files are understood, for the next ones."""
        wizard, actor, lang = await self.get_state(WizardState), await actor_of(self), await language_of(self)
        saved = await rx.run_in_thread(partial(crm.save_mapping, actor, str(form.get("name", "")), wizard._asked))
        return rx.toast.success(say(lang, "crm.wizard.mapping_saved", name=saved.name))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def start(self):
        """Do it, and go to where it can be watched."""
        wizard, actor = await self.get_state(WizardState), await actor_of(self)
        import_id = await rx.run_in_thread(partial(crm.start, actor, wizard._asked))
        return rx.redirect(f"/imports/{import_id}")

    def _offer(self, names: tuple[str, ...], products: tuple[str, ...], lang: str) -> None:
        refuse = {"value": "", "label": say(lang, "crm.wizard.undecided")}
        leave = {"value": LEAVE, "label": say(lang, "crm.wizard.leave_out")}
        create = {"value": CREATE, "label": say(lang, "crm.wizard.create")}
        self.stage_choices = [{"value": IS + each, "label": say(lang, f"crm.outcome.{each}")} for each in Outcome]
        self.owner_choices = [refuse, create, leave, *({"value": IS + each, "label": each} for each in names)]
        self.product_choices = [refuse, leave, *({"value": IS + each, "label": each} for each in products)]

    def _rows_of(self, asked: Asked) -> list[dict[str, str]]:
        return {Asked.STAGE: self.stages, Asked.OWNER: self.owners, Asked.PRODUCT: self.products}[asked]


def _rows(found: tuple[crm.Question, ...], asked: Asked) -> list[dict[str, str]]:
    rows = sorted((each for each in found if each.asked is asked), key=lambda each: each.meaning is not None)
    return [
        {"value": each.value, "count": str(each.count), "choice": _choice(each.meaning), "asked": asked.value}
        for each in rows
    ]


def _choice(meaning: Meaning | None) -> str:
    if meaning is None:
        return ""
    return IS + meaning.target if meaning.act is Act.IS else meaning.act.value


def _meaning(choice: str) -> Meaning | None:
    if choice.startswith(IS):
        return Meaning(Act.IS, choice.removeprefix(IS))
    return Meaning(Act(choice)) if choice in {LEAVE, CREATE} else None


def _named(request: Request, source: str, currency: str) -> Request:
    """Raises InvalidInput for what is no currency."""
    return replace(request, source=source.strip(), currency=Currency(currency).code)


def _samples(found: crm.Preview, lang: str) -> list[dict[str, str]]:
    """A few records of each sort, as they would be afterwards."""
    return [
        {
            "kind": say(lang, f"crm.kind.{kind}"),
            "change": say(lang, f"crm.import.{change}"),
            "change_tone": "good" if change == "created" else "accent",
            "name": record.name,
            "what": _in_words(record, lang),
        }
        for change, by_kind in (("created", found.created), ("changed", found.changed))
        for kind, records in by_kind.items()
        for record in records
    ]


def _in_words(record: Record, lang: str) -> str:
    if isinstance(record, DealRecord):
        return " · ".join(
            each
            for each in (
                record.stage,
                record.account,
                record.product,
                words.money(record.amount, lang) if record.amount else "",
                words.day(record.close_on, lang) if record.close_on else "",
            )
            if each
        )
    return record.sector if isinstance(record, AccountRecord) else words.money(record.list_price, lang)
