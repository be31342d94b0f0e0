"""Paydays at Brezza: three quarters calculated, reviewed, approved and final, one that runs, and a few questions."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from spm_app.compensation.domain.counter import Change, Changed
from spm_app.compensation.domain.payroll.template import Template, read_columns
from spm_app.compensation.service import adjustments, dispute_desk, disputes, payroll, periods, runs, statements
from spm_app.compensation.service.statements import LineQuery
from spm_app.demo.company import EUR
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role

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


_PROOF = "Conferma d'ordine\nFirmata dal cliente l'ultimo giorno del trimestre.\n"
#: What else was asked about the last quarter, and how far each of these is.
_MORE = (
    ("credit", "Il credito di questa trattativa è più basso dell'ordine firmato.", "with_compensation"),
    ("quota", "La quota tiene conto del mese di assenza?", "needs_information"),
    ("other", "Perché l'importo è cambiato rispetto alla bozza?", "withdrawn"),
)
_SHAPES = (
    Template(
        "Paghe Italia",
        read_columns("number | Matricola\nname | Nominativo\ncode | Voce\namount | Importo\nlast_day | Competenza"),
        encoding="cp1252",
        codes={"adjustment": "0490", "*": "0410"},
    ),
    Template(
        "Tracciato fisso",
        read_columns('"R1" | | 2\nnumber | | 10 | 0\ncode | | 4\namount | | 12 | 0\nlast_day | | 8'),
        separator="fixed",
        decimal="none",
        days="%Y%m%d",
        has_heading=False,
        codes={"adjustment": "0490", "*": "0410"},
    ),
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
    last = paid[-1]
    diary.on(last.end + timedelta(days=13), partial(_ask_more, office, last))
    diary.on(last.end + timedelta(days=14), partial(_pay, office, last.code))
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
    change = _counted(lines[0].transaction, at) if lines else None
    dispute_id = disputes.raise_dispute(rep, own[0].statement.id, reason, question, line_id, change=change)
    dispute_desk.attach(rep, dispute_id, "conferma-ordine.txt", _PROOF.encode())
    if answer:
        disputes.forward(office.guide(Role.MANAGER), dispute_id, "Da verificare.")
        _answer(office, dispute_id, answer, accepted=at == 0)


def _counted(transaction: str, at: int) -> Change:
    """What the rep would have been paid: a higher amount first, then an easier quota, then a deal that is missing."""
    return (
        Change(Changed.AMOUNT, transaction, amount=Money.of("48000.00", EUR)),
        Change(Changed.QUOTA, amount=Money.of("90000.00", EUR)),
        Change(Changed.AMOUNT, transaction, amount=Money.of("61500.00", EUR)),
    )[at]


def _answer(office: Office, dispute_id: DisputeId, answer: str, *, accepted: bool) -> None:
    admin = office.guide(Role.COMP_ADMIN)
    if not accepted:
        disputes.reject(admin, dispute_id, answer)
        return
    adjustment_id = disputes.accept(admin, dispute_id, answer, office.company.quarters[1].code, Money.of("180.00", EUR))
    adjustments.decide(office.guide(Role.FINANCE), adjustment_id, approved=True)


def _ask_more(office: Office, quarter: Period) -> None:
    """Others below the same manager ask too: one waits for compensation, one for a word, one is taken back."""
    manager, admin = office.guide(Role.MANAGER), office.guide(Role.COMP_ADMIN)
    below = [
        each for each in statements.statements(manager, quarter.code) if each.statement.payee_id != manager.person_id
    ]
    rep = office.guide(Role.REP)
    others = [each.statement for each in below if each.statement.payee_id != rep.person_id]
    for (reason, question, end), statement in zip(_MORE, others, strict=False):
        payee = Actor(statement.payee_id, statement.payee_name, frozenset({Role.REP}), rep.language)
        dispute_id = disputes.raise_dispute(payee, statement.id, reason, question)
        if end == "withdrawn":
            disputes.withdraw(payee, dispute_id, "Chiarito a voce, grazie.")
            continue
        disputes.forward(manager, dispute_id, "Mi sembra fondata, potete verificare?")
        if end == "needs_information":
            disputes.ask_back(admin, dispute_id, "In quali giorni eri assente?")


def _pay(office: Office, code: str) -> None:
    """Finance keeps two shapes of file; the quarter leaves in the first, approved by the colleague."""
    finance = office.guide(Role.FINANCE)
    first, _ = (payroll.save_template(finance, each) for each in _SHAPES)
    found = (office.actor(each.key) for each in office.company.staff if Role.FINANCE in each.roles)
    other = next(each for each in found if each.person_id != finance.person_id)
    payroll.decide(other, payroll.export(finance, code, first), approved=True)
