"""All SQL of planning: goals, their trees, and the quotas that come of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from spm_app.infra import clock
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import GoalId, PersonId, TeamId
from spm_app.kernel.money import Currency, Money
from spm_app.planning.domain.goal import Goal, Quota, State
from spm_app.planning.domain.tree import TOP, Level, Node
from spm_app.planning.tables import GoalRow, NodeRow

if TYPE_CHECKING:
    from spm_app.infra.db import Work
    from spm_app.kernel.period import Period


def goals(work: Work) -> tuple[Goal, ...]:
    """Every version of every goal, newest first."""
    query = select(GoalRow).order_by(GoalRow.year.desc(), GoalRow.version.desc())
    return tuple(_goal(row) for row in work.session.scalars(query))


def goal(work: Work, goal_id: GoalId) -> Goal:
    """One goal. Raises NotFound."""
    row = work.session.get(GoalRow, goal_id)
    if row is None:
        raise NotFound("planning.goal_not_found")
    return _goal(row)


def add_goal(work: Work, new: Goal, top: Node) -> GoalId:
    """Keep a goal as the next version of its year, with its tree; the id and version of the value are ignored."""
    last = work.session.scalar(select(func.max(GoalRow.version)).where(GoalRow.year == new.year)) or 0
    row = GoalRow(
        name=new.name,
        year=new.year,
        version=last + 1,
        state=new.state.value,
        amount=new.amount.minor,
        currency=new.amount.currency.code,
        revision=1,
        made_by=new.made_by,
        made_at=new.made_at,
        changed_by=new.changed_by,
    )
    work.session.add(row)
    work.session.flush()
    work.session.execute(
        insert(NodeRow), [_row(row.id, node, parent, at) for at, (node, parent) in enumerate(_walk(top))]
    )
    return GoalId(row.id)


def tree(work: Work, goal_id: GoalId) -> Node:
    """A goal's tree. Raises NotFound."""
    query = select(NodeRow).where(NodeRow.goal_id == goal_id).order_by(NodeRow.place)
    below: dict[str, list[NodeRow]] = defaultdict(list)
    for row in work.session.scalars(query):
        below[row.parent].append(row)
    if "" not in below:
        raise NotFound("planning.goal_not_found")
    return _node(below[""][0], below)


def keep_tree(work: Work, goal_id: GoalId, top: Node, by: PersonId) -> None:
    """Write the amounts and locks that have changed, and count the revision."""
    rows = {row.code: row for row in work.session.scalars(select(NodeRow).where(NodeRow.goal_id == goal_id))}
    for node in top.walk():
        row = rows[node.key]
        row.amount, row.is_locked = node.amount, node.is_locked
    found = work.session.get_one(GoalRow, goal_id)
    found.revision, found.changed_by, found.amount = found.revision + 1, by, top.amount


def set_state(work: Work, goal_id: GoalId, state: State, by: PersonId) -> None:
    """Where the goal stands now, and who brought it there."""
    row = work.session.get_one(GoalRow, goal_id)
    row.state = state.value
    if state is State.DRAFT:
        row.proposed_by = row.approved_by = None
    elif state is State.PROPOSED:
        row.proposed_by = by
    elif state is State.APPROVED:
        row.approved_by = by
    elif state is State.PUBLISHED:
        row.published_at = clock.now()


def replace_published(work: Work, year: str) -> None:
    """The version in force gives way to the one that is about to be published."""
    query = select(GoalRow).where(GoalRow.year == year, GoalRow.state == State.PUBLISHED.value)
    for row in work.session.scalars(query):
        row.state = State.REPLACED.value


def quotas(work: Work, period: Period) -> tuple[Quota, ...]:
    """What each person is to sell in exactly that quarter, by the published goal; nothing of who is not there in it."""
    query = (
        select(NodeRow.person_id, NodeRow.amount, NodeRow.goal_id, GoalRow.currency, NodeRow.days)
        .join(GoalRow, GoalRow.id == NodeRow.goal_id)
        .where(
            GoalRow.state == State.PUBLISHED.value,
            NodeRow.level == Level.QUARTER.value,
            NodeRow.name == period.code,
            NodeRow.days.is_(None) | (NodeRow.days > 0),
        )
        .order_by(NodeRow.person_id)
    )
    return tuple(
        Quota(PersonId(person_id), period, Money.from_minor(amount, Currency(currency)), GoalId(goal_id), days)
        for person_id, amount, goal_id, currency, days in work.session.execute(query)
        if person_id is not None
    )


def _walk(node: Node, parent: str = "") -> list[tuple[Node, str]]:
    return [(node, parent), *(pair for each in node.below for pair in _walk(each, node.key))]


def _row(goal_id: int, node: Node, parent: str, place: int) -> dict[str, object]:
    return {
        "goal_id": goal_id,
        "parent": parent,
        "code": node.key,
        "place": place,
        "level": node.level.value,
        "name": node.name or TOP,
        "team_id": node.team_id,
        "person_id": node.person_id,
        "weight": node.weight,
        "past": node.past,
        "amount": node.amount,
        "is_locked": node.is_locked,
        "days": node.days,
    }


def _node(row: NodeRow, below: dict[str, list[NodeRow]]) -> Node:
    return Node(
        key=row.code,
        level=Level(row.level),
        name=row.name,
        weight=row.weight,
        past=row.past,
        amount=row.amount,
        is_locked=row.is_locked,
        days=row.days,
        team_id=None if row.team_id is None else TeamId(row.team_id),
        person_id=None if row.person_id is None else PersonId(row.person_id),
        below=tuple(_node(each, below) for each in below.get(row.code, ())),
    )


def _goal(row: GoalRow) -> Goal:
    return Goal(
        id=GoalId(row.id),
        name=row.name,
        year=row.year,
        version=row.version,
        state=State(row.state),
        amount=Money.from_minor(row.amount, Currency(row.currency)),
        revision=row.revision,
        made_by=PersonId(row.made_by),
        made_at=row.made_at,
        changed_by=PersonId(row.changed_by),
        proposed_by=None if row.proposed_by is None else PersonId(row.proposed_by),
        approved_by=None if row.approved_by is None else PersonId(row.approved_by),
        published_at=row.published_at,
    )
