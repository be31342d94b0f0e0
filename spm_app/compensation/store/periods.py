"""Pay periods, runs and the one pointer at the results that count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from spm_app.compensation.domain.life import PeriodState
from spm_app.compensation.domain.records import PayPeriod, Review, Run
from spm_app.compensation.tables import PayPeriodRow, ReviewRow, RunRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId, PlanVersionId, RunId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import Period

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from spm_app.infra.db import Work


def all_periods(work: Work) -> tuple[PayPeriod, ...]:
    """Every period that was ever calculated, newest first."""
    return tuple(_period(row) for row in work.session.scalars(select(PayPeriodRow).order_by(PayPeriodRow.start.desc())))


def find(work: Work, code: str, *, hold: bool = False) -> PayPeriod | None:
    """The period of that code, or None when nothing was calculated for it yet.

    `hold` keeps others from taking a step with it until the transaction ends.
    """
    row = work.session.get(PayPeriodRow, code, with_for_update=hold or None)
    return None if row is None else _period(row)


def opened(work: Work, period: Period) -> PayPeriod:
    """The period, entered as open if it was not known, and held until the transaction ends."""
    row = work.session.get(PayPeriodRow, period.code, with_for_update=True)
    if row is None:
        row = PayPeriodRow(code=period.code, start=period.start, end=period.end, state=PeriodState.OPEN.value)
        work.session.add(row)
        work.session.flush()
    return _period(row)


def point_at(work: Work, code: str, run_id: RunId) -> None:
    """From now on these results count; an approval of earlier ones is gone."""
    row = work.session.get_one(PayPeriodRow, code)
    row.run_id, row.state = run_id, PeriodState.CALCULATED.value
    row.approver_id = row.approved_at = None


def take_approval_back(work: Work, code: str) -> None:
    """The results still count, and wait for approval again."""
    row = work.session.get_one(PayPeriodRow, code)
    row.state, row.approver_id, row.approved_at = PeriodState.CALCULATED.value, None, None


def set_approved(work: Work, code: str, approver: PersonId, at: datetime) -> None:
    """The current run is approved."""
    row = work.session.get_one(PayPeriodRow, code)
    row.state, row.approver_id, row.approved_at = PeriodState.APPROVED.value, approver, at


def set_finalised(work: Work, code: str, by: PersonId, at: datetime) -> None:
    """Nothing of this period changes any more; the database sees to it."""
    row = work.session.get_one(PayPeriodRow, code)
    row.state, row.finaliser_id, row.finalised_at = PeriodState.FINALISED.value, by, at


def add_run(work: Work, run: Run) -> RunId:
    """Keep a run; the id of the value given is ignored."""
    row = RunRow(
        period_code=run.period_code,
        starter_id=run.starter_id,
        started_at=run.started_at,
        digest=run.digest,
        currency=run.total.currency.code,
        total_minor=run.total.minor,
        payees=run.payees,
        lines=run.lines,
        versions=list(run.versions),
        log=[dict(each) for each in run.log],
    )
    work.session.add(row)
    work.session.flush()
    return RunId(row.id)


def run(work: Work, run_id: RunId) -> Run:
    """One run. Raises NotFound."""
    row = work.session.get(RunRow, run_id)
    if row is None:
        raise NotFound("compensation.run_unknown")
    return _run(row)


def codes_of_runs(work: Work, ids: Collection[int]) -> dict[int, str]:
    """The period of each of these runs, by its code."""
    query = select(RunRow.id, RunRow.period_code).where(RunRow.id.in_(ids))
    return dict(work.session.execute(query).all())


def runs_of(work: Work, code: str) -> tuple[Run, ...]:
    """Every run of a period, newest first."""
    query = select(RunRow).where(RunRow.period_code == code).order_by(RunRow.id.desc())
    return tuple(_run(row) for row in work.session.scalars(query))


def add_review(work: Work, review: Review) -> None:
    """A manager's word on a run; a second word replaces the first."""
    query = select(ReviewRow).where(ReviewRow.run_id == review.run_id, ReviewRow.reviewer_id == review.reviewer_id)
    row = work.session.scalar(query) or ReviewRow(run_id=review.run_id, reviewer_id=review.reviewer_id)
    row.at, row.agreed, row.remark = review.at, review.agreed, review.remark
    work.session.add(row)


def reviews_of(work: Work, run_id: RunId) -> tuple[Review, ...]:
    """What managers said of a run, in order."""
    query = select(ReviewRow).where(ReviewRow.run_id == run_id).order_by(ReviewRow.at, ReviewRow.id)
    return tuple(
        Review(RunId(row.run_id), PersonId(row.reviewer_id), row.at, row.agreed, row.remark)
        for row in work.session.scalars(query)
    )


def _period(row: PayPeriodRow) -> PayPeriod:
    return PayPeriod(
        period=Period(row.start, row.end, row.code),
        state=PeriodState(row.state),
        run_id=None if row.run_id is None else RunId(row.run_id),
        approver_id=None if row.approver_id is None else PersonId(row.approver_id),
        approved_at=row.approved_at,
        finaliser_id=None if row.finaliser_id is None else PersonId(row.finaliser_id),
        finalised_at=row.finalised_at,
    )


def _run(row: RunRow) -> Run:
    return Run(
        id=RunId(row.id),
        period_code=row.period_code,
        starter_id=PersonId(row.starter_id),
        started_at=row.started_at,
        digest=row.digest,
        total=Money.from_minor(row.total_minor, Currency(row.currency)),
        payees=row.payees,
        lines=row.lines,
        versions=tuple(PlanVersionId(each) for each in row.versions),
        log=tuple(row.log),
    )
