"""A figure that matters: its name, its value, how it moved, how it is computed, and the way into its rows."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.blocks.basic import link
from spm_app.ui.blocks.charts import sparkline
from spm_app.ui.i18n import t

_COLOURS = {"neutral": "text-ink-soft", "good": "text-good", "warn": "text-warn", "bad": "text-bad"}


def kpi_card(
    title: Any,
    value: Any,
    *,
    change: Any = "",
    tone: Any = "neutral",
    how: Any = "",
    href: Any = "",
    points: Any = "",
) -> rx.Component:
    """`change` says the movement in words, `tone` colours it; `how` is the formula in words; `href` opens the rows."""
    looks = {name: f"{colour} text-[12px] leading-4 min-h-4" for name, colour in _COLOURS.items()}
    moved = looks.get(tone, "") if isinstance(tone, str) else rx.match(tone, *looks.items(), looks["neutral"])
    computed = rx.el.details(
        rx.el.summary(t("ui.kpi.how"), class_name=f"{theme.SMALL} cursor-pointer"),
        rx.el.p(how, class_name=f"{theme.SMALL} m-0 mt-1"),
    )
    return rx.el.article(
        rx.el.h2(title, class_name=f"{theme.SMALL} m-0 font-medium"),
        rx.el.div(value, class_name=theme.FIGURE),
        rx.el.div(change, class_name=moved),
        rx.el.div(
            sparkline(points, t("ui.kpi.trend")) if not _is_nothing(points) else rx.fragment(),
            _if_any(how, computed),
            _if_any(href, link(t("ui.kpi.rows"), href, class_name=f"{theme.LINK} text-[12px]")),
            class_name="mt-auto flex flex-col gap-1 empty:hidden",  # at one height in all cards of a row
        ),
        class_name=f"{theme.CARD} p-4 flex flex-col gap-1 min-w-0",
    )


def _is_nothing(value: Any) -> bool:
    return isinstance(value, str) and not value


def _if_any(value: Any, part: rx.Component) -> rx.Component:
    if isinstance(value, rx.Var):
        return rx.cond(value != "", part, rx.fragment())
    return part if value else rx.fragment()
