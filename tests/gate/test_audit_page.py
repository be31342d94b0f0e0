"""The page of the audit log: what was done in words, to whom by name, narrowed by act, person and day."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.gate import log, subjects
from spm_app.gate.auditing import AuditState
from spm_app.gate.log import Wanted
from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import NotAllowed, NotFound
from spm_app.kernel.ids import PersonId
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import SeatChange
from spm_app.ui.listing import Ask
from spm_app.ui.pages import Page
from spm_app.ui.session import SessionState
from tests.training.screen import Screen

if TYPE_CHECKING:
    from tests.people.builders import House

AUDITOR = Actor(PersonId(999), "Aldo Auditor", frozenset({Role.AUDITOR}))


@pytest.fixture(autouse=True)
def pages() -> None:
    """Two pages, one of which auditors may not open."""
    subjects.know(
        [
            Page("/people/[person_id]", "people.person", lambda: None),  # type: ignore[arg-type] # never drawn
            Page("/imports/[import_id]", "crm.imports", lambda: None, roles=(Role.COMP_ADMIN,)),  # type: ignore[arg-type] # never drawn
        ]
    )


async def opened(actor: Actor, address: str = "/settings/audit") -> Any:
    seen = Screen(actor, address)
    session = await seen._root.get_state(SessionState)
    session._actor, session.lang = actor, actor.language
    found = await seen._root.get_state(AuditState)
    await AuditState.load.fn(found)
    return found


def moved(house: House) -> None:
    """The rep goes to the boss's team, a day later than everything else."""
    with clock.at(clock.now() + timedelta(days=1)):
        change = SeatChange(house.senior, house.sales, house.boss.person_id, date(2026, 11, 1))
        people.move(house.office, house.rep.person_id, change)


def number_of(act: str) -> int:
    with reading() as work:
        return audit.page(work, act=act, size=1)[0].id


def test_acts_and_subjects_are_said_in_words(house: House) -> None:
    moved(house)
    first = asyncio.run(opened(AUDITOR)).rows[0]
    assert first["act"] == "Person moved"
    assert first["subject"] == "Remo Rep"
    assert first["href"] == f"/people/{house.rep.person_id}"
    assert first["code"] == f"person.moved person:{house.rep.person_id}"

    italian = asyncio.run(opened(replace(AUDITOR, language="it"))).rows[0]
    assert italian["act"] == "Persona spostata"


def test_an_act_that_no_program_says_any_more_shows_its_code(house: House) -> None:
    with unit_of_work() as work:
        audit.record(work, None, "person.painted", "cloud:7")
    first = asyncio.run(opened(AUDITOR)).rows[0]
    assert (first["act"], first["subject"], first["href"], first["who"]) == (
        "person.painted",
        "cloud 7",
        "",
        "the system",
    )


def test_nobody_gets_a_link_to_a_page_that_is_not_for_them(house: House) -> None:
    with unit_of_work() as work:
        audit.record(work, house.office, "crm.imported", "import:4", counts={})
        audit.record(work, house.office, "goal.created", "goal:4")
    rows = asyncio.run(opened(AUDITOR)).rows
    assert [(each["subject"], each["href"]) for each in rows[:2]] == [("Goal 4", ""), ("Import 4", "")]
    both = replace(AUDITOR, roles=frozenset({Role.AUDITOR, Role.COMP_ADMIN}))
    assert asyncio.run(opened(both)).rows[1]["href"] == "/imports/4"


def test_an_entry_opens_with_what_it_mentions_by_name(house: House) -> None:
    moved(house)

    async def story() -> None:
        page = await opened(AUDITOR)
        await AuditState.open_row.fn(page, number_of("person.moved"))
        assert page.is_open
        shown = {each["name"]: each["value"] for each in page.details}
        assert shown["From then on · Job title"] == "Job title Senior seller"
        assert shown["From then on · Team"] == "Team Sales"
        assert shown["From then on · Manager"] == "Bruno Boss"
        assert shown["From then on · From"] == "1 Nov 2026"
        assert page.changes == []
        await AuditState.set_open.fn(page, is_open=False)
        assert not page.is_open

    asyncio.run(story())


