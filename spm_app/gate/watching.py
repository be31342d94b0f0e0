"""What the pages of log and jobs remember."""

from __future__ import annotations

import json
from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.gate import log
from spm_app.infra import jobs
from spm_app.infra.audit import Entry
from spm_app.infra.jobs import Job, JobState
from spm_app.kernel.ids import JobId
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of

AUDIT_COLUMNS = (
    Column("id", "gate.audit.number", kind="number", sorts=False),
    Column("at", "gate.audit.at", sorts=False),
    Column("who", "gate.audit.who", sorts=False),
    Column("act", "gate.audit.act", sorts=False),
    Column("subject", "gate.audit.subject", sorts=False),
    Column("details", "gate.audit.details", sorts=False),
)
#: Characters of an entry's details in its cell; the file that is exported holds as many.
_DETAILS = 300
_TONES = {JobState.DONE: "good", JobState.FAILED: "bad", JobState.RUNNING: "accent"}


class AuditState(Listing, rx.State):
    """The log, newest first."""

    _columns: ClassVar[tuple[Column, ...]] = AUDIT_COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("act",)
    _file_name: ClassVar[str] = "audit"

    acts: list[dict[str, str]] = []
    verdict: str = ""
    is_whole: bool = True

    async def _prepare(self) -> None:
        known = await rx.run_in_thread(partial(log.acts, await actor_of(self)))
        self.acts = [{"value": each, "label": each} for each in known]
        self.verdict = ""

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found = log.entries(actor, ask.search, ask.filters.get("act", ""), skip=ask.offset, size=ask.size)
        zone = people.zone()
        return Answer([_entry(each, actor.language, zone) for each in found.entries], found.total)

    @rx.event
    @allow(Role.AUDITOR, Role.SYSADMIN)
    async def verify(self):
        """Walk the whole chain and say whether it holds."""
        actor, lang = await actor_of(self), await language_of(self)
        bad, length = await rx.run_in_thread(partial(log.verify, actor))
        self.is_whole = bad is None
        if bad is None:
            self.verdict = say(lang, "gate.audit.whole", n=length)
        else:
            self.verdict = say(lang, "gate.audit.broken", number=bad.id, reason=say(lang, bad.reason))


class JobsState(rx.State):
    """One's own jobs; everybody's for who manages the system, without what they were about."""

    rows: list[dict[str, str]] = []
    everybody: bool = False
    may_see_all: bool = False

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The newest fifty."""
        actor, lang = await actor_of(self), await language_of(self)
        self.may_see_all = actor.may(Permission.MANAGE_ACCOUNTS)
        asks = jobs.everyones if self.everybody and self.may_see_all else jobs.mine
        found, zone = await rx.run_in_thread(lambda: (asks(actor), people.zone()))
        self.rows = [_job(each, lang, zone, is_own=each.actor_id == actor.person_id) for each in found]

    @rx.event
    @allow(Role.SYSADMIN)
    async def show_everybody(self, everybody: bool):
        """One's own, or everybody's."""
        self.everybody = everybody
        return JobsState.load

    @rx.event
    @allow_signed_in()
    async def retry(self, job_id: int):
        """The same once more."""
        await rx.run_in_thread(partial(jobs.retry, await actor_of(self), JobId(job_id)))
        return [rx.toast.success(say(await language_of(self), "gate.jobs.again")), JobsState.load]

    @rx.event
    @allow_signed_in()
    async def cancel(self, job_id: int):
        """Stop it at its next step."""
        await rx.run_in_thread(partial(jobs.cancel, await actor_of(self), JobId(job_id)))
        return [rx.toast.success(say(await language_of(self), "gate.jobs.stopping")), JobsState.load]


def _entry(each: Entry, lang: str, zone: str) -> dict[str, object]:
    return {
        "id": str(each.id),
        "at": words.instant(each.at, lang, zone),
        "who": each.actor_name or say(lang, "gate.audit.system"),
        "act": each.act,
        "subject": each.subject,
        "details": json.dumps(each.details, ensure_ascii=False)[:_DETAILS] if each.details else "",
    }


def _job(each: Job, lang: str, zone: str, *, is_own: bool) -> dict[str, str]:
    return {
        "id": str(each.id),
        "kind": each.kind,
        "who": each.actor_name,
        "state": say(lang, f"gate.jobs.{each.state.value}"),
        "tone": _TONES.get(each.state, "neutral"),
        "at": words.instant(each.submitted_at, lang, zone),
        "ended": words.instant(each.ended_at, lang, zone),
        "done": str(each.done),
        "total": str(each.total),
        "said": _said(each, lang),
        "may_retry": "yes" if is_own and each.state in {JobState.FAILED, JobState.CANCELLED} else "",
        "may_cancel": "" if each.state.is_over else "yes",
    }


def _said(each: Job, lang: str) -> str:
    """The error in words, or the result, or the step that is under way."""
    if each.error_key:
        return say(lang, each.error_key, **each.error_args)
    if each.result:
        return ", ".join(
            f"{name}: {value}" for name, value in each.result.items() if not isinstance(value, (dict, list))
        )
    return say(lang, each.step) if each.step else ""
