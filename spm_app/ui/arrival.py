"""What happens first, and what last, whenever a page is opened."""

from __future__ import annotations

from urllib.parse import quote

import reflex as rx

from spm_app.ui import live
from spm_app.ui.policy import allow_public, allow_signed_in
from spm_app.ui.search import SearchState
from spm_app.ui.session import SessionState


class Arrival(rx.State):
    """The first and the last handler of every page that is not for the public."""

    #: Routes whose pages have had all their data: each is shown whole, and never moves because a part came later.
    complete: list[str] = []

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

    @rx.event
    @allow_signed_in()
    async def settle(self):
        """Everything that the page loads is there."""
        route = _plain(self.router.route_id)
        if route not in self.complete:
            self.complete = [*self.complete, route]


def _plain(route: str) -> str:
    """Reflex calls the home page `index`; everywhere else it is `/`."""
    name = route.strip("/")
    return "/" if name == "index" else f"/{name}"
