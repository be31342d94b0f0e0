"""A dispute from its question to its end: whose turn it is, what may be said, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from spm_app.compensation import tasks
from spm_app.compensation.domain.counter import Change, Changed
from spm_app.compensation.domain.deadlines import Policy
from spm_app.compensation.domain.life import DisputeState
from spm_app.compensation.service import adjustments, counters, dispute_desk, disputes, periods, runs, statements
from spm_app.compensation.service.statements import LineQuery
from spm_app.infra import clock, handout, jobs, rounds
from spm_app.infra import files as kept
from spm_app.infra.db import reading
from spm_app.infra.settings import settings
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import NewAccount
from tests.compensation.office import QUARTER

if TYPE_CHECKING:
    from spm_app.kernel.ids import DisputeId
    from tests.compensation.office import Office

PDF = b"%PDF-1.4 a contract"


@pytest.fixture
def mine(office: Office) -> int:
    """The rep's statement."""
    runs.calculate_period(office.admin, QUARTER)
    (head,) = statements.statements(office.staff.rep, own=True)
    return head.statement.id


@pytest.fixture
def asked(office: Office, mine: int) -> DisputeId:
    """Raised by the rep."""
    return disputes.raise_dispute(office.staff.rep, mine, "rate", "Why?")


def reachable(office: Office) -> None:
    """The rep and the manager have an address."""
    for actor in (office.staff.rep, office.staff.manager):
        with reading() as work:
            known = people.person(work, actor.person_id)
        people.change_person(office.admin, replace(known, email=f"{actor.person_id}@prova.example"))


def letters() -> list[bytes]:
    """What has been sent."""
    return [each.read_bytes() for each in (settings().home / "outbox").iterdir()]


def state_of(office: Office, asked: DisputeId) -> DisputeState:
    return disputes.dispute(office.admin, asked).dispute.state


def test_the_payee_is_asked_back_and_the_word_goes_where_it_was_wanted(office: Office, asked: DisputeId) -> None:
    rep, manager = office.staff.rep, office.staff.manager
    disputes.ask_back(manager, asked, "Which deal?")
    waiting = disputes.dispute(rep, asked)
    assert (waiting.dispute.state, waiting.dispute.due_on) == (DisputeState.NEEDS_INFORMATION, None)
    assert set(disputes.steps(rep, waiting.dispute)) == {DisputeState.WITH_MANAGER, DisputeState.WITHDRAWN}
    assert disputes.steps(manager, waiting.dispute) == (DisputeState.WITH_MANAGER,)

    disputes.comment(rep, asked, "D1")
    assert state_of(office, asked) is DisputeState.WITH_MANAGER
    assert [each.text for each in disputes.dispute(rep, asked).remarks] == ["Why?", "Which deal?", "D1"]

    disputes.forward(manager, asked, "Look")
    disputes.ask_back(office.admin, asked, "And the contract?")
    with pytest.raises(NotAllowed):
        disputes.forward(manager, asked, "Mine")
    disputes.comment(rep, asked, "Here")
    assert state_of(office, asked) is DisputeState.WITH_COMPENSATION


def test_a_rejection_is_appealed_once(office: Office, asked: DisputeId) -> None:
    rep = office.staff.rep
    disputes.reject(office.staff.manager, asked, "It is right")
    with pytest.raises(NotAllowed):
        disputes.forward(office.admin, asked, "Not mine to appeal")
    disputes.forward(rep, asked, "It is not")
    found = disputes.dispute(rep, asked).dispute
    assert (found.state, found.appealed, found.closed_at) == (DisputeState.WITH_COMPENSATION, True, None)
    with pytest.raises(NotAllowed):
        disputes.reject(office.staff.manager, asked, "Again")
    disputes.reject(office.admin, asked, "It is")
    with pytest.raises(Conflict, match="appealed"):
        disputes.forward(rep, asked, "No!")


def test_comments_are_for_the_parties_and_open_disputes(office: Office, asked: DisputeId) -> None:
    auditor = Actor(office.finance.person_id, "Aud", frozenset({Role.AUDITOR}))
    disputes.comment(office.staff.manager, asked, "I look at it")
    assert state_of(office, asked) is DisputeState.WITH_MANAGER
    for nobody in (auditor, office.finance):
        with pytest.raises(NotAllowed):
            disputes.comment(nobody, asked, "Hm")
    with pytest.raises(NotFound):
        disputes.comment(office.staff.other, asked, "Hm")
    with pytest.raises(InvalidInput):
        disputes.comment(office.staff.rep, asked, " ")
    disputes.withdraw(office.staff.rep, asked, "Clear now")
    with pytest.raises(NotAllowed):
        disputes.comment(office.staff.rep, asked, "One more")


