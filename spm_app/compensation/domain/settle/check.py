"""What is wrong with a plan's terms of payment, and what deserves a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.kernel.problem import Problem, Severity
from spm_app.kernel.rate import PPM, Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spm_app.compensation.domain.settle.terms import Hold, Level
    from spm_app.compensation.domain.terms import Plan


def of_settlement(plan: Plan) -> Iterator[Problem]:
    """Findings about the plan as a whole and about each component's payment."""
    yield from _of_levels(plan)
    yield from _of_draw(plan)
    if plan.settlement.hold is not None:
        yield from _of_hold(plan, plan.settlement.hold, "settlement.hold")
    for at in range(len(plan.components)):
        yield from _of_payment(plan, at)
    said = {each.payment.clawback.reduces_attainment for each in plan.components if each.payment.clawback is not None}
    if len(said) > 1:
        yield Problem(plan.place("components"), "compensation.check.attainment_differs")


def _of_levels(plan: Plan) -> Iterator[Problem]:
    cap, floor = plan.settlement.cap, plan.settlement.floor
    if cap is not None:
        yield from _of_level(plan, cap.level, "settlement.cap")
        if cap.level.of_target is not None and cap.level.of_target < PPM:
            args = {"cap": Rate.from_ppm(cap.level.of_target)}
            yield Problem(plan.place("settlement.cap"), "compensation.check.cap_below_target", args, Severity.WARNING)
    if floor is not None:
        yield from _of_level(plan, floor, "settlement.floor")
    if cap is not None and floor is not None and _is_above(floor, cap.level):
        yield Problem(plan.place("settlement.floor"), "compensation.check.floor_above_cap")


def _is_above(floor: Level, cap: Level) -> bool:
    """Whether both are said in the same way, and the floor is the higher one."""
    if floor.of_target is None or cap.of_target is None:
        return floor.of_target is cap.of_target and floor.amount > cap.amount
    return floor.of_target > cap.of_target


def _of_level(plan: Plan, level: Level, path: str) -> Iterator[Problem]:
    if level.amount < 0 or (level.of_target or 0) < 0:
        yield Problem(plan.place(path), "compensation.check.level_negative")


def _of_draw(plan: Plan) -> Iterator[Problem]:
    draw, where = plan.settlement.draw, plan.place("settlement.draw")
    if draw is None:
        return
    if draw.amount <= 0:
        yield Problem(where, "compensation.check.draw_nothing")
    if draw.start is not None and draw.end is not None and draw.end <= draw.start:
        yield Problem(where, "compensation.check.backward_days")
    if not 0 < draw.recovery.share <= PPM:
        yield Problem(where, "compensation.check.share_range", {"share": Rate.from_ppm(draw.recovery.share)})
    if draw.kind.is_owed and not draw.kind.tops_up and draw.end is None:
        yield Problem(where, "compensation.check.draw_never_ends", severity=Severity.WARNING)


def _of_payment(plan: Plan, at: int) -> Iterator[Problem]:
    payment, path = plan.components[at].payment, f"components[{at}].payment"
    if payment.hold is not None:
        yield from _of_hold(plan, payment.hold, f"{path}.hold")
    shares = [each.share for each in (payment.clawback, payment.residual) if each is not None]
    for share in shares:
        if not 0 < share <= PPM:
            yield Problem(plan.place(path), "compensation.check.share_range", {"share": Rate.from_ppm(share)})


def _of_hold(plan: Plan, hold: Hold, path: str) -> Iterator[Problem]:
    if not 0 < hold.share <= PPM:
        yield Problem(plan.place(path), "compensation.check.share_range", {"share": Rate.from_ppm(hold.share)})
