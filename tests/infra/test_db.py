"""The unit of work: all or nothing, readers see one moment and cannot write."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from spm_app.infra import bus
from spm_app.infra.bus import FactRow
from spm_app.infra.clock import now
from spm_app.infra.db import connect, reading, unit_of_work


def fact(topic: str = "deals") -> FactRow:
    return FactRow(at=now(), topic=topic, about="")


def count() -> int:
    with reading() as work:
        return work.session.scalar(select(func.count()).select_from(FactRow)) or 0


def test_what_ends_well_is_kept_and_announced(database: str) -> None:
    heard: list[str] = []
    with unit_of_work() as work:
        work.session.add(fact())
        work.after_commit(lambda: heard.append(f"saw {count()}"))
        assert heard == []
    assert heard == ["saw 1"]


def test_what_fails_leaves_nothing_and_is_not_announced(database: str) -> None:
    heard: list[str] = []

    def write_and_fail() -> None:
        with unit_of_work() as work:
            work.session.add(fact())
            work.session.flush()
            work.before_commit(lambda: heard.append("before"))
            work.after_commit(lambda: heard.append("after"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert (count(), heard) == (0, [])


def test_a_reader_cannot_write(database: str) -> None:
    def write() -> None:
        with reading() as work:
            work.session.add(fact())
            work.session.flush()

    with pytest.raises(DatabaseError):
        write()
    assert count() == 0


def test_a_reader_sees_one_moment(database: str) -> None:
    with reading() as work:
        before = work.session.scalar(select(func.count()).select_from(FactRow))
        with unit_of_work() as writer:
            writer.session.add(fact())
        assert work.session.scalar(select(func.count()).select_from(FactRow)) == before == 0
    assert count() == 1


def test_a_connection_that_only_read_can_write_again(database: str) -> None:
    for expected in (1, 2, 3):
        with unit_of_work() as work:
            work.session.add(fact())
        assert count() == expected


def test_writers_wait_for_each_other(database: str) -> None:
    def write() -> None:
        for _ in range(10):
            with unit_of_work() as work:
                work.session.scalar(select(func.count()).select_from(FactRow))
                work.session.add(fact())

    threads = [threading.Thread(target=write) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count() == 50


def test_an_ordinary_postgresql_address_finds_our_driver() -> None:
    assert connect("postgresql://somebody@db.example/spm").url.drivername == "postgresql+psycopg"


def test_facts_come_in_order_once_and_after_the_last_seen(database: str) -> None:
    assert (bus.latest(), bus.after(0)) == (0, ())
    with unit_of_work() as work:
        for topic in ("runs", "deals", "runs"):
            bus.publish(work, topic, "1")
    seen = bus.latest()
    with unit_of_work() as work:
        bus.publish(work, "people")

    assert [(each.topic, each.about) for each in bus.after(0)] == [("deals", "1"), ("runs", "1"), ("people", "")]
    assert [each.topic for each in bus.after(seen)] == ["people"]


def test_old_facts_are_dropped(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "KEPT", 3)
    for number in range(6):
        with unit_of_work() as work:
            bus.publish(work, "deals", str(number))
    assert [each.about for each in bus.after(0)] == ["3", "4", "5"]


def test_a_listener_misses_no_fact_of_a_slower_transaction(database: str) -> None:
    """Many writers, one listener that only ever asks for what is new: it hears each fact once."""
    heard: list[str] = []
    over = threading.Event()

    def listen() -> None:
        seen = 0
        while True:
            last_look = over.is_set()
            for each in bus.after(seen):
                heard.append(each.about)
                seen = each.id
            if last_look:
                return

    def write(number: int) -> None:
        for each in range(20):
            with unit_of_work() as work:
                bus.publish(work, "deals", f"{number}-{each}")

    listener = threading.Thread(target=listen)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in (listener, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    listener.join()
    assert sorted(heard) == sorted(f"{number}-{each}" for number in range(4) for each in range(20))