def test_a_counter_calculation_is_the_engine_s_and_travels_with_the_question(office: Office, mine: int) -> None:
    rep = office.staff.rep
    (share,) = [each for each in statements.lines(rep, mine, LineQuery())[0] if each.transaction == "D2"]
    change = Change(Changed.SHARE, "D2", share=1_000_000)
    counted = counters.counted(rep, mine, change)
    before = statements.statement(rep, mine).head.statement.earned
    assert (counted.paid, counted.difference) == (before, share.amount)
    assert [(each.component, each.name["it"]) for each in counted.parts] == [("sales", "Vendite")]

    asked = disputes.raise_dispute(rep, mine, "split", "It is all mine", share.id, change=change)
    for reader in (rep, office.staff.manager, office.admin):
        assert disputes.dispute(reader, asked).counter == counted
    assert statements.statement(rep, mine).head.statement.earned == before

    disputes.forward(office.staff.manager, asked, "True")
    line = disputes.accept(office.admin, asked, "Agreed", QUARTER, counted.difference)
    adjustments.decide(office.finance, line, approved=True)
    assert statements.statement(rep, mine).head.due == counted.asked
    assert [each.amount for each in disputes.dispute(rep, asked).lines] == [counted.difference]


def test_every_input_may_be_changed_and_nobody_learns_of_another_s_deal(office: Office, mine: int) -> None:
    rep = office.staff.rep
    more = counters.counted(rep, mine, Change(Changed.AMOUNT, "D1", amount=Money.of("2000")))
    gone = counters.counted(rep, mine, Change(Changed.DAY, "D1", day=date(2027, 1, 1)))
    found = counters.counted(rep, mine, Change(Changed.DEAL, amount=Money.of("100"), day=date(2026, 10, 2)))
    easier = counters.counted(rep, mine, Change(Changed.QUOTA, amount=Money.of("10")))
    same = counters.counted(rep, mine, Change(Changed.PRODUCT, "D1", product="ZZZ"))
    nothing = Money.of("0")
    assert all(each.difference > nothing for each in (more, found, easier))
    assert gone.difference < nothing
    assert (same.difference, same.parts) == (nothing, ())
    for name in ("L1", "nope"):
        with pytest.raises(InvalidInput):
            counters.counted(rep, mine, Change(Changed.SHARE, name, share=1_000_000))
    with pytest.raises(NotFound):
        counters.counted(office.staff.other, mine, Change(Changed.QUOTA, amount=Money.of("1")))


def test_files_are_checked_and_taken_by_who_may_read_the_dispute(office: Office, asked: DisputeId) -> None:
    rep = office.staff.rep
    file_id = dispute_desk.attach(rep, asked, "../contract.pdf", PDF)
    (shown,) = disputes.dispute(office.staff.manager, asked).files
    assert (shown.name, shown.size, shown.media_type) == ("contract.pdf", len(PDF), "application/pdf")

    link = dispute_desk.fetch(office.staff.manager, asked, file_id)
    token = link.rpartition("/")[2]
    assert kept.read(handout.opened(token, office.staff.manager.person_id).content) == PDF
    with pytest.raises(NotFound):
        handout.opened(token, office.staff.other.person_id)
    with pytest.raises(NotFound):
        dispute_desk.fetch(office.staff.other, asked, file_id)
    with pytest.raises(NotFound):
        dispute_desk.fetch(rep, asked, file_id + 1)
    with pytest.raises(NotAllowed):
        dispute_desk.attach(office.finance, asked, "a.pdf", PDF)
    for name, content in (("a.html", b"<b>"), ("a.pdf", b"<b>"), ("a.txt", b"x" * (5 * 1024 * 1024 + 1))):
        with pytest.raises(InvalidInput):
            dispute_desk.attach(rep, asked, name, content)
    for _ in range(9):
        dispute_desk.attach(rep, asked, "a.txt", b"x")
    with pytest.raises(InvalidInput, match="too_many"):
        dispute_desk.attach(rep, asked, "a.txt", b"x")


