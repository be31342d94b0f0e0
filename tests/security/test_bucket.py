"""How much one tab may ask, second by second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.gate.bucket import ALL_TABS, BURST, RATE, Buckets
from spm_app.gate.door import Door
from spm_app.gate.gatekeeper import Gate

if TYPE_CHECKING:
    import pytest
    from starlette.types import Message, Receive, Scope, Send


def test_the_gate_lets_a_page_load_and_stops_a_flood() -> None:
    assert (Gate().buckets.burst, Gate().buckets.rate) == (BURST, RATE) == (200, 40)


def test_so_many_at_once_and_not_one_more() -> None:
    buckets = Buckets(burst=3, rate=1)
    assert [buckets.takes("tab", now=10.0) for _ in range(4)] == [True, True, True, False]


def test_it_fills_again_with_time_up_to_its_brim() -> None:
    buckets = Buckets(burst=3, rate=2)
    assert [buckets.takes("tab", now=0.0) for _ in range(4)][-1] is False
    assert [buckets.takes("tab", now=0.5) for _ in range(2)] == [True, False]
    assert [buckets.takes("tab", now=1000.0) for _ in range(4)] == [True, True, True, False]


def test_who_takes_more_than_there_is_waits_the_longer_the_more_they_took() -> None:
    buckets = Buckets(burst=2, rate=4)
    assert [buckets.owes("sign-in", now=0.0) for _ in range(4)] == [0.0, 0.0, 0.25, 0.5]
    assert buckets.owes("another", now=0.0) == 0.0
    assert buckets.owes("sign-in", now=100.0) == 0.0


async def test_a_socket_ahead_of_its_time_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """All tabs of a sign-in share one pace, whatever they call themselves."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def said() -> Message:
        return {"type": "websocket.receive", "text": "42"}

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        for _ in range(int(ALL_TABS / 2)):
            await receive()

    async def ignored(_message: Message) -> None:
        """Nothing is sent here."""

    monkeypatch.setattr("spm_app.gate.door.asyncio.sleep", sleep)
    monkeypatch.setattr("spm_app.gate.bucket.perf_counter", lambda: 0.0)
    door = Door(app)
    for tab, cookie in ((b"a", b"one"), (b"b", b"one"), (b"c", b"two")):
        assert waited == []
        headers = [(b"cookie", b"spm_session=" + cookie)]
        scope = {"type": "websocket", "path": "/_event", "query_string": b"token=" + tab, "headers": headers}
        await door(scope, said, ignored)
    await door({**scope, "headers": [(b"cookie", b"spm_session=one")]}, said, ignored)
    assert len(waited) == ALL_TABS / 2


def test_one_does_not_pay_for_another() -> None:
    buckets = Buckets(burst=1, rate=1)
    assert [buckets.takes(name, now=0.0) for name in ("one", "other", "one")] == [True, True, False]


def test_what_is_kept_is_bounded_and_who_is_slowed_stays_slowed() -> None:
    buckets = Buckets(burst=2, rate=1)
    assert [buckets.takes("flooder", now=0.0) for _ in range(3)][-1] is False
    for number in range(10_000):
        buckets.takes(f"tab {number}", now=0.0)
    assert len(buckets._kept) <= 4097
    assert not buckets.takes("flooder", now=0.5)


def test_a_crowd_of_new_names_is_not_sorted_out_at_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever invents names must not make every event of everybody cost a walk through all that are kept."""
    walks: list[float] = []
    forget = Buckets._forget
    monkeypatch.setattr(Buckets, "_forget", lambda buckets, now: (walks.append(now), forget(buckets, now)))
    buckets = Buckets(burst=2, rate=1)
    for number in range(10_000):
        buckets.takes(f"tab {number}", now=0.0)
    assert len(walks) <= 4
