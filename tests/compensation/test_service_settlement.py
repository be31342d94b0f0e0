"""From earned to paid in the application: what a run keeps, what the next period begins with, and who may change it."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from spm_app.compensation.domain.settle.values import Happened
from spm_app.compensation.service import adjustments, facts, late, periods, plans, runs, statements
from spm_app.compensation.service.adjustments import Proposal
from spm_app.compensation.service.payable import payable
from spm_app.compensation.state.pay_facts import EventsState, RatesState
from spm_app.compensation.state.runs import RunState
from spm_app.compensation.state.settlement import SettlementState
from spm_app.compensation.store import periods as pay_periods
from spm_app.compensation.store import plans as store
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.money import Money
from spm_app.people import service as people
from tests.compensation.office import PLAN, QUARTER, Office
from tests.compensation.plans import changed
from tests.training.screen import Screen

#: The last line of the sellers' component.
TOP = "        - {from: 100 %, rate: 8 %}\n"


def paid(office: Office, code: str = QUARTER) -> dict[str, str]:
    """What everybody is paid, by name."""
    return {each.statement.payee_name: str(each.due.amount) for each in statements.statements(office.finance, code)}


def renew(office: Office, old: str, new: str) -> None:
    """A newer version of the plan with one thing changed, in force."""
    with reading() as work:
        plan_id = store.plan_with_code(work, "sellers")
    version = plans.save_draft(office.admin, changed(old, new, PLAN), plan_id=plan_id)
    plans.propose(office.admin, version)
    plans.approve(office.finance, version)
    plans.publish(office.admin, version)


@pytest.fixture
def gated(office: Office) -> Office:
    """The office whose sellers are paid when their customers pay."""
    renew(office, TOP, f"{TOP}    payment: {{when: paid}}\n")
    return office


def test_without_terms_what_is_earned_is_paid(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    (own,) = [
        each for each in statements.statements(office.finance, QUARTER) if each.statement.payee_name == "Rino Rep"
    ]
    assert own.due == own.statement.earned
    view = statements.statement(office.finance, own.statement.id)
    assert view.settlement is not None
    assert [each.kind.value for _, each in view.settlement.entries] == ["earned", "earned"]
    assert view.settlement.balances == ()


def test_what_waits_is_paid_once_finance_says_that_the_customer_did(gated: Office) -> None:
    first = runs.calculate_period(gated.admin, QUARTER)
    assert paid(gated)["Rino Rep"] == "0.00"
    facts.enter_events(gated.finance, b"transaction,event,day,amount\nD1,paid,2026-12-01,500\n")
    second = runs.calculate_period(gated.admin, QUARTER)
    assert (first.is_new, second.is_new) == (True, True)
    assert paid(gated)["Rino Rep"] == "30.32"
    assert not runs.calculate_period(gated.admin, QUARTER).is_new
    with reading() as work:
        period = people.company(work).calendar.parse(QUARTER)
        assert {str(each) for each in statements.earned(work, period).values()} >= {"30.32 EUR"}


def test_the_next_period_begins_with_what_this_one_left(gated: Office) -> None:
    """D1 earns 60.64 in the fourth quarter and half of D2 24; the customers pay in January, and so does the company."""
    runs.calculate_period(gated.admin, QUARTER)
    facts.enter_events(gated.finance, b"transaction,event,day\nD1,paid,2027-01-10\nD2,paid,2027-01-11\n")
    runs.calculate_period(gated.admin, "2027-Q1")
    assert paid(gated, "2027-Q1")["Rino Rep"] == "84.64"
    view = periods.period(gated.finance, "2027-Q1")
    assert view.run is not None
    assert view.run.log[0]["opening"] == QUARTER
    assert view.run.log[0]["opening_final"] is False
    _finalise_needs_the_one_before(gated)


def _finalise_needs_the_one_before(office: Office) -> None:
    periods.approve(office.finance, "2027-Q1")
    with pytest.raises(Conflict, match="opening_not_final"):
        periods.finalise(office.controller, "2027-Q1")
    periods.approve(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)
    periods.finalise(office.controller, "2027-Q1")


def test_a_period_whose_opening_was_calculated_again_is_calculated_again_too(gated: Office) -> None:
    runs.calculate_period(gated.admin, QUARTER)
    runs.calculate_period(gated.admin, "2027-Q1")
    facts.enter_events(gated.finance, b"transaction,event,day\nD1,paid,2026-12-10\n")
    runs.calculate_period(gated.admin, QUARTER)
    periods.approve(gated.finance, "2027-Q1")
    with pytest.raises(Conflict, match="opening_changed"):
        periods.finalise(gated.controller, "2027-Q1")


def test_a_cancelled_sale_of_a_final_period_is_taken_back_in_the_open_one(office: Office) -> None:
    renew(office, TOP, f"{TOP}    payment: {{clawback: {{kind: full, reduces_attainment: yes}}}}\n")
    runs.calculate_period(office.admin, QUARTER)
    before = paid(office)["Rino Rep"]
    periods.approve(office.finance, QUARTER)
    periods.finalise(office.controller, QUARTER)
    facts.enter_events(office.finance, b"transaction,event,day\nD1,cancelled,2027-02-01\n")
    runs.calculate_period(office.admin, "2027-Q1")
    (own,) = [
        each for each in statements.statements(office.finance, "2027-Q1") if each.statement.payee_name == "Rino Rep"
    ]
    view = statements.statement(office.finance, own.statement.id)
    assert view.settlement is not None
    assert {each.kind.value: each.amount for _, each in view.settlement.entries}["taken_back"] == -60_64
    assert {each.kind.value: each.amount for each in view.settlement.balances} == {"carried": 60_64}
    assert (before, str(own.due.amount)) == ("84.64", "0.00")
    assert late.differences(office.admin, QUARTER) == ()


def test_a_line_by_hand_is_part_of_the_order_once_calculated(gated: Office) -> None:
    runs.calculate_period(gated.admin, QUARTER)
    rep = gated.staff.rep.person_id
    line = adjustments.propose(gated.admin, Proposal(rep, QUARTER, Money.of("-10"), "correction", "typed twice"))
    adjustments.decide(gated.finance, line, approved=True)
    assert paid(gated)["Rino Rep"] == "-10.00"
    runs.calculate_period(gated.admin, QUARTER)
    assert paid(gated)["Rino Rep"] == "0.00"


def test_a_line_approved_since_needs_another_calculation_where_its_place_matters(gated: Office) -> None:
    runs.calculate_period(gated.admin, QUARTER)
    rep = gated.staff.rep.person_id
    line = adjustments.propose(gated.admin, Proposal(rep, QUARTER, Money.of("-10"), "correction", "typed twice"))
    adjustments.decide(gated.finance, line, approved=True)
    with pytest.raises(Conflict, match="adjustments_need_run"):
        periods.approve(gated.finance, QUARTER)


def test_rates_are_entered_from_a_file_and_the_last_word_counts(office: Office) -> None:
    assert facts.enter_rates(office.finance, b"day,from,to,rate,source\n2026-11-01,USD,EUR,0.9,ECB\n") == 1
    facts.enter_rates(office.finance, b"day,from,to,rate\n2026-11-01,USD,EUR,0.92\n")
    (rate,), count = facts.rates_page(office.finance)
    assert (float(rate.rate), count) == (0.92, 1)
    with pytest.raises(InvalidInput) as refused:
        facts.enter_rates(office.finance, b"day,from,to,rate\n2026-11-01,USD,EUR,0\n,USD,EUR,1\n")
    assert [each.at for each in refused.value.problems] == ["2", "3"]


def test_events_name_known_sales_and_can_be_withdrawn(office: Office) -> None:
    with pytest.raises(InvalidInput) as refused:
        facts.enter_events(
            office.finance, b"transaction,event,day,person\nX9,paid,2026-12-01,\nD1,paid,2026-12-01,Nobody\n"
        )
    assert [each.key for each in refused.value.problems] == ["compensation.facts.no_deal", "compensation.facts.nobody"]
    facts.enter_events(office.finance, b"transaction,event,day,person,share\nD1,release,2026-12-01,Rino Rep,50 %\n")
    (entered,), count = facts.events_page(office.finance, words="d1")
    assert (entered.event, count) == (
        Happened("D1", "release", date(2026, 12, 1), share=500_000, person_id=int(office.staff.rep.person_id)),
        1,
    )
    facts.withdraw(office.admin, entered.id)
    (entered,), _ = facts.events_page(office.finance)
    assert entered.withdrawn
    with pytest.raises(NotFound):
        facts.withdraw(office.admin, entered.id)


def test_only_compensation_and_finance_enter_facts_of_pay(office: Office) -> None:
    for stranger in (office.staff.rep, office.staff.manager):
        for ask in (
            lambda who: facts.enter_events(who, b""),
            lambda who: facts.enter_rates(who, b""),
            facts.events_page,
            facts.rates_page,
            lambda who: facts.withdraw(who, 1),
        ):
            with pytest.raises(NotAllowed):
                ask(stranger)


def test_nobody_sees_the_settlement_of_somebody_else(gated: Office) -> None:
    runs.calculate_period(gated.admin, QUARTER)
    theirs = next(
        each for each in statements.statements(gated.finance, QUARTER) if each.statement.payee_name == "Olga Other"
    )
    with pytest.raises(NotFound):
        statements.statement(gated.staff.rep, theirs.statement.id)


def test_a_final_settlement_takes_nothing_back_and_nothing_more(gated: Office) -> None:
    runs.calculate_period(gated.admin, QUARTER)
    periods.approve(gated.finance, QUARTER)
    periods.finalise(gated.controller, QUARTER)
    for spoiled in (
        "UPDATE settlement SET paid_minor = 1",
        "DELETE FROM settlement_entry",
        "UPDATE settlement_balance SET amount_minor = 0",
        "INSERT INTO settlement (statement_id, paid_minor, pay_currency, pay_minor, rate) VALUES (1, 1, 'EUR', 1, '1')",
    ):
        with pytest.raises(DBAPIError, match=r"finalised|append-only"), unit_of_work() as work:
            work.session.execute(text(spoiled))


def test_a_statement_shows_its_steps_what_is_open_and_why(gated: Office) -> None:
    facts.enter_events(gated.finance, b"transaction,event,day,amount\nD1,paid,2026-12-01,500\n")
    runs.calculate_period(gated.admin, QUARTER)
    own = next(each for each in statements.statements(gated.staff.rep, own=True))
    screen = Screen(gated.staff.rep, f"/statements/{own.statement.id}")

    async def shown() -> tuple[list[str], list[str], list[dict[str, str]]]:
        state = await screen.run(SettlementState.load)
        steps = [f"{each['kind']} {each['amount']}" for each in state.steps]
        kept = [f"{each['label']}: {each['amount']}, {each['when']}" for each in state.kept]
        state = await screen.run(SettlementState.show_kind, "waits", 1)
        return steps, kept, state.parts

    steps, kept, parts = asyncio.run(shown())
    assert steps == ["earned €84.64", "waits −€54.32"]
    assert kept == ["Earned, not paid yet: €54.32, Paid when the customer pays"]
    assert [each["about"] for each in parts] == ["D1 · sales", "D2 · sales"]
    assert parts[0]["said"] == (
        "The sale earned €60.64, paid when the customer pays. 50% has been received: €30.32 waits."
    )


def test_where_everything_is_paid_there_is_nothing_to_show(office: Office) -> None:
    runs.calculate_period(office.admin, QUARTER)
    own = next(each for each in statements.statements(office.staff.rep, own=True))

    async def shown(address: str) -> tuple[int, int]:
        state = await Screen(office.staff.rep, address).run(SettlementState.load)
        return len(state.steps), len(state.kept)

    assert asyncio.run(shown(f"/statements/{own.statement.id}")) == (0, 0)
    assert asyncio.run(shown("/statements/9999")) == (0, 0)


class Upload:
    """A file as the browser sends it."""

    name = "rows.csv"

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def read(self) -> bytes:
        """Its bytes."""
        return self._content


def test_finance_drops_files_of_rates_and_events_and_takes_an_event_back(office: Office) -> None:
    rates, events = Screen(office.finance, "/settings/rates"), Screen(office.finance, "/settings/events")

    async def told() -> None:
        state = await rates.run(RatesState.take, [Upload(b"day,from,to,rate\n2026-11-01,USD,EUR,0.9\n")])
        assert (state.said, state.wrong) == ("One row was entered.", [])
        state = await rates.run(RatesState.take, [Upload(b"day,from,to,rate\n2026-11-01,USD,EUR,-1\n")])
        assert (state.said, len(state.wrong)) == ("", 1)
        state = await events.run(EventsState.take, [Upload(b"transaction,event,day\nD1,cancelled,2026-12-01\n")])
        assert state.said == "One row was entered."
        (row,), _ = facts.events_page(office.finance)
        await events.run(EventsState.open_row, row.id)
        await events.run(EventsState.withdraw)

    asyncio.run(told())
    assert [each.withdrawn for each in facts.events_page(office.finance)[0]] == [True]


def test_the_page_of_a_run_says_whose_balances_it_began_with(gated: Office) -> None:
    runs.calculate_period(gated.admin, QUARTER)
    facts.enter_events(gated.finance, b"transaction,event,day\nD1,paid,2027-01-10\n")
    runs.calculate_period(gated.admin, "2027-Q1")

    async def said() -> list[str]:
        return (await Screen(gated.finance, "/runs/2027-Q1").run(RunState.load)).left_out

    assert any("began with the balances of Q4 2026" in each for each in asyncio.run(said()))


def test_payroll_is_told_what_is_paid_and_not_what_is_earned(gated: Office) -> None:
    facts.enter_events(gated.finance, b"transaction,event,day,amount\nD1,paid,2026-12-01,500\n")
    runs.calculate_period(gated.admin, QUARTER)
    rep = gated.staff.rep.person_id
    line = adjustments.propose(gated.admin, Proposal(rep, QUARTER, Money.of("10"), "correction", "forgotten"))
    adjustments.decide(gated.finance, line, approved=True)

    def told() -> dict[str, str]:
        with reading() as work:
            pay = pay_periods.find(work, QUARTER)
            assert pay is not None
            return {each.component: str(each.amount) for each in payable(work, pay) if each.payee_id == rep}

    assert told() == {"sales": "30.32 EUR", "adjustment": "10.00 EUR"}
    runs.calculate_period(gated.admin, QUARTER)
    assert told() == {"sales": "30.32 EUR", "adjustment": "10.00 EUR"}