def test_a_file_belongs_to_its_dispute(office: Office, mine: int, asked: DisputeId) -> None:
    file_id = dispute_desk.attach(office.staff.rep, asked, "a.pdf", PDF)
    second = disputes.raise_dispute(office.staff.rep, mine, "other", "And this?")
    with pytest.raises(NotFound):
        dispute_desk.fetch(office.staff.rep, second, file_id)


def test_days_are_working_days_and_late_ones_are_reminded_of_once_a_day(office: Office, asked: DisputeId) -> None:
    reachable(office)
    jobs.run_pending()
    assert disputes.dispute(office.admin, asked).dispute.due_on == date(2026, 11, 19)
    later = clock.now() + timedelta(days=10)
    with clock.at(later):
        assert disputes.dispute(office.admin, asked).is_overdue
        assert [each.is_overdue for each in disputes.disputes(office.staff.manager)] == [True]
        rounds.make(now=True)
        tasks.remind()
        assert jobs.run_pending() == 1
    with clock.at(later + timedelta(days=1)):
        tasks.remind()
        assert jobs.run_pending() == 1
    assert sum(b"overdue" in each for each in letters()) == 2


def test_letters_lead_to_the_page_and_name_no_amount(office: Office, asked: DisputeId) -> None:
    reachable(office)
    disputes.forward(office.staff.manager, asked, "Look")
    jobs.run_pending()
    assert len(letters()) == 2
    assert all(f"/disputes/{asked}".encode() in each for each in letters())
    assert not any(b"EUR" in each or b"Why?" in each or b"Look" in each for each in letters())


def test_a_dispute_is_given_to_who_can_answer_it(office: Office, asked: DisputeId) -> None:
    root = Actor(office.admin.person_id, "Root", frozenset(Role))
    for name, who in (("mara", office.staff.manager), ("olga", office.staff.other)):
        new = NewAccount(name, "plenty of words 77", frozenset({Role.MANAGER}))
        people.create_account(root, who.person_id, new)
    able = {each.person_id for each in dispute_desk.able(office.admin, asked)}
    assert office.staff.manager.person_id in able
    assert office.staff.other.person_id not in able
    dispute_desk.assign(office.admin, asked, office.staff.manager.person_id)
    assert disputes.dispute(office.admin, asked).assignee
    with pytest.raises(Conflict):
        dispute_desk.assign(office.admin, asked, office.staff.other.person_id)
    with pytest.raises(NotAllowed):
        dispute_desk.assign(office.staff.manager, asked, office.staff.manager.person_id)
    disputes.forward(office.staff.manager, asked, "Up")
    assert disputes.dispute(office.admin, asked).assignee == ""


def test_open_disputes_hold_a_period_back_where_the_company_says_so(office: Office, asked: DisputeId) -> None:
    with pytest.raises(InvalidInput):
        dispute_desk.set_policy(office.admin, Policy(0, 99))
    with pytest.raises(NotAllowed):
        dispute_desk.set_policy(office.finance, Policy())
    dispute_desk.set_policy(office.admin, Policy(2, 4, blocks=True))
    assert dispute_desk.policy(office.staff.rep) == Policy(2, 4, blocks=True)
    periods.approve(office.finance, QUARTER)
    with pytest.raises(Conflict, match="disputes_wait"):
        periods.finalise(office.controller, QUARTER)
    dispute_desk.set_policy(office.admin, Policy(2, 4))
    periods.finalise(office.controller, QUARTER)
    assert state_of(office, asked) is DisputeState.WITH_MANAGER


def test_statistics_count_what_was_asked_and_how_it_ended(office: Office, mine: int, asked: DisputeId) -> None:
    rep = office.staff.rep
    line = statements.lines(rep, mine, LineQuery())[0][0]
    second = disputes.raise_dispute(rep, mine, "split", "And this?", line.id)
    with clock.at(datetime(2026, 11, 17, 9, tzinfo=UTC)):
        disputes.reject(office.admin, second, "No")
    found = dispute_desk.statistics(office.finance)
    assert (found.whole.asked, found.whole.open, found.overdue) == (2, 1, 0)
    assert {each.name for each in found.by_reason} == {"rate", "split"}
    assert {each.name for each in found.by_plan} == {"", "Sellers"}
    assert {each.name for each in found.by_component} == {"", line.component}
    assert found.per_hundred == Fraction(200, len(statements.statements(office.admin)))
    with pytest.raises(NotAllowed):
        dispute_desk.statistics(office.staff.manager)
    assert asked
