"""Handlers that only the served app of this suite has.

The echo gives a word back, so that a test knows what came before: the events of a tab are answered one after the other,
and when the word is back, everything said earlier was answered, however slow the machine is. The counter is at work for
a while in the background, as an import is.
"""

from __future__ import annotations

import asyncio
import time

import reflex as rx
from reflex.event import EventSpec

from spm_app.ui.policy import allow_public, allow_signed_in
from tests.security.wire import COUNTS, PACE


class Echo(rx.State):
    """Remembers how far it has counted, and when."""

    counted: int = 0
    counted_at: float = 0.0

    @rx.event
    @allow_public()
    async def echo(self, word: str) -> EventSpec:
        """Say the same."""
        return rx.call_script(f"'{word}'")

    @rx.event
    @allow_public()
    async def tell(self) -> EventSpec:
        """Say what is remembered."""
        return rx.call_script(f"'remembers {self.counted}'")

    @rx.event(background=True)
    @allow_signed_in()
    async def count(self):
        """Count aloud, then say that it is done."""
        for number in range(1, COUNTS + 1):
            await asyncio.sleep(PACE)
            async with self:
                self.counted, self.counted_at = number, time.perf_counter()
        yield rx.toast.success("counted to the end")

    @rx.event(background=True)
    @allow_signed_in()
    async def wait(self):
        """Say nothing for as long as the counting takes, then much."""
        await asyncio.sleep(PACE * COUNTS)
        yield rx.toast.success("waited to the end")

    @rx.event
    @allow_signed_in()
    async def labour(self) -> EventSpec:
        """Keep the tab busy while it lasts."""
        await asyncio.sleep(PACE * COUNTS / 2)
        self.counted = -1
        return rx.toast.success("laboured to the end")
