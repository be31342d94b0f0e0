"""One handler that only the served app of this suite has: it gives a word back, so that a test knows what came before.

The events of a tab are answered one after the other. When the word is back, everything said earlier was answered,
however slow the machine is.
"""

from __future__ import annotations

import reflex as rx
from reflex.event import EventSpec

from spm_app.ui.policy import allow_public


class Echo(rx.State):
    """Remembers nothing."""

    @rx.event
    @allow_public()
    async def echo(self, word: str) -> EventSpec:
        """Say the same."""
        return rx.call_script(f"'{word}'")
