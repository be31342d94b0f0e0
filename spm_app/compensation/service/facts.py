"""What happened to sales after they were won, and rates of exchange: what finance knows and a settlement asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.compensation.domain.files import KINDS, csv_sheet
from spm_app.compensation.domain.files.rows import Desk, rows_of
from spm_app.compensation.store import facts as store
from spm_app.crm import service as crm
from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.period import Grain
from spm_app.kernel.problem import Problem
from spm_app.kernel.rate import PPM, Rate
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spm_app.compensation.domain.files import Row
    from spm_app.compensation.domain.settle.currency import ExchangeRate
    from spm_app.compensation.domain.settle.values import Happened
    from spm_app.compensation.store.facts import Entered
    from spm_app.infra.db import Work

_SIZE = 25


def enter_events(actor: Actor, content: bytes) -> int:
    """Take in a CSV of events (transaction, event, day, and where known amount, currency, share, person).

    All or nothing. Raises InvalidInput that names every row with an unknown sale or person, or that cannot be read.
    """
    require(actor, Permission.ENTER_PAY_FACTS)
    with unit_of_work() as work:
        rows, desk = _rows(work, "events", content)
        found: Sequence[Happened] = KINDS["events"].read(rows)["happened"]
        _check(work, rows, found, desk)
        if desk.problems:
            raise InvalidInput("compensation.facts.unusable", desk.problems, n=len(desk.problems))

        currencies = [each.text("currency") or desk.currency.code for each in rows]
        kept = [(each, code if each.amount is not None else None) for each, code in zip(found, currencies, strict=True)]
        store.add_events(work, kept, actor.person_id, clock.now())
        audit.record(work, actor, "event.entered", "events", n=len(kept))
        bus.publish(work, "runs")
    return len(kept)


def enter_rates(actor: Actor, content: bytes) -> int:
    """Take in a CSV of rates (day, from, to, rate, and where known source), all or nothing.

    Raises InvalidInput that names every row that cannot be read.
    """
    require(actor, Permission.ENTER_PAY_FACTS)
    with unit_of_work() as work:
        rows, desk = _rows(work, "rates", content)
        found: Sequence[ExchangeRate] = KINDS["rates"].read(rows)["rates"]
        if desk.problems:
            raise InvalidInput("compensation.facts.unusable", desk.problems, n=len(desk.problems))

        store.add_rates(work, found, actor.person_id, clock.now())
        audit.record(work, actor, "rate.entered", "rates", n=len(found))
    return len(found)


def withdraw(actor: Actor, event_id: int) -> None:
    """The event was a mistake and counts no more. Raises NotFound."""
    require(actor, Permission.ENTER_PAY_FACTS)
    with unit_of_work() as work:
        event = store.withdraw_event(work, event_id, actor.person_id, clock.now())
        audit.record(work, actor, "event.withdrawn", f"event:{event_id}", transaction=event.transaction)
        bus.publish(work, "runs")


def events_page(actor: Actor, *, words: str = "", page: int = 1, size: int = _SIZE) -> tuple[tuple[Entered, ...], int]:
    """Events by sale, newest first, a page of them, and how many there are."""
    require(actor, Permission.ENTER_PAY_FACTS)
    with reading() as work:
        return store.events_page(work, words=words.strip(), skip=(page - 1) * size, size=size)


def rates_page(actor: Actor, *, page: int = 1, size: int = _SIZE) -> tuple[tuple[ExchangeRate, ...], int]:
    """The rates that count, newest first, a page of them, and how many there are."""
    require(actor, Permission.ENTER_PAY_FACTS)
    with reading() as work:
        return store.rates_page(work, skip=(page - 1) * size, size=size)


def part_of(entered: Entered) -> Money | Rate:
    """How much of the sale: its amount, its share, or all of it."""
    event = entered.event
    if event.amount is not None and entered.currency:
        return Money.from_minor(event.amount, Currency(entered.currency))
    return Rate.from_ppm(PPM if event.share is None else event.share)


def _rows(work: Work, kind: str, content: bytes) -> tuple[tuple[Row, ...], Desk]:
    """The rows of a file; places are line numbers. Raises InvalidInput for what is no text in UTF-8."""
    company = people.company(work)
    period = company.calendar.containing(company.calendar.day_of(clock.now()), Grain.YEAR)
    desk = Desk(period, company.currency, numbers=_numbers(work))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("compensation.facts.unusable", [Problem("1", "compensation.files.not_utf8")], n=1) from None
    rows = rows_of(csv_sheet(kind, "", text), KINDS[kind], desk, None)
    return tuple(replace(each, at=each.at.removeprefix(":")) for each in rows), desk


def _numbers(work: Work) -> dict[str, int]:
    """People by name and by number in the personnel file."""
    known = people.persons(work)
    return {each.external_id: int(each.id) for each in known if each.external_id} | {
        each.name: int(each.id) for each in known
    }


def _check(work: Work, rows: Sequence[Row], found: Sequence[Happened], desk: Desk) -> None:
    """Every sale named is known, in the money of its amount, and so is every person."""
    deals = crm.deals_named(work, {each.transaction for each in found if each.transaction})
    moneys = {each.external_id or f"deal-{each.id}": each.amount and each.amount.currency.code for each in deals}
    for row, event in zip(rows, found, strict=True):
        if event.transaction and event.transaction not in moneys:
            row.note("compensation.facts.no_deal", deal=event.transaction)
        elif event.amount is not None and moneys.get(event.transaction) != (row.text("currency") or desk.currency.code):
            row.note("compensation.facts.other_money", deal=event.transaction)
        if row.text("person") and event.person_id is None:
            row.note("compensation.facts.nobody", name=row.text("person"))
