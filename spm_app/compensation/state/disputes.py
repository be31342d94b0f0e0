"""Questions on pay in a list: whose turn it is, by when, and what is asked."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import reflex as rx

from spm_app.compensation.domain.deadlines import Policy, Tally
from spm_app.compensation.domain.life import OPEN_DISPUTE, DisputeState
from spm_app.compensation.service import dispute_desk, disputes
from spm_app.compensation.service.disputes import REASONS, DisputeView
from spm_app.compensation.state.forms import field_errors
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("number", "compensation.dispute.number", kind="link"),
    Column("payee", "compensation.payee"),
    Column("period", "ui.period"),
    Column("about", "compensation.dispute.about"),
    Column("reason", "compensation.dispute.reason_short"),
    Column("difference", "compensation.dispute.difference", kind="number"),
    Column("state", "compensation.state", kind="pill"),
    Column("due", "compensation.dispute.due", kind="pill"),
    Column("assignee", "compensation.dispute.assignee", shown=False),
)
TONES = {
    DisputeState.ACCEPTED: "good",
    DisputeState.REJECTED: "bad",
    DisputeState.WITHDRAWN: "neutral",
    DisputeState.NEEDS_INFORMATION: "accent",
}
#: What the filter of states offers beside each state.
OPEN, LATE = "open", "late"


class DisputesState(Listing, rx.State):
    """Disputes that the person has a part in, newest first."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("state", "reason", "period")
    _file_name: ClassVar[str] = "disputes"

    states: list[dict[str, str]] = []
    reasons: list[dict[str, str]] = []
    periods: list[dict[str, str]] = []

    async def _prepare(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        found = await rx.run_in_thread(partial(disputes.disputes, actor))
        codes = sorted({each.statement.period_code for each in found}, reverse=True)
        self.periods = [{"value": code, "label": words.period(code, lang)} for code in codes]
        self.reasons = [{"value": each, "label": say(lang, f"compensation.reason.{each}")} for each in REASONS]
        self.states = [
            {"value": OPEN, "label": say(lang, "compensation.disputes.open")},
            {"value": LATE, "label": say(lang, "compensation.disputes.late")},
            *({"value": each.value, "label": say(lang, f"compensation.dispute.{each.value}")} for each in DisputeState),
        ]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        found = [each for each in disputes.disputes(actor) if _is_asked(each, ask)]
        if ask.sort:
            found.sort(key=lambda each: _order(each, ask.sort), reverse=ask.descending)
        rows = [_row(each, actor.language) for each in found]
        wanted = ask.search.casefold()
        shown = [row for row in rows if wanted in f"{row['number']} {row['payee']} {row['about']}".casefold()]
        return Answer(shown[ask.offset : ask.offset + ask.size], len(shown))


class DisputeFiguresState(rx.State):
    """What all disputes tell together, and how long a desk may take; for who reads everybody's statement."""

    figures: dict[str, str] = {}
    by_reason: list[dict[str, str]] = []
    by_plan: list[dict[str, str]] = []
    by_component: list[dict[str, str]] = []
    policy: dict[str, str] = {}
    may_set: bool = False
    setting: bool = False
    errors: dict[str, str] = {}

    @rx.event
    @allow(Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR)
    async def load(self):
        """Nothing for who reads only some statements."""
        actor, lang = await actor_of(self), await language_of(self)
        self.reset()
        if not actor.may(Permission.READ_ALL_STATEMENTS):
            return
        found, policy = await rx.run_in_thread(lambda: (dispute_desk.statistics(actor), dispute_desk.policy(actor)))
        whole = _tally(found.whole, lang, "")
        self.figures = {
            **whole,
            "overdue": words.number(found.overdue, lang),
            "per_hundred": words.number(found.per_hundred, lang, 1),
        }
        self.by_reason = [_tally(each, lang, say(lang, f"compensation.reason.{each.name}")) for each in found.by_reason]
        nothing = say(lang, "compensation.dispute.whole")
        self.by_plan = [_tally(each, lang, each.name or nothing) for each in found.by_plan]
        self.by_component = [_tally(each, lang, each.name or nothing) for each in found.by_component]
        self.may_set = actor.may(Permission.ANSWER_DISPUTE)
        self.policy = {
            "manager_days": str(policy.manager_days),
            "compensation_days": str(policy.compensation_days),
            "blocks": "yes" if policy.blocks else "",
        }

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def show_setting(self, is_open: bool):
        """Open or shut the dialog with the days."""
        self.setting, self.errors = is_open, {}

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def save(self, form: dict[str, Any]):
        """Set the days and whether open disputes hold a period back."""
        actor, lang = await actor_of(self), await language_of(self)
        days = [_whole(form.get(name)) for name in ("manager_days", "compensation_days")]
        wanted = Policy(days[0], days[1], blocks=bool(form.get("blocks")))
        try:
            await rx.run_in_thread(partial(dispute_desk.set_policy, actor, wanted))
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang)
            return None
        return [rx.toast.success(say(lang, "compensation.dispute.policy_set")), DisputeFiguresState.load]


def _is_asked(each: DisputeView, ask: Ask) -> bool:
    state, reason, period = (ask.filters.get(name, "") for name in ("state", "reason", "period"))
    fits = {
        "": True,
        OPEN: each.dispute.state in OPEN_DISPUTE,
        LATE: each.is_overdue,
    }.get(state, each.dispute.state.value == state)
    return fits and reason in {"", each.dispute.reason} and period in {"", each.statement.period_code}


def _order(each: DisputeView, key: str) -> tuple[int, str]:
    found = each.dispute
    if key == "difference":
        return (each.counter.difference.minor if each.counter else 0), ""
    if key == "number":
        return int(found.id), ""
    texts = {
        "payee": each.statement.payee_name,
        "period": each.statement.period_code,
        "about": each.line.transaction if each.line else "",
        "reason": found.reason,
        "state": found.state.value,
        "due": found.due_on.isoformat() if found.due_on else "~",
        "assignee": each.assignee,
    }
    return 0, texts.get(key, "").casefold()


def _row(each: DisputeView, lang: str) -> dict[str, object]:
    found = each.dispute
    due = words.day(found.due_on, lang) if found.due_on else "–"
    late = say(lang, "compensation.dispute.late", day=due) if each.is_overdue else due
    return {
        "number": f"#{found.id}",
        "href": f"/disputes/{found.id}",
        "payee": each.statement.payee_name,
        "period": words.period(each.statement.period_code, lang),
        "about": each.line.transaction if each.line else say(lang, "compensation.dispute.whole"),
        "reason": Text(f"compensation.reason.{found.reason}"),
        "difference": each.counter.difference if each.counter else "–",
        "state": Pill(Text(f"compensation.dispute.{found.state.value}"), TONES.get(found.state, "warn")),
        "due": Pill(late, "bad" if each.is_overdue else "neutral"),
        "assignee": each.assignee,
    }


def _tally(each: Tally, lang: str, name: str) -> dict[str, str]:
    return {
        "name": name,
        "asked": words.number(each.asked, lang),
        "open": words.number(each.open, lang),
        "accepted": words.percent(each.accepted, lang, 0),
        "hours": "–" if each.hours is None else say(lang, "compensation.dispute.hours", n=each.hours),
    }


def _whole(said: object) -> int:
    text = str(said or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
