"""Charts, each with a sentence that says what it shows and a table with the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.blocks.table import simple_table
from spm_app.ui.i18n import t
from spm_app.ui.listing import Column

#: The figure itself is told in words and as a table, so the drawing takes no keys.
_QUIET = {"accessibilityLayer": rx.Var("false")}
_AXIS = {"stroke": "var(--ink-faint)", "tick_line": False, "axis_line": False}
#: Values at the axis in the reader's language, short: 2.4M, 2,4 Mln; the table below has them in full.
_SHORT = rx.Var(
    "(value) => new Intl.NumberFormat(document.documentElement.lang || 'en', {notation: 'compact'}).format(value)"
)


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars: rows hold its height under `key`, its text under `key_text`; `title` is a text key."""

    key: str
    title: str


def line_chart(rows: Any, series: Sequence[Series], *, title: str, summary: Any, height: int = 220) -> rx.Component:
    """Values over time; rows have `label`, and per series a number and its text."""
    lines = [
        rx.recharts.line(
            data_key=each.key,
            name=t(each.title),
            stroke=_colour(index),
            stroke_width=2,
            dot=False,
            is_animation_active=False,
            type_="monotone",
        )
        for index, each in enumerate(series)
    ]
    chart = rx.recharts.line_chart(
        *lines, *_around(series), data=rows, custom_attrs=_QUIET, width="100%", height=height
    )
    return _told(chart, rows, series, title=title, summary=summary, height=height)


def bar_chart(
    rows: Any,
    series: Sequence[Series],
    *,
    title: str,
    summary: Any,
    stacked: bool = False,
    height: int = 220,
) -> rx.Component:
    """Values side by side, or stacked into a whole."""
    bars = [
        rx.recharts.bar(
            data_key=each.key,
            name=t(each.title),
            fill=_colour(index),
            is_animation_active=False,
            **({"stack_id": "all"} if stacked else {}),
        )
        for index, each in enumerate(series)
    ]
    chart = rx.recharts.bar_chart(*bars, *_around(series), data=rows, custom_attrs=_QUIET, width="100%", height=height)
    return _told(chart, rows, series, title=title, summary=summary, height=height)


def bullet(share: Any, mark: Any, summary: Any) -> rx.Component:
    """A value on a scale with a mark to reach: `share` and `mark` are whole per cent of the scale's length."""
    return rx.el.div(
        rx.el.div(class_name="absolute inset-y-0 left-0 rounded-full bg-accent", style={"width": _per_cent(share)}),
        rx.el.div(class_name="absolute -inset-y-1 w-0.5 bg-ink", style={"left": _per_cent(mark)}),
        role="img",
        aria_label=summary,
        class_name="relative h-2.5 rounded-full bg-sunken",
    )


def sparkline(points: Any, summary: Any) -> rx.Component:
    """A trend without axes: `points` comes from `geometry.spark_points`."""
    line = rx.el.svg(
        rx.el.svg.polyline(
            points=points, fill="none", stroke="var(--accent)", stroke_width="1.5", vector_effect="non-scaling-stroke"
        ),
        view_box="0 0 100 28",
        preserve_aspect_ratio="none",
        role="img",
        aria_label=summary,
        class_name="w-full h-7 block",
    )
    return rx.cond(points != "", line, rx.fragment())


def _told(
    chart: rx.Component, rows: Any, series: Sequence[Series], *, title: str, summary: Any, height: int
) -> rx.Component:
    columns = [
        Column("label", "ui.chart.at"),
        *(Column(f"{each.key}_text", each.title, kind="number") for each in series),
    ]
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.span(t(title), class_name="font-medium"), rx.el.p(summary, class_name=f"{theme.SMALL} m-0 mt-1")
        ),
        rx.el.div(chart, aria_hidden="true", class_name="w-full min-w-0 text-[12px]", style={"height": f"{height}px"}),
        rx.el.details(
            rx.el.summary(t("ui.chart.as_table"), class_name=f"{theme.SMALL} cursor-pointer py-1"),
            simple_table(columns, rows, caption=t(title)),
        ),
        class_name=f"m-0 min-w-0 {theme.STACK}",
    )


def _around(series: Sequence[Series]) -> tuple[rx.Component, ...]:
    legend = (rx.recharts.legend(),) if len(series) > 1 else ()
    return (
        rx.recharts.cartesian_grid(stroke="var(--line)", vertical=False),
        rx.recharts.x_axis(data_key="label", **_AXIS),
        rx.recharts.y_axis(width=56, custom_attrs={"tickFormatter": _SHORT}, **_AXIS),
        rx.recharts.graphing_tooltip(
            cursor={"fill": "var(--sunken)"},
            content_style={"background": "var(--raised)", "border": "1px solid var(--line)", "borderRadius": "8px"},
            is_animation_active=False,
        ),
        *legend,
    )


def _colour(index: int) -> str:
    return f"var(--chart-{index % 5 + 1})"


def _per_cent(share: Any) -> Any:
    return f"{share}%" if isinstance(share, int) else share.to_string() + "%"


def curve_chart(rows: Any, *, title: Any, summary: Any, columns: Sequence[Column], height: int = 240) -> rx.Component:
    """A value over a number, true to scale, so that a jump stands upright; rows have `at`, `pay` and their texts."""
    line = rx.recharts.line(
        data_key="pay",
        name=title,
        stroke=_colour(0),
        stroke_width=2,
        dot=False,
        is_animation_active=False,
        type_="linear",
    )
    chart = rx.recharts.line_chart(
        line,
        rx.recharts.cartesian_grid(stroke="var(--line)", vertical=False),
        rx.recharts.reference_line(x=100, stroke="var(--ink-faint)"),
        rx.recharts.x_axis(data_key="at", type_="number", domain=[0, 200], unit=" %", **_AXIS),
        rx.recharts.y_axis(width=56, custom_attrs={"tickFormatter": _SHORT}, **_AXIS),
        rx.recharts.graphing_tooltip(
            content_style={"background": "var(--raised)", "border": "1px solid var(--line)", "borderRadius": "8px"},
            is_animation_active=False,
        ),
        data=rows,
        custom_attrs=_QUIET,
        width="100%",
        height=height,
    )
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.span(title, class_name="font-medium"), rx.el.p(summary, class_name=f"{theme.SMALL} m-0 mt-1")
        ),
        rx.el.div(chart, aria_hidden="true", class_name="w-full min-w-0 text-[12px]", style={"height": f"{height}px"}),
        rx.el.details(
            rx.el.summary(t("ui.chart.as_table"), class_name=f"{theme.SMALL} cursor-pointer py-1"),
            simple_table(columns, rows, caption=title),
        ),
        class_name=f"m-0 min-w-0 {theme.STACK}",
    )
