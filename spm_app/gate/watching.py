"""What the page of jobs remembers."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.infra import jobs
from spm_app.infra.jobs import Job, JobState
from spm_app.kernel.ids import JobId
from spm_app.kernel.rights import Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of

_TONES = {JobState.DONE: "good", JobState.FAILED: "bad", JobState.RUNNING: "accent"}


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
