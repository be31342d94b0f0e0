"""The list of imports, and one import while it runs and after."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.crm import service as crm
from spm_app.crm.domain.imports import Counts, Finding, Import, ImportState, Kind
from spm_app.infra import jobs
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import ImportId, JobId
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say, say_problem
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.sheet import csv_file, harmless
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("filename", "crm.import.files", kind="link", sorts=False),
    Column("source", "crm.import.source", sorts=False),
    Column("state", "crm.import.state", kind="pill", sorts=False),
    Column("created", "crm.import.created", kind="number", sorts=False),
    Column("changed", "crm.import.changed", kind="number", sorts=False),
    Column("unchanged", "crm.import.unchanged", kind="number", sorts=False),
    Column("refused", "crm.import.refused", kind="number", sorts=False),
    Column("by", "crm.import.by", sorts=False),
    Column("at", "crm.import.at", sorts=False),
)
TONES = {ImportState.WAITING: "accent", ImportState.DONE: "good", ImportState.FAILED: "bad"}
#: Seconds between two looks at a running import.
_PACE = 0.7


class ImportsState(Listing, rx.State):
    """What was brought in, newest first."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _file_name: ClassVar[str] = "imports"

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        total, found = crm.imports_page(actor, ask.search, ask.page, ask.size)
        return Answer([_row(each) for each in found], total)


class ImportPageState(rx.State):
    """One import as text."""

    filename: str = ""
    found: bool = True
    state: str = ""
    facts: dict[str, str] = {}
    counts: list[dict[str, str]] = []
    findings: list[dict[str, str]] = []
    done: int = 0
    total: int = 0
    reason: str = ""
    _id: ImportId = ImportId(0)

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def load(self):
        """The import that the address names; while it runs, it is watched."""
        self._id = ImportId(number_in(self.router.url.path))
        await self._show()
        return ImportPageState.watch if self.state == ImportState.WAITING else None

    @rx.event(background=True)
    @allow(Role.COMP_ADMIN)
    async def watch(self):
        """Look again until it is over or the page shows another."""
        watched = self._id
        while True:
            await asyncio.sleep(_PACE)
            async with self:
                if self._id != watched or self.router.url.path.rstrip("/") != f"/imports/{watched}":
                    return
                await self._show()
                if self.state != ImportState.WAITING:
                    return

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def undo(self):
        """Take it back."""
        actor, lang = await actor_of(self), await language_of(self)
        restored = await rx.run_in_thread(partial(crm.undo, actor, self._id))
        await self._show()
        return rx.toast.success(say(lang, "crm.import.undone", n=sum(restored.values())))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def download_refused(self):
        """The refused rows as they stood in their file, each with its number and the reason."""
        actor, lang = await actor_of(self), await language_of(self)
        tables = await rx.run_in_thread(partial(crm.refused, actor, self._id))
        return [
            rx.download(data=_refused_file(each, lang), filename=f"refused-{self._id}-{each.kind}.csv")
            for each in tables
        ]

    async def _show(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        try:
            (found, findings), zone = await rx.run_in_thread(lambda: (crm.import_of(actor, self._id), people.zone()))
        except NotFound:
            self.found = False
            return
        self.found, self.filename, self.state = True, found.filename, found.state.value
        self.facts = _facts(found, lang, zone)
        self.counts = [counts_row(kind, each, lang) for kind, each in found.counts.items()]
        self.findings = [finding_row(each, lang) for each in findings]
        self.reason = say(lang, found.error_key, **found.error_args) if found.error_key else ""
        if found.job_id is not None and found.state is ImportState.WAITING:
            await self._follow(actor, found.job_id, lang)

    async def _follow(self, actor: Actor, job_id: JobId, lang: str) -> None:
        """How far the job is; somebody else's job cannot be looked at, and a lost one says so itself."""
        try:
            job = await rx.run_in_thread(partial(jobs.state, actor, job_id))
        except NotFound:
            return
        self.done, self.total = job.done, job.total
        if job.state in {jobs.JobState.FAILED, jobs.JobState.CANCELLED}:
            self.state = ImportState.FAILED.value
            self.facts = {**self.facts, "state": say(lang, "crm.import.state.failed"), "tone": "bad"}
            self.reason = say(lang, job.error_key or "crm.import.cancelled", **job.error_args)


def counts_row(kind: Kind, counts: Counts, lang: str) -> dict[str, str]:
    """Where the rows of one kind went."""
    numbers = {
        name: words.number(getattr(counts, name), lang)
        for name in ("read", "created", "changed", "unchanged", "refused")
    }
    return {"kind": say(lang, f"crm.kind.{kind}"), **numbers}


def finding_row(finding: Finding, lang: str) -> dict[str, str]:
    """What was found in which row."""
    return {
        "kind": say(lang, f"crm.kind.{finding.kind}"),
        "row": words.number(finding.row, lang),
        "field": say(lang, f"crm.field.{finding.problem.at}"),
        "what": say_problem(lang, finding.problem),
        "severity": say(lang, f"crm.severity.{finding.problem.severity}"),
        "severity_tone": "bad" if finding.is_refusal else "warn",
    }


def _row(each: Import) -> dict[str, object]:
    counts = each.total
    return {
        "id": str(each.id),
        "href": f"/imports/{each.id}",
        "filename": each.filename,
        "source": each.source,
        "state": Pill(Text(f"crm.import.state.{each.state}"), TONES.get(each.state, "neutral")),
        "created": counts.created,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "by": each.actor_name,
        "at": each.created_at,
    }


def _facts(found: Import, lang: str, zone: str) -> dict[str, str]:
    return {
        "state": say(lang, f"crm.import.state.{found.state}"),
        "tone": TONES.get(found.state, "neutral"),
        "source": found.source,
        "by": found.actor_name,
        "at": words.instant(found.created_at, lang, zone),
        "refused": words.number(found.total.refused, lang) if found.total.refused else "",
        "can_be_undone": "yes" if found.can_be_undone else "",
    }


def _refused_file(refused: crm.Refused, lang: str) -> bytes:
    titles = [say(lang, "crm.row"), say(lang, "crm.why"), *refused.heading]
    rows = [
        [number, "; ".join(say_problem(lang, each.problem) for each in found), *map(harmless, cells)]
        for number, cells, found in refused.rows
    ]
    return csv_file(titles, rows)
