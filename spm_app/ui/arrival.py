"""What happens first whenever a page is opened."""

from __future__ import annotations

from urllib.parse import quote

import reflex as rx

from spm_app.ui import live
from spm_app.ui.policy import allow_public
from spm_app.ui.search import SearchState
from spm_app.ui.session import SessionState


class Arrival(rx.State):
    """The first handler of every page that is not for the public."""

    @rx.event
    @allow_public()
    async def arrive(self):
        """Note which page the tab shows, shut what was open over the last one, and send strangers to the sign-in."""
        session = await self.get_state(SessionState)
        url = self.router.url
        if session._actor is None:
            whence = url.path + (f"?{url.query}" if url.query else "")
            return rx.redirect(f"/sign-in?next={quote(whence, safe='')}", replace=True)
        live.shows(self.router.session.client_token, _plain(self.router.route_id))
        (await self.get_state(SearchState)).is_open = False
        return None


def _plain(route: str) -> str:
    return "/" + route.strip("/")
