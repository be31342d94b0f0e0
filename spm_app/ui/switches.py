"""What a person sets about the screen itself: the language at once, everywhere, without a reload."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx
from reflex.state import OnLoadInternalState

from spm_app.kernel.rights import Actor
from spm_app.ui.catalogue import LANGUAGES
from spm_app.ui.policy import allow_public
from spm_app.ui.session import SessionState

Keeper = Callable[[Actor, str], None]
_keepers: list[Keeper] = []


def keep_language_with(keeper: Keeper) -> None:
    """Say who remembers a person's language; the composition root names the service of people."""
    _keepers.append(keeper)


class Switches(rx.State):
    """The switch of the language; the colour mode lives in the browser alone."""

    @rx.event
    @allow_public()
    async def speak(self, lang: str):
        """Show everything in that language; what the server has written is written again by the page's own loading."""
        if lang not in LANGUAGES:
            return None
        session = await self.get_state(SessionState)
        session.lang = lang
        if session._actor is not None:
            actor = session._actor
            for keeper in _keepers:
                await rx.run_in_thread(lambda keeper=keeper: keeper(actor, lang))
        return OnLoadInternalState.on_load_internal
