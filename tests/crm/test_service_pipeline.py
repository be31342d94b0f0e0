"""The pipeline of a past day is the one of that day: its stages, its amounts and its owners, not those of today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import event

from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Outcome, StageStep
from spm_app.infra import clock, db
from spm_app.infra.db import reading
from spm_app.kernel.money import Money
from tests.crm.builders import batch, deal, open_deal, owned

if TYPE_CHECKING:
    from spm_app.crm.domain.records import DealRecord
    from spm_app.crm.domain.sales import Sale
    from tests.crm.builders import Staff


def take(staff: Staff, day: date, *deals: DealRecord) -> int:
    """Import them at noon of that day."""
    with clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        return crm.load(staff.admin, batch(*deals), "test").import_id


def at(day: date) -> dict[str, Sale]:
    """By the source's id; asked with earlier and later days, which must not matter."""
    days = (day - timedelta(days=40), day, day + timedelta(days=40))
    with reading() as work:
        known = crm.sales_since(work, days[0])
        found = crm.pipelines_at(work, known, days)[day]
        assert found == crm.pipelines_at(work, known, [day])[day]
        names = {each.id: each.external_id for each in crm.deal_by_ids(work, [each.id for each in found])}
    return {names[each.id]: each for each in found}


def stages(day: date) -> dict[str, str]:
    return {name: each.stage for name, each in at(day).items()}


def test_a_deal_is_in_the_stage_of_the_day(staff: Staff) -> None:
    steps = (
        StageStep("Discovery", Outcome.OPEN, date(2026, 9, 1)),
        StageStep("Proposal", Outcome.OPEN, date(2026, 9, 20)),
        StageStep("Won", Outcome.WON, date(2026, 11, 3)),
    )
    take(staff, date(2026, 11, 10), deal("D1", history=steps))
    assert stages(date(2026, 8, 31)) == {}
    assert stages(date(2026, 9, 1)) == stages(date(2026, 9, 19)) == {"D1": "Discovery"}
    assert stages(date(2026, 9, 20)) == stages(date(2026, 11, 2)) == {"D1": "Proposal"}
    assert stages(date(2026, 11, 3)) == {}
    found = at(date(2026, 10, 1))["D1"]
    assert (found.outcome, found.closed_on) == (Outcome.OPEN, None)


def test_amount_owner_and_stage_are_those_that_stood_then(staff: Staff) -> None:
    rep, other = staff.rep.person_id, staff.other.person_id
    take(staff, date(2026, 9, 2), open_deal("O1", amount=Money.of("100"), owners=owned(rep)))
    take(staff, date(2026, 10, 5), open_deal("O1", amount=Money.of("200"), owners=owned(rep, other), stage="Offer"))
    take(staff, date(2026, 11, 4), deal("O1", amount=Money.of("300"), owners=owned(other)))
    september, october = at(date(2026, 9, 30))["O1"], at(date(2026, 10, 31))["O1"]
    assert (september.stage, september.minor, september.owners) == ("Proposal", 100_00, owned(rep))
    assert (october.stage, october.minor, october.owners) == ("Offer", 200_00, owned(rep, other))
    assert at(date(2026, 11, 3)) == {}


def test_what_is_taken_back_never_happened(staff: Staff) -> None:
    take(staff, date(2026, 9, 2), open_deal("O1", amount=Money.of("100")))
    wrong = take(staff, date(2026, 10, 5), open_deal("O1", amount=Money.of("900"), stage="Offer"))
    crm.undo(staff.admin, wrong)  # type: ignore[arg-type]
    assert at(date(2026, 9, 30))["O1"].minor == at(date(2026, 10, 31))["O1"].minor == 100_00
    assert stages(date(2026, 10, 31)) == {"O1": "Proposal"}


def test_a_stage_heard_of_later_is_not_that_of_the_day(staff: Staff) -> None:
    take(staff, date(2026, 11, 10), open_deal("O1"), deal("D1"), deal("L1", outcome=Outcome.LOST, stage="Lost"))
    assert stages(date(2026, 10, 1)) == {"O1": "", "D1": "", "L1": ""}
    assert stages(date(2026, 11, 10)) == {"O1": "Proposal"}


def test_a_source_that_tells_histories_is_believed_of_deals_in_their_first_stage(staff: Staff) -> None:
    first = StageStep("Discovery", Outcome.OPEN, date(2026, 9, 1))
    moved = open_deal("O1", history=(first, StageStep("Proposal", Outcome.OPEN, date(2026, 10, 5))))
    take(staff, date(2026, 11, 10), moved, open_deal("O2", stage="Discovery", history=(first,)))
    assert stages(date(2026, 9, 30)) == {"O1": "Discovery", "O2": "Discovery"}


def test_a_deal_without_first_day_is_there_from_when_it_was_heard_of(staff: Staff) -> None:
    take(staff, date(2026, 11, 10), open_deal("N1", opened_on=None))
    assert stages(date(2026, 11, 9)) == {}
    assert stages(date(2026, 11, 10)) == {"N1": "Proposal"}


def test_a_deal_that_closed_late_and_was_heard_of_later_still_is_closed(staff: Staff) -> None:
    take(staff, date(2026, 9, 2), open_deal("O1"))
    take(staff, date(2026, 11, 10), open_deal("O1", stage="Offer"))
    take(staff, date(2026, 11, 12), deal("O1"))
    assert stages(date(2026, 11, 2)) == {"O1": "Proposal"}
    assert stages(date(2026, 11, 11)) == {}


def test_a_day_ends_where_the_company_is(staff: Staff) -> None:
    with clock.at(datetime(2026, 9, 2, 12, tzinfo=UTC)):
        crm.load(staff.admin, batch(open_deal("O1", amount=Money.of("100"))), "test")
    with clock.at(datetime(2026, 9, 30, 22, 30, tzinfo=UTC)):  # half past midnight in Rome
        crm.load(staff.admin, batch(open_deal("O1", amount=Money.of("200"))), "test")
    assert at(date(2026, 9, 30))["O1"].minor == 100_00
    assert at(date(2026, 10, 1))["O1"].minor == 200_00


def test_today_is_what_is_open_and_few_queries_ask_for_all(staff: Staff) -> None:
    take(staff, date(2026, 11, 10), *(open_deal(f"O{n}", owners=owned(staff.rep.person_id)) for n in range(40)))
    days = [date(2026, 11, 10) + timedelta(days=each) for each in range(7)]
    said: list[str] = []
    with reading() as work:
        event.listen(db.engine(), "before_cursor_execute", lambda *told: said.append(told[2]))
        known = crm.sales_since(work, days[0])
        found = crm.pipelines_at(work, known, days)
        asked = [each.split("FROM")[1].split()[0] for each in said if each.startswith("SELECT")]
        assert asked == [
            "deal_owner",
            "deal",
            "company",
            "import_batch",
            "stage_event",
            "import_batch",
            "import_change",
        ]
        assert [found[each] for each in days] == [known] * 7
        assert [each.id for each in known] == [each.id for each in crm.open_deals(work)]
        assert crm.pipelines_at(work, known, []) == {}
