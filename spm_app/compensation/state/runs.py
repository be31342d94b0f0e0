"""Periods and their runs: what to do next, and who did what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from spm_app.compensation.domain.life import AdjustmentState, PeriodState
from spm_app.compensation.domain.parts import notices
from spm_app.compensation.domain.plan import Plan
from spm_app.compensation.domain.records import PayPeriod, Run
from spm_app.compensation.service import adjustments, late, periods, runs
from spm_app.compensation.service.periods import PeriodView
from spm_app.compensation.state.statements import TONES, state_pill
from spm_app.infra import jobs
from spm_app.kernel.ids import JobId, RunId
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.catalogue import say, say_problem
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of

COLUMNS = (
    Column("period", "ui.period", kind="link", sorts=False),
    Column("state", "compensation.state", kind="pill", sorts=False),
    Column("payees", "compensation.payees", kind="number", sorts=False),
    Column("total", "compensation.run.total", kind="number", sorts=False),
    Column("at", "compensation.run.at", sorts=False),
)
READERS = (Role.COMP_ADMIN, Role.FINANCE, Role.EXEC, Role.AUDITOR)
#: Seconds between two looks at a calculation that runs.
_PACE = 0.5
_STEPS = (PeriodState.OPEN, PeriodState.CALCULATED, PeriodState.APPROVED, PeriodState.FINALISED)


class RunsState(Listing, rx.State):
    """Every period that was ever calculated."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _file_name: ClassVar[str] = "runs"

    choices: list[dict[str, str]] = []
    may_calculate: bool = False

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        self.may_calculate = actor.may(Permission.CALCULATE)
        found = await rx.run_in_thread(partial(periods.payable, actor))
        self.choices = [{"value": each.code, "label": words.period(each, lang)} for each in found]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        zone = people.zone()
        rows = [_row(pay, run, actor.language, zone) for pay, run in periods.all_periods(actor)]
        wanted = ask.search.casefold()
        shown = [row for row in rows if wanted in str(row["period"]).casefold()]
        return Answer(shown[ask.offset : ask.offset + ask.size], len(shown))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def go(self, form: dict[str, str]):
        """Open a period that may never have been calculated."""
        return rx.redirect(f"/runs/{form.get('code', '')[:16]}")


