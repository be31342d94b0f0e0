"""What the screens of crm hold for whom, and how the wizard goes from files to an import."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import reflex as rx

from spm_app.crm import service as crm
from spm_app.crm.domain.queries import DealQuery
from spm_app.crm.state.accounts import AccountsState, AccountState
from spm_app.crm.state.deals import DealsState, DealState
from spm_app.crm.state.finding import find_sales
from spm_app.crm.state.imports import ImportPageState, ImportsState, _refused_file
from spm_app.crm.state.trial import TrialState
from spm_app.crm.state.wizard import COLUMNS, PREVIEW, READING, WORDS, WizardState
from spm_app.infra import jobs
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed
from spm_app.people import service as people
from spm_app.ui import clocks
from spm_app.ui.session import SessionState
from tests.crm.builders import batch, deal, open_deal, owned
from tests.training.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from spm_app.kernel.rights import Actor
    from tests.crm.builders import Staff

FILE = b"deal_id;stage;amount;owner;close_date\nT1;Won;1.054,50;Rino Rep;13/11/2026\nT2;Open;;Ugo Nuovo;\n"


async def opened(actor: Actor, state: type[Any], address: str) -> Any:
    """The state of a page that this person has just opened."""
    return await shown(Screen(actor, address), state)


async def shown(seen: Screen, state: type[Any]) -> Any:
    session = await seen._root.get_state(SessionState)
    session._actor, session.lang = seen.actor, seen.actor.language
    found = await seen._root.get_state(state)
    await state.load.fn(found)
    return found


def play(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


@pytest.fixture
def filled(staff: Staff) -> Staff:
    rep, other = staff.rep.person_id, staff.other.person_id
    crm.load(
        staff.admin,
        batch(deal("D1", owners=owned(rep), extra={"Note": "hot"}), open_deal("O1", owners=owned(other))),
        "test",
    )
    return staff


def test_the_foot_sums_up_what_was_asked_for(filled: Staff) -> None:
    async def story() -> None:
        deals = await opened(filled.admin, DealsState, "/deals")
        assert [(each["label"], each["value"]) for each in deals.foot] == [("Won", "€1,000.00"), ("Open", "–")]
        pending = await opened(filled.admin, DealsState, "/deals?outcome=open")
        assert [each["value"] for each in pending.foot] == ["–", "–"]
        accounts = await opened(filled.admin, AccountsState, "/accounts")
        assert [(each["label"], each["value"]) for each in accounts.foot] == [
            ("Deals", "2"),
            ("Won", "€1,000.00"),
            ("Open", "–"),
        ]

    play(story())


def test_an_import_is_told_by_the_companys_clock(filled: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "_zones", [people.zone])

    async def story() -> None:
        listed = await opened(filled.admin, ImportsState, "/imports")
        one = await opened(filled.admin, ImportPageState, listed.rows[0]["href"])
        assert one.facts["at"] == "16 Nov 2026, 10:00"
        assert listed.rows[0]["at"] == "16 Nov 2026, 10:00"

    play(story())


def number_of(staff: Staff, external_id: str) -> int:
    rows = crm.deals_page(staff.admin, DealQuery()).rows
    return next(each.id for each in rows if each.external_id == external_id)


def test_the_list_follows_its_address_and_shows_ones_own(filled: Staff) -> None:
    async def story() -> None:
        everything = await opened(filled.admin, DealsState, "/deals?sort=name")
        assert [each["name"] for each in everything.rows] == ["Deal D1", "Deal O1"]
        assert [each["label"] for each in everything.owners] == ["Olga Other", "Rino Rep"]
        won = await opened(
            filled.admin, DealsState, "/deals?outcome=won&period=2026-Q4&owner=x&team=99999999999999999999"
        )
        assert [each["stage_tone"] for each in won.rows] == ["good"]
        own = await opened(filled.rep, DealsState, "/deals")
        assert [each["amount"] for each in own.rows] == ["€1,000.00"]
        with pytest.raises(NotAllowed):
            await opened(filled.trainer, DealsState, "/deals")

    play(story())


def test_a_deal_is_told_in_words_and_only_to_whom_it_concerns(filled: Staff) -> None:
    number = number_of(filled, "D1")

    async def story() -> None:
        state = await opened(filled.rep, DealState, f"/deals/{number}")
        assert (state.name, state.facts["amount"], state.facts["outcome"]) == ("Deal D1", "€1,000.00", "Won")
        assert state.owners == [{"name": "Rino Rep", "href": f"/people/{filled.rep.person_id}", "share": "100%"}]
        assert (state.steps[0]["on"], state.extra) == ("3 Nov 2026", [{"name": "Note", "value": "hot"}])
        for address in (f"/deals/{number}", "/deals/nonsense"):
            hidden = await opened(filled.other, DealState, address)
            assert (hidden.found, hidden.facts) == (False, {})

    play(story())


def test_accounts_and_what_is_found_are_those_in_sight(filled: Staff) -> None:
    async def story() -> None:
        rows = (await opened(filled.admin, AccountsState, "/accounts")).rows
        assert [(each["name"], each["deals"], each["won"]) for each in rows] == [("Acme Ltd", "2", "€1,000.00")]
        state = await opened(filled.other, AccountState, rows[0]["href"])
        assert ([each["name"] for each in state.deals], state.facts["won"]) == (["Deal O1"], "–")
        assert not (await opened(filled.other, AccountState, "/accounts/77")).found

    play(story())
    assert [each.kind for each in find_sales(filled.rep, "d1")] == ["crm.deal"]
    assert find_sales(filled.rep, "") == find_sales(filled.trainer, "acme") == []


async def at_the_wizard(staff: Staff, content: bytes = FILE) -> tuple[Screen, Any]:
    seen = Screen(staff.admin, "/imports/new")
    wizard = await shown(seen, WizardState)
    await seen.run(WizardState.take, [rx.UploadFile(file=BytesIO(content), path=None, size=len(content))])
    return seen, wizard


def test_the_wizard_goes_from_files_to_an_import(staff: Staff) -> None:
    async def story() -> None:
        seen, wizard = await at_the_wizard(staff)
        assert (wizard.step, wizard.reading["decimal"], wizard.reading["rows"]) == (
            READING,
            ",",
            "2 rows; these are the first",
        )
        await seen.run(WizardState.go_to, 99)
        assert (wizard.step, wizard.lacking) == (COLUMNS, "")
        await seen.run(WizardState.set_column, "amount", "")
        await seen.run(WizardState.set_column, "amount", "amount")
        trial = await seen.run(TrialState.ask)
        assert (wizard.step, trial.owners[0]["value"], trial.owners[0]["choice"]) == (WORDS, "Ugo Nuovo", "")
        await seen.run(TrialState.look_ahead, {"source": "crm", "currency": "eur"})
        assert (wizard.step, trial.refused[:5], trial.findings[0]["field"]) == (PREVIEW, "1 row", "Owner")
        await seen.run(TrialState.mean, "owner", "Ugo Nuovo", "create")
        await seen.run(TrialState.set_flag, "makes_people", False)
        await seen.run(TrialState.look_ahead, {"source": "crm", "currency": "EUR"})
        assert (trial.refused, trial.hired) == ("", "Ugo Nuovo")
        await seen.run(TrialState.keep_mapping, {"name": "Ours"})
        await seen.run(TrialState.start)
        listed = await opened(staff.admin, ImportsState, "/imports")
        assert [each["state"] for each in listed.rows] == ["Under way"]

    play(story())
    assert [each.name for each in crm.mappings(staff.admin)] == ["Ours", "crm_maven"]


def test_the_line_of_the_heading_is_guessed_and_can_be_changed(staff: Staff) -> None:
    async def story() -> None:
        seen, wizard = await at_the_wizard(staff, b"All our deals\n" + FILE)
        assert (wizard.reading["heading"], wizard.top[0]["label"]) == ("2", "Line 1: All our deals")
        columns = wizard.heading
        await seen.run(WizardState.set_reading, "heading", "1")
        assert (wizard.heading, wizard.lacking) != (columns, "")
        await seen.run(WizardState.set_reading, "heading", "77")
        assert wizard.reading["heading"] == "1"
        await seen.run(WizardState.set_reading, "heading", "2")
        assert (wizard.heading, wizard.lacking) == (columns, "")

    play(story())


def test_a_reading_that_does_not_fit_is_refused_and_nothing_is_lost(staff: Staff) -> None:
    async def story() -> None:
        seen, wizard = await at_the_wizard(staff)
        await seen.run(WizardState.set_reading, "delimiter", "nonsense")
        await seen.run(WizardState.set_reading, "days", "mdy")
        assert (wizard.reading["delimiter"], wizard.reading["days"]) == (";", "mdy")
        with pytest.raises(InvalidInput):
            await seen.run(TrialState.look_ahead, {"source": "crm", "currency": "euro"})
        await seen.run(WizardState.set_kind, "account")
        assert wizard.lacking == "Name"

    async def without_files() -> None:
        seen = Screen(staff.admin, "/imports/new")
        await shown(seen, WizardState)
        with pytest.raises(Conflict):
            await seen.run(TrialState.ask)

    play(story())
    play(without_files())


def test_an_import_is_shown_and_taken_back(filled: Staff) -> None:
    _, (made,) = crm.imports_page(filled.admin)

    async def story() -> None:
        state = await opened(filled.admin, ImportPageState, f"/imports/{made.id}")
        assert (state.state, [each["created"] for each in state.counts]) == ("done", ["1", "1", "2"])
        await ImportPageState.undo.fn(state)
        assert (state.state, state.facts["can_be_undone"]) == ("undone", "")
        assert not (await opened(filled.admin, ImportPageState, "/imports/99")).found
        with pytest.raises(NotAllowed):
            await opened(filled.rep, ImportPageState, f"/imports/{made.id}")

    play(story())


def test_refused_rows_are_taken_away_with_their_reasons(staff: Staff) -> None:
    hostile = FILE.replace(b"T2", b"=T2()")
    made = crm.import_now(staff.admin, crm.draft(staff.admin, [("deals.csv", hostile)], source="crm"))

    async def story() -> None:
        state = await opened(staff.admin, ImportPageState, f"/imports/{made.import_id}")
        assert state.facts["refused"] == "1"
        assert [(each["row"], each["field"], each["severity"]) for each in state.findings] == [
            ("3", "Owner", "Refused")
        ]
        assert len(await ImportPageState.download_refused.fn(state)) == 1

    play(story())
    (refused,) = crm.refused(staff.admin, made.import_id)
    text = _refused_file(refused, "en").decode("utf-8-sig")
    assert "'=T2()" in text  # no spreadsheet calculates what came from outside
    assert text.splitlines()[0] == "Row,Why,deal_id,stage,amount,owner,close_date"
    assert text.splitlines()[1].startswith('3,"Nobody is called Ugo Nuovo.')


def test_a_running_import_says_how_far_it_is_and_a_cancelled_one_why_not(staff: Staff) -> None:
    import_id = crm.start(staff.admin, crm.draft(staff.admin, [("deals.csv", FILE)], source="crm"))

    async def story() -> None:
        state = await opened(staff.admin, ImportPageState, f"/imports/{import_id}")
        assert (state.state, state.total, state.reason) == ("waiting", 0, "")
        (job,) = jobs.mine(staff.admin)
        jobs.cancel(staff.admin, job.id)
        state = await opened(staff.admin, ImportPageState, f"/imports/{import_id}")
        assert (state.state, state.facts["state"], state.reason[:16]) == ("failed", "Failed", "It was cancelled")

    play(story())
