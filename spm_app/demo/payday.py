"""Paydays at Brezza: three quarters calculated, reviewed, approved and final, one that runs, and a few questions."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from spm_app.compensation.service import adjustments, disputes, periods, runs, statements
from spm_app.compensation.service.statements import LineQuery
from spm_app.demo.company import EUR
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Role

if TYPE_CHECKING:
    from spm_app.demo.diary import Diary
    from spm_app.demo.office import Office
    from spm_app.kernel.ids import DisputeId
    from spm_app.kernel.period import Period

#: What the rep asks about each quarter, oldest first: reason, words, and the answer that it got.
_QUESTIONS = (
    (
        "split",
        "Ho seguito questa trattativa da solo fino alla firma: perché non è interamente mia?",
        "Vero: la ripartizione era di una trattativa precedente. Integriamo la differenza.",
    ),
    (
        "rate",
        "Pensavo che questo contratto valesse l'aliquota superiore.",
        "L'aliquota superiore parte dal 100 % della quota, raggiunto solo più tardi nel trimestre.",
    ),
    ("missing_deal", "Manca il rinnovo firmato l'ultimo giorno del trimestre.", ""),
)


def note_paydays(diary: Diary, office: Office) -> None:
    """Note every step of every quarter on its day, and the questions after it."""
    *paid, present = office.company.quarters
    for at, quarter in enumerate(paid):
        code = quarter.code
        diary.on(quarter.end + timedelta(days=2), partial(_calculate, office, code))
        diary.on(quarter.end + timedelta(days=4), partial(_review, office, code))
        diary.on(quarter.end + timedelta(days=6), partial(_approve, office, code))
        diary.on(quarter.end + timedelta(days=8), partial(_finalise, office, code))
        diary.on(quarter.end + timedelta(days=11), partial(_ask, office, quarter, at))
    diary.on(office.company.today, partial(_calculate, office, present.code), hour=7)


def _calculate(office: Office, code: str) -> None:
    runs.calculate_period(office.guide(Role.COMP_ADMIN), code)


def _review(office: Office, code: str) -> None:
    periods.review_team(office.guide(Role.MANAGER), code, agreed=True, remark="")


def _approve(office: Office, code: str) -> None:
    periods.approve(office.guide(Role.FINANCE), code)


def _finalise(office: Office, code: str) -> None:
    """By the colleague of whoever approved."""
    approver = office.guide(Role.FINANCE)
    found = (office.actor(each.key) for each in office.company.staff if Role.FINANCE in each.roles)
    periods.finalise(next(each for each in found if each.person_id != approver.person_id), code)


def _ask(office: Office, quarter: Period, at: int) -> None:
    """The rep asks about the largest line; what was answered was answered the same day, with one left open."""
    rep, (reason, question, answer) = office.guide(Role.REP), _QUESTIONS[at]
    own = statements.statements(rep, quarter.code, own=True)
    if not own:
        return
    lines, _ = statements.lines(rep, own[0].statement.id, LineQuery(sort="amount", descending=True, limit=1))
    line_id = lines[0].id if lines else None
    dispute_id = disputes.raise_dispute(rep, own[0].statement.id, reason, question, line_id)
    if answer:
        disputes.forward(office.guide(Role.MANAGER), dispute_id, "Da verificare.")
        _answer(office, dispute_id, answer, accepted=at == 0)


def _answer(office: Office, dispute_id: DisputeId, answer: str, *, accepted: bool) -> None:
    admin = office.guide(Role.COMP_ADMIN)
    if not accepted:
        disputes.reject(admin, dispute_id, answer)
        return
    adjustment_id = disputes.accept(admin, dispute_id, answer, office.company.quarters[1].code, Money.of("180.00", EUR))
    adjustments.decide(office.guide(Role.FINANCE), adjustment_id, approved=True)