class RunState(rx.State):
    """One period's life."""

    code: str = ""
    loaded: bool = False
    title: str = ""
    facts: dict[str, str] = {}
    at_step: int = 1
    history: list[dict[str, str]] = []
    reviews: list[dict[str, str]] = []
    adjustments: list[dict[str, str]] = []
    left_out: list[str] = []
    findings: list[str] = []
    log: list[dict[str, str]] = []
    may_calculate: bool = False
    may_approve: bool = False
    may_finalise: bool = False
    approved_it: bool = False
    may_decide: bool = False
    may_catch_up: bool = False
    busy: bool = False
    done: int = 0
    total: int = 0
    step: str = ""
    _run_id: int = 0

    @rx.event
    @allow(*READERS)
    async def load(self):
        """The period that the address names."""
        self.code, self.findings = str(self.router.url.path).rstrip("/").rpartition("/")[2][:16], []
        await self._read()

    @rx.event(background=True)
    @allow(Role.COMP_ADMIN)
    async def calculate(self):
        """Ask for the calculation and follow it until it is over."""
        async with self:
            actor, lang, code = await actor_of(self), await language_of(self), self.code
            job_id = await rx.run_in_thread(partial(runs.start, actor, code))
            self.findings = []
            self.busy, self.done, self.total, self.step = True, 0, 0, say(lang, "compensation.run.waiting")
        said = await self._follow(actor, lang, job_id)
        async with self:
            self.busy = False
            await self._read()
        yield said

    async def _follow(self, actor: Actor, lang: str, job_id: JobId) -> Any:
        while not (job := await asyncio.to_thread(jobs.state, actor, job_id)).state.is_over:
            async with self:
                self.done, self.total = job.done, job.total
                self.step = say(lang, job.step) if job.step else say(lang, "compensation.run.waiting")
            await asyncio.sleep(_PACE)
        if job.error_key:
            async with self:
                self.findings = _findings(job.result, lang)
            return rx.toast.error(say(lang, job.error_key, **job.error_args))
        same = bool(job.result) and not (job.result or {}).get("is_new")
        return rx.toast.success(say(lang, "compensation.run.same" if same else "compensation.run.done"))

    @rx.event
    @allow(Role.FINANCE)
    async def approve(self):
        """The figures are right."""
        return await self._step(periods.approve, "compensation.run.approved")

    @rx.event
    @allow(Role.FINANCE)
    async def finalise(self):
        """Nothing of this period changes any more."""
        return await self._step(periods.finalise, "compensation.run.finalised")

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def catch_up(self):
        """Propose what changed since the period became final, as lines of the present quarter."""
        actor, lang = await actor_of(self), await language_of(self)
        (into,) = await rx.run_in_thread(partial(periods.recent, actor, 1))
        found = await rx.run_in_thread(partial(late.propose, actor, self.code, into.code))
        return rx.toast.success(say(lang, "compensation.late.proposed", n=found, period=into))

    @rx.event
    @allow(Role.FINANCE)
    async def decide(self, adjustment_id: int, approved: bool):
        """Another person's word on a manual line."""
        actor = await actor_of(self)
        await rx.run_in_thread(lambda: adjustments.decide(actor, adjustment_id, approved=approved))
        await self._read()

    async def _step(self, act: Callable[..., None], said: str) -> Any:
        actor, code, seen = await actor_of(self), self.code, RunId(self._run_id)
        await rx.run_in_thread(partial(act, actor, code, seen=seen))
        await self._read()
        return rx.toast.success(say(await language_of(self), said))

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        view, zone = await rx.run_in_thread(lambda: (periods.period(actor, self.code), people.zone()))
        state, self._run_id = view.pay.state, int(view.pay.run_id or 0)
        self.title, self.at_step = words.period(view.pay.period, lang), _STEPS.index(state) + 1
        self.facts = _facts(view, lang)
        self.history = _history(view, lang, zone)
        self.reviews = [_review(view, at, lang, zone) for at in range(len(view.reviews))]
        self.adjustments = [_adjustment(view, at, lang) for at in range(len(view.adjustments))]
        self.left_out, self.log = _log(view, lang)
        self.may_calculate = actor.may(Permission.CALCULATE) and state is not PeriodState.FINALISED
        self.may_approve = actor.may(Permission.APPROVE_RUN) and state is PeriodState.CALCULATED
        final_next = actor.may(Permission.FINALISE) and state is PeriodState.APPROVED
        self.approved_it = final_next and view.pay.approver_id == actor.person_id
        self.may_finalise = final_next and not self.approved_it
        self.may_decide = actor.may(Permission.APPROVE_RUN) and state is not PeriodState.FINALISED
        self.may_catch_up = actor.may(Permission.CALCULATE) and state is PeriodState.FINALISED
        self.loaded = True


def _row(pay: PayPeriod, run: Run | None, lang: str, zone: str) -> dict[str, object]:
    return {
        "href": f"/runs/{pay.period.code}",
        "period": pay.period,
        "state": state_pill(pay.state),
        "payees": None if run is None else run.payees,
        "total": None if run is None else run.total,
        "at": words.instant(None if run is None else run.started_at, lang, zone),
    }


