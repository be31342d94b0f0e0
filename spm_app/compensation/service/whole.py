"""A statement with everything on it, for what is taken away: a document, a spreadsheet, a proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.explain import explain_component
from spm_app.compensation.service import statements
from spm_app.compensation.service.statements import LineQuery, StatementView
from spm_app.compensation.store import periods
from spm_app.infra.db import reading
from spm_app.people import service as people

if TYPE_CHECKING:
    from spm_app.compensation.domain.explain import Step
    from spm_app.compensation.domain.records import ComponentResult, Run, StatementLine
    from spm_app.kernel.rights import Actor

#: More lines than any statement has.
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Whole:
    """A statement's head and components, every line in its order, the run it is of, and the company's name."""

    view: StatementView
    lines: tuple[StatementLine, ...]
    run: Run
    company: str

    def lines_of(self, part: ComponentResult) -> tuple[StatementLine, ...]:
        """The lines of one component."""
        return tuple(each for each in self.lines if each.component_id == part.id)

    def steps_of(self, part: ComponentResult, language: str) -> tuple[Step, ...]:
        """How a component's earning came about."""
        return explain_component(part.derivation, part.earned.currency, language)


def whole(actor: Actor, statement_id: int) -> Whole:
    """Everything on a statement. Raises NotFound when it does not exist or is none of the actor's business."""
    view = statements.statement(actor, statement_id)
    lines, _ = statements.lines(actor, statement_id, LineQuery(limit=_ALL))
    with reading() as work:
        run = periods.run(work, view.head.statement.run_id)
        return Whole(view, lines, run, people.company(work).name)
