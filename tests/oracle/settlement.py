"""From earned to paid, worked out slowly from the definitions: one payee, one component, month after month.

Each month is worked out from all that ever happened, never from what the month before left: what is due of a sale by
the end of a month, less what was due by the end of the month before. It shares with the program only the terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spm_app.compensation.domain.settle.terms import Payment, Settlement

MILLION = 1_000_000


@dataclass
class Told:
    """In which month (from 0) what happened to how much of which sale."""

    sale: str
    kind: str
    month: int
    part: Fraction


@dataclass
class Life:
    settlement: Settlement
    payment: Payment
    sold: list[list[tuple[str, int]]]
    told: list[Told]


def half(value: Fraction | int) -> int:
    sign = -1 if value < 0 else 1
    return sign * floor(abs(Fraction(value)) + Fraction(1, 2))


def paid(life: Life) -> tuple[list[int], int]:
    """What is paid each month, and what is owed at the end."""
    lines, refunds = capped(life)
    found: list[int] = []
    debts: list[tuple[int, int]] = []
    carried = 0
    for month in range(len(life.sold)):
        flow = flow_of(life, lines, month) + refunds[month] - carried
        pay, debts = drawn(life, month, flow, debts)
        pay, carried = below(life, pay)
        found.append(pay)
    return found, sum(debt for _, debt in debts)


def capped(life: Life) -> tuple[list[list[tuple[str, int]]], list[int]]:
    """Every month's sales after the cap, and what the cap pays back in each."""
    cap, kept = life.settlement.cap, 0
    lines: list[list[tuple[str, int]]] = []
    refunds: list[int] = []
    for sold in life.sold:
        earned = sum(amount for _, amount in sold)
        if cap is None:
            lines.append(sold)
            refunds.append(0)
            continue
        most = cap.level.amount
        over = max(0, earned - most)
        back = min(kept, max(0, most - earned))
        kept += over - back if cap.refundable else 0
        lines.append(cut(sold, over))
        refunds.append(back)
    return lines, refunds


def cut(sold: list[tuple[str, int]], over: int) -> list[tuple[str, int]]:
    """Take so much from the sales in proportion, a cent at a time to the largest remainder."""
    whole = sum(amount for _, amount in sold if amount > 0)
    exact = [Fraction(over * max(amount, 0), whole) if whole else Fraction(0) for _, amount in sold]
    taken = [floor(each) for each in exact]
    while sum(taken) < over:
        at = max(range(len(exact)), key=lambda one: (exact[one] - taken[one], -one))
        taken[at] += 1
    return [(name, amount - less) for (name, amount), less in zip(sold, taken, strict=True)]


def reached(life: Life, sale: str, kind: str, month: int) -> Fraction:
    return min(
        Fraction(1),
        sum(
            (each.part for each in life.told if (each.sale, each.kind) == (sale, kind) and each.month <= month),
            Fraction(0),
        ),
    )


def flow_of(life: Life, lines: list[list[tuple[str, int]]], month: int) -> int:
    """What sales of this month and all before bring in this month, with what they pay again and what is taken back."""
    payment, total = life.payment, 0
    for born, sold in enumerate(lines[: month + 1]):
        for name, amount in sold:
            if payment.clawback is not None:
                total += kept_of(life, (name, amount, born), month) - (kept_of(life, (name, amount, born), month - 1))
                continue
            total += of_sale(life, (name, amount, born), month)
            total += again(life, (name, amount, born), month)
    return total


def kept_of(life: Life, sale: tuple[str, int, int], month: int) -> int:
    """What of a sale the payee has by the end of a month: all but the part that was cancelled."""
    name, amount, born = sale
    if month < born:
        return 0
    assert life.payment.clawback is not None
    share = reached(life, name, "cancelled", month) * Fraction(life.payment.clawback.share, MILLION)
    return amount - (half(amount * share) if amount > 0 else 0)


def of_sale(life: Life, sale: tuple[str, int, int], month: int) -> int:
    """What becomes payable now, less what is held of it, and what was held so many months ago."""
    hold = life.payment.hold
    now = payable(life, sale, month)
    if hold is None:
        return now
    total = now - held(life, sale, month)
    if hold.periods:
        return total + (held(life, sale, month - hold.periods) if month - hold.periods >= sale[2] else 0)
    return total


def held(life: Life, sale: tuple[str, int, int], month: int) -> int:
    assert life.payment.hold is not None
    now = payable(life, sale, month)
    return half(Fraction(now * life.payment.hold.share, MILLION)) if now > 0 else 0


def payable(life: Life, sale: tuple[str, int, int], month: int) -> int:
    name, amount, born = sale
    kind = life.payment.when.value
    if kind == "booked" or amount <= 0:
        return amount if month == born else 0
    by_now = half(amount * reached(life, name, kind, month))
    before = half(amount * reached(life, name, kind, month - 1)) if month > born else 0
    return by_now - before


def again(life: Life, sale: tuple[str, int, int], month: int) -> int:
    name, amount, born = sale
    residual = life.payment.residual
    if residual is None or amount <= 0 or not born < month <= born + residual.periods:
        return 0
    each = half(Fraction(amount * residual.share, MILLION))
    return half(each * (1 - reached(life, name, "cancelled", month)))


def drawn(life: Life, month: int, flow: int, debts: list[tuple[int, int]]) -> tuple[int, list[tuple[int, int]]]:
    """The debts of the months before, oldest first, and this month's draw."""
    draw = life.settlement.draw
    if draw is None:
        return flow, debts
    plain = not draw.kind.value.endswith("guarantee")
    room = flow + (draw.amount if plain else 0) - max(draw.recovery.keep, 0 if plain else draw.amount)
    most = min(room, half(Fraction(max(flow, 0) * draw.recovery.share, MILLION)))
    left: list[tuple[int, int]] = []
    for born, debt in debts:
        back = min(debt, max(most, 0)) if month >= born + draw.recovery.periods else 0
        most -= back
        flow -= back
        left.append((born, debt - back))
    more = draw.amount if plain else max(0, draw.amount - flow)
    if draw.kind.value.startswith("recoverable"):
        left.append((month, more))
    return flow + more, left


def below(life: Life, pay: int) -> tuple[int, int]:
    """What is paid, and what is carried on."""
    if pay >= 0:
        return pay, 0
    terms = life.settlement.deficit
    kind = terms.kind.value
    deep = 0 if kind == "write_off" else -pay if terms.most is None else min(-pay, terms.most)
    return (-deep, 0) if kind == "pay" else (0, deep)
