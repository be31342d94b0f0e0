"""The looks as class names: colours, sizes and spaces are named here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflex_base.plugins.shared_tailwind import TailwindConfig

_MEANINGS = (
    "ground", "surface", "raised", "sunken", "line", "line-strong", "ink", "ink-soft", "ink-faint",
    "accent", "accent-strong", "accent-soft", "on-accent", "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft",
)  # fmt: skip
#: Given to Tailwind: `bg-surface`, `text-ink-soft`, `border-line` follow the tokens in light and dark.
TAILWIND: TailwindConfig = {"theme": {"extend": {"colors": {name: f"var(--{name})" for name in _MEANINGS}}}}

CARD = "rounded-lg border border-line bg-surface"
PAD = "p-4 sm:p-5"
H1 = "text-[20px] leading-7 sm:text-[24px] sm:leading-8 font-semibold tracking-tight text-ink m-0"
H2 = "text-[16px] leading-6 font-semibold text-ink m-0"
SMALL = "text-[12px] leading-4 text-ink-soft"
FIGURE = "text-[28px] leading-9 font-semibold tracking-tight tabular-nums text-ink"
NUMERIC = "text-right tabular-nums whitespace-nowrap"
HEAD = "flex flex-wrap items-center justify-between gap-2"
STACK = "flex flex-col gap-4"
ROW = "flex flex-wrap items-center gap-2"
LINK = "text-accent underline decoration-line-strong underline-offset-2 hover:decoration-current"
TARGET = "min-h-[44px] sm:min-h-[36px]"
_BUTTON = (
    "inline-flex items-center justify-center gap-2 rounded-lg px-3 text-[14px] font-medium cursor-pointer no-underline "
    "border disabled:opacity-50 disabled:cursor-not-allowed transition-colors duration-100 " + TARGET + " "
)
_PRESSED = " aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
BUTTONS = {
    "primary": _BUTTON + "bg-accent text-on-accent border-accent hover:bg-accent-strong",
    "plain": _BUTTON + "bg-surface text-ink border-line-strong hover:bg-sunken aria-pressed:border-accent" + _PRESSED,
    "quiet": _BUTTON + "bg-transparent text-ink-soft border-transparent hover:bg-sunken hover:text-ink" + _PRESSED,
    "danger": _BUTTON + "bg-surface text-bad border-line-strong hover:bg-bad-soft",
}
INPUT = (
    "w-full rounded-lg border border-line-strong bg-surface text-ink px-3 text-[14px] placeholder:text-ink-faint "
    "aria-[invalid=true]:border-bad " + TARGET
)
TONES = {
    "neutral": "bg-sunken text-ink-soft",
    "accent": "bg-accent-soft text-accent-strong",
    "good": "bg-good-soft text-good",
    "warn": "bg-warn-soft text-warn",
    "bad": "bg-bad-soft text-bad",
}