def test_an_entry_opens_with_what_was_before_and_after(house: House) -> None:
    with reading() as work:
        known = people.person(work, house.rep.person_id)
    people.change_person(house.office, replace(known, name="Remo Repo"))
    people.set_roles(house.root, house.rep.person_id, frozenset({Role.REP, Role.TRAINER}))

    async def story() -> None:
        page = await opened(AUDITOR)
        await AuditState.open_row.fn(page, number_of("person.changed"))
        assert page.changes == [{"name": "Name", "before": "Remo Rep", "after": "Remo Repo"}]
        await AuditState.open_row.fn(page, number_of("account.roles_set"))
        assert page.changes == [{"name": "Value", "before": "Seller", "after": "Seller, Trainer"}]

    asyncio.run(story())


def test_the_log_is_narrowed_by_act_person_and_day(house: House) -> None:
    moved(house)
    today, tomorrow = date(2026, 11, 16), date(2026, 11, 17)
    assert log.entries(AUDITOR, Wanted(act="person.moved", first_day=tomorrow)).total == 1
    assert log.entries(AUDITOR, Wanted(act="person.moved", last_day=today, by=int(house.root.person_id))).total == 3
    assert log.entries(AUDITOR, Wanted(first_day=tomorrow, last_day=date.max)).total == 1
    assert log.entries(AUDITOR, Wanted(last_day=today, by=int(house.office.person_id))).total == 0
    by_system = log.entries(AUDITOR, Wanted(by=audit.SYSTEM))
    assert {each.actor_name for each in by_system.entries} == {""}


def test_a_day_is_the_companys_day(house: House) -> None:
    with clock.at(datetime.fromisoformat("2026-12-01T00:30:00+01:00")):
        people.set_language(house.rep, "it")
    assert log.entries(AUDITOR, Wanted(first_day=date(2026, 12, 1))).total == 1
    assert log.entries(AUDITOR, Wanted(first_day=date(2026, 11, 30), last_day=date(2026, 11, 30))).total == 0


def test_the_address_narrows_and_nonsense_in_it_is_no_filter(house: House) -> None:
    moved(house)

    async def story() -> None:
        page = await opened(AUDITOR, f"/settings/audit?who={house.office.person_id}&from=2026-11-17&act=person.moved")
        assert page.total == 1
        assert {each["label"] for each in page.persons} >= {"Olga Office", "Rita Root", "the system"}
        assert {"value": "person.moved", "label": "Person moved"} in page.acts
        everything = await opened(AUDITOR, "/settings/audit?who=me&from=soon&to=")
        assert everything.total > 10
        await AuditState.verify.fn(page)
        assert page.is_whole

    asyncio.run(story())


def test_the_export_holds_every_detail(house: House) -> None:
    moved(house)

    async def story() -> None:
        page = await opened(AUDITOR)
        answer = page._rows_for(AUDITOR, Ask(size=5))
        assert '"from_day": "2026-11-01"' in str(answer.rows[0]["details"])

    asyncio.run(story())


def test_administrators_read_what_is_technical_and_nobody_else_reads_any(house: House) -> None:
    with unit_of_work() as work:
        audit.record(work, house.office, "run.approved", "run:1", period="2026-Q1")
    assert "run.approved" not in log.choices(house.root).acts
    assert "run.approved" in log.choices(AUDITOR).acts
    assert log.entries(house.root, Wanted(act="run.approved")).total == 0
    with pytest.raises(NotFound):
        log.entry(house.root, number_of("run.approved"))
    with pytest.raises(NotFound):
        log.entry(AUDITOR, 10_000)
    for ask in (log.choices, lambda actor: log.entries(actor, Wanted()), lambda actor: log.entry(actor, 1)):
        with pytest.raises(NotAllowed):
            ask(house.rep)
