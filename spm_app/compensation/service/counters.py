"""A payee's own calculation, by the real engine on the payee's slice of the inputs; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain.counter import Changed, Counted, Counter, changed
from spm_app.compensation.engine import calculate
from spm_app.compensation.service import runs
from spm_app.compensation.store import statements
from spm_app.compensation.store.statements import LineQuery
from spm_app.infra.db import reading
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Money, total
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.counter import Change
    from spm_app.compensation.domain.inputs import InForce, Inputs
    from spm_app.compensation.domain.records import Statement
    from spm_app.compensation.domain.results import ComponentOutcome
    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId

_ALL_LINES = LineQuery(limit=100_000)


def counted(actor: Actor, statement_id: int, change: Change) -> Counter:
    """What one's own statement would come to with that change. Raises InvalidInput at the field that cannot be.

    A change is of a deal that stands on the statement or that one has a part in: nobody learns of others' deals.
    """
    require(actor, Permission.RAISE_DISPUTE)
    with reading() as work:
        statement = statements.head(work, statement_id, frozenset({actor.person_id}))
        lines, _ = statements.lines(work, statement_id, _ALL_LINES)
        near = _near(work, statement)
    plans, inputs = runs.given_now(statement.period_code)
    payee, own = int(actor.person_id), sliced(inputs, near)
    _check_own(own, payee, change, {each.transaction for each in lines})

    before = _components(plans, own, payee)
    after = _components(plans, changed(own, payee, change), payee)

    parts = tuple(_counted(key, before.get(key), after.get(key), inputs) for key in dict.fromkeys([*before, *after]))
    difference = total((each.after - each.before for each in parts), inputs.currency)
    return Counter(change, statement.earned, difference, tuple(each for each in parts if each.after != each.before))


def sliced(inputs: Inputs, persons: frozenset[PersonId]) -> Inputs:
    """The inputs without the deals in which none of these persons has a part."""
    near = {int(each) for each in persons}
    kept = {each.transaction for each in (*inputs.shares, *inputs.named) if each.person_id in near}
    return replace(
        inputs,
        transactions=tuple(each for each in inputs.transactions if each.id in kept),
        shares=tuple(each for each in inputs.shares if each.transaction in kept),
        named=tuple(each for each in inputs.named if each.transaction in kept),
    )


def _near(work: Work, statement: Statement) -> frozenset[PersonId]:
    """Whose deals can touch the payee's pay: the payee, everybody below, and everybody who shares a team with them."""
    payee = statement.payee_id
    period = people.company(work).calendar.parse(statement.period_code)
    seats = people.seats(work, period)
    teams = {each.team_id for each in seats if each.person_id == payee}
    beside = {each.person_id for each in seats if each.team_id in teams}
    return frozenset({payee, *beside, *people.people_below(work, payee, period)})


def _check_own(own: Inputs, payee: int, change: Change, on_statement: set[str]) -> None:
    if change.what in {Changed.QUOTA, Changed.DEAL}:
        return
    held = {each.transaction for each in (*own.shares, *own.named) if each.person_id == payee}
    if change.transaction not in held | on_statement:
        raise InvalidInput(
            "compensation.form_has_errors", [Problem("transaction", "compensation.problem.deal_not_there")]
        )


def _components(plans: Sequence[InForce], inputs: Inputs, payee: int) -> dict[tuple[str, str], ComponentOutcome]:
    found = (each for each in calculate(plans, inputs).payees() if each.payee_id == payee)
    return {(part.plan_code, part.component): part for each in found for part in each.components}


def _counted(
    key: tuple[str, str], before: ComponentOutcome | None, after: ComponentOutcome | None, inputs: Inputs
) -> Counted:
    said = before or after
    name = {} if said is None else dict(said.derivation.get("name", {}))
    earned = [Money.from_minor(0 if each is None else each.earned, inputs.currency) for each in (before, after)]
    return Counted(key[1], name, earned[0], earned[1])
