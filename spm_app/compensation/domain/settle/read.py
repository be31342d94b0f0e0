"""Reading `settlement` of a plan, `payment` and `earning_code` of a component."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from spm_app.compensation.domain.settle.terms import (
    Below,
    Ceiling,
    Clawback,
    Deficit,
    Draw,
    DrawKind,
    Hold,
    Level,
    PaidWhen,
    Payment,
    RateDay,
    Recovery,
    Residual,
    Settlement,
    TakenBack,
)
from spm_app.kernel.rate import PPM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.compensation.domain.nodes import Spot
    from spm_app.kernel.money import Currency

#: What a component may say about its payment.
PAYMENT_KEYS = ("payment", "earning_code")
_MOST_PERIODS, _MOST_DAYS, _MOST_MONTHS = 120, 3_660, 120
_EVENT = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)


def read_settlement(parts: Mapping[str, Spot], currency: Currency) -> Settlement:
    """What the plan says under `settlement`; the defaults when it says nothing."""
    if "settlement" not in parts:
        return Settlement()
    own = parts["settlement"].fields((), ("cap", "floor", "hold", "draw", "negative", "exchange", "earning_code"))
    return Settlement(
        cap=_ceiling(own["cap"], currency) if "cap" in own else None,
        floor=_floor(own["floor"], currency) if "floor" in own else None,
        hold=_hold(own["hold"]) if "hold" in own else None,
        draw=_draw(own["draw"], currency) if "draw" in own else None,
        deficit=_deficit(own["negative"], currency) if "negative" in own else Deficit(),
        rate_day=own["exchange"].choice(RateDay) if "exchange" in own else RateDay.TRANSACTION,
        code=_code(own),
    )


def read_payment(parts: Mapping[str, Spot]) -> Payment:
    """What a component says under `payment` and `earning_code`."""
    if "payment" not in parts:
        return Payment(code=_code(parts))
    own = parts["payment"].fields((), ("when", "hold", "clawback", "residual"))
    return Payment(
        when=own["when"].choice(PaidWhen) if "when" in own else PaidWhen.BOOKED,
        hold=_hold(own["hold"]) if "hold" in own else None,
        clawback=_clawback(own["clawback"]) if "clawback" in own else None,
        residual=_residual(own["residual"]) if "residual" in own else None,
        code=_code(parts),
    )


def _code(parts: Mapping[str, Spot]) -> str:
    return parts["earning_code"].text(32) if "earning_code" in parts else ""


def _ceiling(spot: Spot, currency: Currency) -> Ceiling:
    own = spot.fields((), ("amount", "of_target", "refundable"))
    return Ceiling(_level(spot, own, currency), "refundable" in own and own["refundable"].flag())


def _floor(spot: Spot, currency: Currency) -> Level:
    return _level(spot, spot.fields((), ("amount", "of_target")), currency)


def _level(spot: Spot, own: Mapping[str, Spot], currency: Currency) -> Level:
    if ("amount" in own) == ("of_target" in own):
        spot.note("compensation.plan.amount_or_target")
    if "of_target" in own:
        return Level(of_target=own["of_target"].percent())
    return Level(own["amount"].money(currency) if "amount" in own else 0)


def _hold(spot: Spot) -> Hold:
    own = spot.fields(("share",), ("periods", "until"))
    if ("periods" in own) == ("until" in own):
        spot.note("compensation.plan.periods_or_until")
    periods = own["periods"].number(1, _MOST_PERIODS) if "periods" in own else 0
    return Hold(own["share"].percent(), periods, _event(own["until"]) if "until" in own else "")


def _event(spot: Spot) -> str:
    name = spot.text(40)
    if name and not _EVENT.fullmatch(name):
        spot.note("compensation.plan.not_an_event", value=name)
    return name


def _clawback(spot: Spot) -> Clawback:
    own = spot.fields(("kind",), ("share", "within_days", "within_months", "reduces_attainment"))
    kind = own["kind"].choice(TakenBack)
    if ("share" in own) != (kind is TakenBack.PARTIAL):
        spot.note("compensation.plan.share_of_partial")
    if "within_days" in own and "within_months" in own:
        own["within_days"].note("compensation.plan.days_or_months")
    return Clawback(
        kind=kind,
        share=own["share"].percent() if "share" in own else PPM,
        within_days=own["within_days"].number(1, _MOST_DAYS) if "within_days" in own else 0,
        within_months=own["within_months"].number(1, _MOST_MONTHS) if "within_months" in own else 0,
        reduces_attainment="reduces_attainment" in own and own["reduces_attainment"].flag(),
    )


def _residual(spot: Spot) -> Residual:
    own = spot.fields(("share", "periods"))
    return Residual(own["share"].percent(), own["periods"].number(1, _MOST_PERIODS))


def _draw(spot: Spot, currency: Currency) -> Draw:
    own = spot.fields(("kind", "amount"), ("from", "to", "recovery"))
    kind = own["kind"].choice(DrawKind)
    if "recovery" in own and not kind.is_owed:
        own["recovery"].note("compensation.plan.nothing_to_recover", kind=kind.value)
    return Draw(
        kind=kind,
        amount=own["amount"].money(currency),
        start=own["from"].day() if "from" in own else None,
        end=own["to"].day() + timedelta(days=1) if "to" in own else None,
        recovery=_recovery(own["recovery"], currency) if "recovery" in own else Recovery(),
    )


def _recovery(spot: Spot, currency: Currency) -> Recovery:
    own = spot.fields((), ("from", "after", "share", "keep"))
    if "from" in own and "after" in own:
        own["after"].note("compensation.plan.from_or_after")
    return Recovery(
        start=own["from"].day() if "from" in own else None,
        periods=own["after"].number(1, _MOST_PERIODS) if "after" in own else 1,
        share=own["share"].percent() if "share" in own else PPM,
        keep=own["keep"].money(currency) if "keep" in own else 0,
    )


def _deficit(spot: Spot, currency: Currency) -> Deficit:
    own = spot.fields(("kind",), ("most",))
    kind = own["kind"].choice(Below)
    if "most" in own and kind is Below.WRITE_OFF:
        own["most"].note("compensation.plan.all_written_off")
    return Deficit(kind, own["most"].money(currency) if "most" in own else None)
