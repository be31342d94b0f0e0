"""A component's pay curve, drawn small: where the payee stands, the quota, and what the next threshold is worth."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.ui import theme


def pay_curve(each: Any) -> rx.Component:
    """`each` is made of texts: `curve` (points in a box of 100 by 100), `here_x`, `here_y`, `quota_x`, and words."""
    feet = rx.el.div(
        rx.el.span(each["curve_from"]), rx.el.span(each["curve_to"]), class_name=f"{theme.SMALL} flex justify-between"
    )
    shown = rx.el.figure(
        _drawing(each),
        feet,
        rx.el.figcaption(
            rx.el.p(each["stands"], ": ", each["curve_says"], class_name="m-0"),
            rx.cond(each["threshold"] != "", rx.el.p(each["threshold"], class_name="m-0"), rx.fragment()),
            rx.el.p(each["next_unit"], class_name="m-0"),
            class_name=f"{theme.SMALL} flex flex-col gap-1 mt-2",
        ),
        class_name="m-0 min-w-0",
    )
    return rx.cond(each["curve"] != "", shown, rx.fragment())


def _drawing(each: Any) -> rx.Component:
    """The line, the quota as a dashed upright, and the dot."""
    line = rx.el.svg(
        rx.el.svg.polyline(
            points=each["curve"],
            fill="none",
            stroke="var(--accent)",
            stroke_width="2",
            vector_effect="non-scaling-stroke",
        ),
        view_box="0 0 100 100",
        preserve_aspect_ratio="none",
        aria_hidden="true",
        class_name="absolute inset-0 size-full overflow-visible",
    )
    at_quota = rx.cond(
        each["quota_x"] != "",
        rx.el.div(
            class_name="absolute inset-y-0 border-l border-dashed border-line-strong", style={"left": each["quota_x"]}
        ),
        rx.fragment(),
    )
    here = rx.el.div(
        class_name="absolute size-3 rounded-full bg-accent border-2 border-surface -translate-x-1/2 translate-y-1/2",
        style={"left": each["here_x"], "bottom": each["here_y"]},
    )
    return rx.el.div(
        at_quota,
        line,
        here,
        role="img",
        aria_label=each["curve_says"],
        class_name="relative h-24 border-l border-b border-line mx-1 mt-2",
    )
