"""How much one tab may ask, second by second."""

from __future__ import annotations

from spm_app.gate.bucket import BURST, RATE, Buckets
from spm_app.gate.gatekeeper import Gate


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
