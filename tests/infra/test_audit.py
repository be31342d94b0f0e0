"""The audit log: what is written stays readable, and whatever is done to it behind our back shows."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from spm_app import migrations
from spm_app.infra import audit
from spm_app.infra.db import engine, reading, unit_of_work
from spm_app.infra.settings import settings
from spm_app.kernel.ids import PersonId
from spm_app.kernel.money import Money
from spm_app.kernel.rights import Actor, Role

if TYPE_CHECKING:
    from datetime import datetime

ADA = Actor(PersonId(7), "Ada Marini", frozenset({Role.COMP_ADMIN}))


def three_rows() -> None:
    for number in (1, 2, 3):
        with unit_of_work() as work:
            audit.record(work, ADA, "deal.changed", f"deal:{number}", before=Money.of("10.00"), after="20.00 EUR")


def verify(anchor: audit.Head | None = None) -> audit.BadRow | None:
    with reading() as work:
        return audit.verify(work, anchor)


def meddle(*statements: str) -> None:
    """As somebody does who owns the database: first the guards go."""
    with engine().execution_options(spm_writes=True).begin() as connection:
        for act in ("update", "delete"):
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"DROP FUNCTION IF EXISTS guard_audit_{act}() CASCADE"))
            else:
                connection.execute(text(f"DROP TRIGGER IF EXISTS guard_audit_{act}"))
        for statement in statements:
            connection.execute(text(statement))


def test_an_entry_keeps_who_did_what_to_what(database: str, fixed_clock: datetime) -> None:
    three_rows()

    with reading() as work:
        newest = audit.page(work, size=1)[0]
    assert newest == audit.Entry(
        3, fixed_clock, 7, "Ada Marini", "deal.changed", "deal:3", {"before": "10.00 EUR", "after": "20.00 EUR"}
    )


def test_the_system_itself_is_nobody(database: str) -> None:
    with unit_of_work() as work:
        audit.record(work, None, "job.recovered", "job:1")
    with reading() as work:
        entry = audit.page(work)[0]
    assert (entry.actor_id, entry.actor_name) == (None, "")


def test_an_untouched_log_is_good(database: str) -> None:
    assert verify() is None
    three_rows()
    assert verify() is None


def test_a_failed_transaction_leaves_no_entry_and_no_gap(database: str) -> None:
    def record_and_fail() -> None:
        with unit_of_work() as work:
            audit.record(work, ADA, "deal.changed", "deal:4")
            raise RuntimeError

    three_rows()
    with pytest.raises(RuntimeError):
        record_and_fail()
    three_rows()

    with reading() as work:
        assert audit.head(work).length == audit.count(work) == 6
        assert audit.verify(work) is None


@pytest.mark.parametrize("act", ["UPDATE audit SET act = 'nothing'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_log(database: str, act: str) -> None:
    three_rows()
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work() as work:
        work.session.execute(text(act))
    assert verify() is None


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = 8",
        "actor_id = NULL",
        "actor_name = 'Somebody Else'",
        "act = 'deal.seen'",
        "subject = 'deal:9'",
        "details = '{}'",
        "at = '2026-11-16 10:00:00'",
        "previous = mac",
        "mac = previous",
    ],
)
def test_changing_any_field_shows_in_that_row(database: str, fixed_clock: datetime, change: str) -> None:
    three_rows()
    meddle(f"UPDATE audit SET {change} WHERE id = 2")
    assert verify() == audit.BadRow(2, "infra.audit.changed")


def test_a_row_taken_out_of_the_middle_shows(database: str) -> None:
    three_rows()
    meddle("DELETE FROM audit WHERE id = 2")
    assert verify() == audit.BadRow(2, "infra.audit.missing")


def test_closing_the_gap_shows_too(database: str) -> None:
    three_rows()
    meddle("DELETE FROM audit WHERE id = 2", "UPDATE audit SET id = 2 WHERE id = 3")
    assert verify() == audit.BadRow(2, "infra.audit.changed")


def test_cutting_off_the_end_shows(database: str) -> None:
    three_rows()
    meddle("DELETE FROM audit WHERE id = 3")
    assert verify() == audit.BadRow(3, "infra.audit.cut")


def test_cutting_off_the_end_and_moving_the_head_shows(database: str) -> None:
    three_rows()
    meddle(
        "DELETE FROM audit WHERE id = 3",
        "UPDATE audit_head SET length = 2, last = (SELECT mac FROM audit WHERE id = 2)",
    )
    assert verify() == audit.BadRow(2, "infra.audit.changed")


def test_emptying_the_log_and_its_head_shows_against_an_anchor(database: str) -> None:
    three_rows()
    with reading() as work:
        anchor = audit.head(work)
    assert verify(anchor) is None

    meddle("DELETE FROM audit", "DELETE FROM audit_head")
    assert verify() is None
    assert verify(anchor) == audit.BadRow(1, "infra.audit.cut")


def test_rows_without_a_head_show(database: str) -> None:
    three_rows()
    meddle("DELETE FROM audit_head")
    assert verify() == audit.BadRow(4, "infra.audit.cut")


def test_a_log_turned_back_shows_against_an_anchor(database: str) -> None:
    three_rows()
    with reading() as work:
        anchor = audit.head(work)
    three_rows()
    assert verify(anchor) is None
    with reading() as work:
        longer = audit.head(work)
    assert verify(audit.Head(anchor.length, longer.mac)) == audit.BadRow(3, "infra.audit.not_anchored")
    assert verify(audit.Head(7, longer.mac)) == audit.BadRow(7, "infra.audit.cut")


def test_another_secret_cannot_sign(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    three_rows()
    monkeypatch.setenv("SPM_SECRET_KEY", "another secret")
    settings.cache_clear()
    assert verify() == audit.BadRow(1, "infra.audit.changed")


def test_many_at_once_make_one_chain(database: str) -> None:
    def write_some(number: int) -> None:
        for each in range(10):
            with unit_of_work() as work:
                audit.record(work, ADA, "deal.changed", f"deal:{number}-{each}")

    threads = [threading.Thread(target=write_some, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading() as work:
        assert audit.count(work) == 60
    assert verify() is None


def test_entries_are_found_by_word_and_act_and_paged(database: str) -> None:
    three_rows()
    with unit_of_work() as work:
        audit.record(work, None, "plan.published", "plan:100%")

    with reading() as work:
        assert audit.acts(work) == ("deal.changed", "plan.published")
        assert [each.id for each in audit.page(work, act="deal.changed")] == [3, 2, 1]
        assert [each.id for each in audit.page(work, before=3, size=1)] == [2]
        assert [each.id for each in audit.page(work, words="ada")] == [3, 2, 1]
        assert [each.id for each in audit.page(work, words="0%")] == [4]
        assert audit.count(work, words="DEAL:") == 3


def test_the_log_survives_going_down_and_up(database: str) -> None:
    migrations.downgrade(engine(), "0001")
    three_rows()
    migrations.upgrade(engine())
    assert verify() is None
