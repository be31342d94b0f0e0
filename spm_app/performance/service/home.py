"""What each role's home shows, asked of the rooms below with the person's own rights."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spm_app.analytics import service as analytics
from spm_app.compensation.domain.life import OPEN_DISPUTE, PeriodState, VersionState
from spm_app.compensation.service import acceptance, disputes, periods, plans, statements
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.performance.service.system import System, system
from spm_app.training import service as training

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spm_app.analytics.service import Overview, Steering, Team
    from spm_app.compensation.service.statements import Head

#: Who steers: their home begins with the year against its goal, and with what pay costs.
_STEER = frozenset({Role.EXEC, Role.FINANCE})
#: Codes of KPIs on the home of those who sell or lead, and of those who steer.
_FIGURES = ("attainment", "revenue", "win_rate", "pipeline")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: the text key of what it is, its values, and where it is done."""

    key: str
    href: str
    args: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Home:
    """A person's home. `overview` is None for who has no part in sales; `newest` the own statement of last, if any.

    `team` is for who leads people with a quota, `steering` for who steers, `system` for who keeps it running.
    """

    overview: Overview | None
    figures: tuple[str, ...]
    newest: Head | None
    tasks: tuple[Task, ...]
    badges: tuple[str, ...]
    team: Team | None = None
    steering: Steering | None = None
    system: System | None = None


def home(actor: Actor) -> Home:
    """Everything on the home page, by what the person may do. Before the company is set up that is not much."""
    if not _has_company():
        return Home(None, (), None, tuple(_of_role(actor)), (), system=_system(actor))
    sells = actor.may(Permission.READ_SALES_TOTALS)
    own = statements.statements(actor, own=True)
    return Home(
        overview=analytics.overview(actor, trend=2) if sells else None,
        figures=_FIGURES if sells else (),
        newest=own[0] if own else None,
        tasks=tuple(_tasks(actor)),
        badges=tuple(each.title for each in training.badges_of(actor, actor.person_id)),
        team=analytics.team(actor) if actor.may(Permission.READ_TEAM_CRM) else None,
        steering=analytics.steering(actor) if actor.roles & _STEER else None,
        system=_system(actor),
    )


def _has_company() -> bool:
    try:
        people.currency()
    except NotFound:
        return False
    return True


def _system(actor: Actor) -> System | None:
    return system(actor) if actor.may(Permission.MANAGE_ACCOUNTS) else None


def _tasks(actor: Actor) -> Iterator[Task]:
    """In the order in which they press: pay first, then questions, then learning."""
    yield from _of_periods(actor)
    yield from _of_plans(actor)
    yield from _of_disputes(actor)
    yield from _of_courses(actor)
    yield from _of_role(actor)


def _of_role(actor: Actor) -> Iterator[Task]:
    """What is always there to look after."""
    if Role.SYSADMIN in actor.roles:
        yield Task("performance.task.accounts", "/settings/accounts")
    if Role.AUDITOR in actor.roles:
        yield Task("performance.task.audit", "/settings/audit")
    if Role.TRAINER in actor.roles:
        yield Task("performance.task.studio", "/studio")


def _of_periods(actor: Actor) -> Iterator[Task]:
    if actor.may(Permission.APPROVE_TEAM):
        for code, _ in periods.to_review(actor):
            yield Task("performance.task.review", "/team-earnings", {"period": code})
    if not actor.may(Permission.READ_PAY_TOTALS):
        return
    for pay, _ in periods.all_periods(actor):
        where, args = f"/runs/{pay.period.code}", {"period": pay.period.code}
        if pay.state is PeriodState.CALCULATED and actor.may(Permission.APPROVE_RUN):
            yield Task("performance.task.approve", where, args)
        if pay.state is PeriodState.APPROVED and actor.may(Permission.FINALISE) and pay.approver_id != actor.person_id:
            yield Task("performance.task.finalise", where, args)
    if actor.may(Permission.CALCULATE):
        yield Task("performance.task.calculate", "/runs")


def _of_plans(actor: Actor) -> Iterator[Task]:
    for each in acceptance.waiting(actor):
        yield Task("performance.task.agree", f"/plans/{each.plan_id}", {"plan": each.plan_name})
    if not actor.may(Permission.READ_PLANS):
        return
    for each in plans.plans(actor):
        where, args = f"/plans/{each.plan_id}", {"plan": each.plan_name}
        if each.state is VersionState.PROPOSED and actor.may(Permission.APPROVE_PLANS):
            yield Task("performance.task.plan", where, args)
        if each.state is VersionState.APPROVED and actor.may(Permission.WRITE_PLANS):
            yield Task("performance.task.publish", where, args)


def _of_disputes(actor: Actor) -> Iterator[Task]:
    """How many wait for this person's answer, and how many of their own are under way."""
    if not (actor.may(Permission.RAISE_DISPUTE) or actor.may(Permission.ANSWER_DISPUTE)):
        return
    found = [each.dispute for each in disputes.disputes(actor) if each.dispute.state in OPEN_DISPUTE]
    own = sum(each.payee_id == actor.person_id for each in found)
    if len(found) > own:
        yield Task("performance.task.disputes", "/disputes", {"n": len(found) - own})
    if own:
        yield Task("performance.task.own_disputes", "/disputes", {"n": own})


def _of_courses(actor: Actor) -> Iterator[Task]:
    for each in training.my_courses(actor):
        if each.state is not None and each.state.is_open:
            yield Task("performance.task.course", f"/learning/{each.course_id}", {"course": each.title})