def _facts(view: PeriodView, lang: str) -> dict[str, str]:
    run, earlier = view.run, view.earlier
    moved = run.total - earlier.total if run and earlier else None
    return {
        "state": say(lang, f"compensation.period.{view.pay.state.value}"),
        "tone": TONES.get(view.pay.state, "neutral"),
        "next": say(lang, f"compensation.period.{view.pay.state.value}.next"),
        "total": words.money(run.total if run else None, lang),
        "moved": words.money(moved, lang),
        "payees": words.number(run.payees if run else None, lang),
        "lines": words.number(run.lines if run else None, lang),
        "disputes": words.number(view.open_disputes, lang),
        "disputes_href": f"/disputes?state=open&period={view.pay.period.code}" if view.open_disputes else "",
        "disputes_block": "yes" if view.open_disputes and view.disputes_block else "",
        "digest": run.digest[:16] if run else words.NOTHING,
    }


def _history(view: PeriodView, lang: str, zone: str) -> list[dict[str, str]]:
    pay, run = view.pay, view.run
    acts = (
        ("compensation.run.calculated_by", run.starter_id if run else None, run.started_at if run else None),
        ("compensation.run.approved_by", pay.approver_id, pay.approved_at),
        ("compensation.run.finalised_by", pay.finaliser_id, pay.finalised_at),
    )
    return [
        {"act": say(lang, key), "who": view.names.get(int(who), ""), "at": words.instant(at, lang, zone)}
        for key, who, at in acts
        if who is not None
    ]


def _review(view: PeriodView, at: int, lang: str, zone: str) -> dict[str, str]:
    each = view.reviews[at]
    return {
        "who": view.names.get(int(each.reviewer_id), ""),
        "said": say(lang, "compensation.review.agreed" if each.agreed else "compensation.review.objected"),
        "tone": "good" if each.agreed else "bad",
        "remark": each.remark,
        "at": words.instant(each.at, lang, zone),
    }


def _adjustment(view: PeriodView, at: int, lang: str) -> dict[str, str]:
    each = view.adjustments[at]
    return {
        "id": str(each.id),
        "payee": view.names.get(int(each.payee_id), ""),
        "amount": words.money(each.amount, lang),
        "reason": say(lang, f"compensation.adjustment.{each.reason}"),
        "remark": each.remark,
        "state": say(lang, f"compensation.adjustment.{each.state.value}"),
        "tone": {"approved": "good", "refused": "bad"}.get(each.state.value, "warn"),
        "waits": "yes" if each.state is AdjustmentState.PROPOSED else "",
    }


def _findings(result: dict[str, Any] | None, lang: str) -> list[str]:
    """Why a calculation could not start, one sentence a finding."""
    return [say(lang, each["key"], **each["args"]) for each in (result or {}).get("problems", ())]


def _log(view: PeriodView, lang: str) -> tuple[list[str], list[dict[str, str]]]:
    """What was not credited or there for a part only, and how many deals came through each condition."""
    if view.run is None or not view.run.log:
        return [], []
    first, *coded = view.run.log
    components = [_named(each, view.plans, lang) for each in coded]
    left_out = [
        say(lang, f"compensation.run.{name}", n=int(first[name]))
        for name in ("without_amount", "without_owner")
        if first.get(name)
    ]
    left_out += [say_problem(lang, each) for each in notices(components)]
    if first.get("opening"):
        key = "compensation.run.opening" if first["opening_final"] else "compensation.run.opening_open"
        left_out.append(say(lang, key, period=words.period(first["opening"], lang)))
    return left_out, [
        {
            "plan": str(each["plan"]),
            "component": str(each["component"]),
            "deals": words.number(int(each["deals"]), lang),
            "matched": words.number(int(each["matched"]), lang),
            "lines": words.number(int(each["lines"]), lang),
        }
        for each in components
    ]


def _named(logged: Mapping[str, Any], paid_by: Sequence[Plan], lang: str) -> dict[str, Any]:
    """An entry of the log with names in place of the codes that a calculation writes down."""
    plan = next((each for each in paid_by if each.code == logged["plan"]), None)
    if plan is None:
        return dict(logged)
    names = {each.code: each.name.of(lang) for each in plan.components}
    return {**logged, "plan": plan.name, "component": names.get(str(logged["component"]), logged["component"])}
