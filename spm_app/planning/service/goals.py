"""Goals: made from history, changed by hand, approved by somebody else, published as quotas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import InvalidInput, NotAllowed
from spm_app.kernel.ids import GoalId, PersonId
from spm_app.kernel.period import Grain
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people
from spm_app.planning import store
from spm_app.planning.domain import grid, tree
from spm_app.planning.domain.goal import Goal, NewGoal, Quota, State, must_be_draft, stepped
from spm_app.planning.service.history import grown_from_history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period
    from spm_app.planning.domain.tree import Node

#: Who may take which step, each by any of its rights: planners propose and publish, an approver of plans approves;
#: either sends a proposal back.
_WRITERS, _APPROVERS = frozenset({Permission.WRITE_TARGETS}), frozenset({Permission.APPROVE_PLANS})
_NEEDS = {"approve": _APPROVERS, "take_back": _WRITERS | _APPROVERS}


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with its tree, the names of the people in its life, and how many days each quarter has."""

    goal: Goal
    top: Node
    names: Mapping[int, str]
    lengths: tuple[int, ...]


def goals(actor: Actor) -> tuple[Goal, ...]:
    """Every version of every goal, newest first, for who may read everybody's targets."""
    require(actor, Permission.READ_ALL_TARGETS)
    with reading() as work:
        return store.goals(work)


def goal(actor: Actor, goal_id: GoalId) -> GoalView:
    """One goal with its tree; what single people sold before is for who may read their deals. Raises NotFound."""
    require(actor, Permission.READ_ALL_TARGETS)
    with reading() as work:
        names = {int(each.id): each.name for each in people.persons(work)}
        top = store.tree(work, goal_id)
        shown = top if actor.may(Permission.READ_ALL_CRM) else tree.without_personal_past(top)
        found = store.goal(work, goal_id)
        quarters = people.company(work).calendar.periods(int(found.year), Grain.QUARTER)
        return GoalView(found, shown, names, tuple(each.days for each in quarters))


def create_goal(actor: Actor, new: NewGoal) -> GoalId:
    """A draft of the year, split to teams, people and quarters by last year's won revenue. Raises InvalidInput."""
    require(actor, Permission.WRITE_TARGETS)
    with unit_of_work() as work:
        _check(work, new)
        top = grown_from_history(work, new)
        return _add(work, actor, NewGoal(new.year, new.amount, new.name.strip() or new.year), top)


def renew(actor: Actor, goal_id: GoalId) -> GoalId:
    """A new draft of the same year that begins with this version's amounts and locks. Raises NotFound."""
    require(actor, Permission.WRITE_TARGETS)
    with unit_of_work() as work:
        old = store.goal(work, goal_id)
        return _add(work, actor, NewGoal(old.year, old.amount, old.name), store.tree(work, goal_id))


def edit(actor: Actor, goal_id: GoalId, key: str, minor: int, *, revision: int) -> None:
    """Set one amount of the tree, or of a team or the company in a quarter; others take up the difference.

    Raises Conflict when locks or another's change forbid it.
    """
    with unit_of_work() as work:
        before = _draft(work, actor, goal_id, revision)
        _keep(work, actor, goal_id, grid.edited(before, key, minor), f"{key}={minor}")


def lock(actor: Actor, goal_id: GoalId, key: str, *, is_locked: bool, revision: int) -> None:
    """Hold one amount fast, or let it go; in a quarter of a team or the company, everybody's in it."""
    with unit_of_work() as work:
        before = _draft(work, actor, goal_id, revision)
        _keep(work, actor, goal_id, grid.locked(before, key, is_locked=is_locked), f"{key} {is_locked=}")


def put_back(actor: Actor, goal_id: GoalId, amounts: Mapping[str, tuple[int, bool]], *, revision: int) -> None:
    """Undo: amounts and locks as they were. Raises Conflict unless every sum is exact."""
    with unit_of_work() as work:
        before = _draft(work, actor, goal_id, revision)
        _keep(work, actor, goal_id, tree.put_back(before, amounts), "put back")


def step(actor: Actor, goal_id: GoalId, name: str) -> None:
    """Propose, approve (by somebody else), publish, take back or withdraw. Raises Conflict."""
    needed = _NEEDS.get(name, _WRITERS)
    if not any(actor.may(each) for each in needed):
        raise NotAllowed("kernel.not_allowed", permission=min(needed).value)
    with unit_of_work() as work:
        found = store.goal(work, goal_id)
        state = stepped(found, name, actor.person_id)
        if state is State.PUBLISHED:
            store.replace_published(work, found.year)
        store.set_state(work, goal_id, state, actor.person_id)
        audit.record(work, actor, f"goal.{state.value}", f"goal:{goal_id}", year=found.year)
        bus.publish(work, "targets", str(goal_id))


def targets(actor: Actor, period: Period) -> tuple[tuple[Quota, str], ...]:
    """Published quotas of a quarter that the actor may read, with the person's name: own, the team's, or all."""
    require(actor, Permission.READ_TARGETS)
    with reading() as work:
        seen = people.visible_people(
            work, actor, period, everyone=Permission.READ_ALL_TARGETS, team=Permission.READ_TEAM_STATEMENTS
        )
        names = {each.id: each.name for each in people.persons(work)}
        return tuple(
            (each, names.get(each.person_id, ""))
            for each in store.quotas(work, period)
            if seen is None or each.person_id in seen
        )


def quotas(work: Work, period: Period) -> tuple[Quota, ...]:
    """Published quotas for exactly that quarter, by person."""
    return store.quotas(work, period)


def _add(work: Work, actor: Actor, new: NewGoal, top: Node) -> GoalId:
    drawn = Goal(
        id=GoalId(0),
        name=new.name,
        year=new.year,
        version=0,
        state=State.DRAFT,
        amount=new.amount,
        revision=1,
        made_by=actor.person_id,
        made_at=clock.now(),
        changed_by=actor.person_id,
    )
    goal_id = store.add_goal(work, drawn, top)
    audit.record(work, actor, "goal.created", f"goal:{goal_id}", year=new.year, minor=new.amount.minor)
    bus.publish(work, "targets", str(goal_id))
    return goal_id


def _draft(work: Work, actor: Actor, goal_id: GoalId, revision: int) -> Node:
    require(actor, Permission.WRITE_TARGETS)
    must_be_draft(store.goal(work, goal_id), revision)
    return store.tree(work, goal_id)


def _keep(work: Work, actor: Actor, goal_id: GoalId, top: Node, what: str) -> None:
    store.keep_tree(work, goal_id, top, PersonId(actor.person_id))
    audit.record(work, actor, "goal.changed", f"goal:{goal_id}", what=what)
    bus.publish(work, "targets", str(goal_id))


def _check(work: Work, new: NewGoal) -> None:
    company = people.company(work)
    problems: list[Problem] = []
    if not (new.year.isascii() and new.year.isdigit() and len(new.year) == 4):
        problems.append(Problem("year", "planning.year_unreadable"))
    if new.amount.minor <= 0:
        problems.append(Problem("amount", "planning.amount_missing"))
    if new.amount.currency != company.currency:
        problems.append(Problem("amount", "planning.other_currency", {"currency": company.currency.code}))
    if problems:
        raise InvalidInput("planning.form_has_errors", problems)
