"""One browser tab under watch: what it asks of other hosts and what it complains about fails the test.

tab = open_tab(browser, served, lang="it", phone=True)
tab.sign_in("rep")
tab.go("/statements")
tab.page.get_by_role("link", name="...").click()
tab.settle()
tab.check_accessible()
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, WebSocket

    from tests.e2e.served import Served

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
LOCALES = {"en": "en-GB", "it": "it-IT"}
#: Seconds without a message, a request or a busy part after which a page counts as settled.
QUIET = 0.25
#: The same after an event that has had no answer yet: most have one, and a busy machine takes its time over it.
UNANSWERED = 2.0
#: Seconds after which a page is broken rather than slow.
PATIENCE = 60.0
#: Largest sum of layout shifts of a page that people do not notice (the web's own measure: good is below 0.1).
SHIFT = 0.1

_MEASURE_SHIFTS = """
window.__shifts = 0;
window.__moved = [];
const moved = ({node, previousRect: from, currentRect: to}) =>
  `${node?.nodeName} ${(node?.textContent ?? '').slice(0, 40)}: ${from.y} (${from.height}) -> ${to.y} (${to.height})`;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    window.__shifts += entry.value;
    window.__moved.push(entry.value.toFixed(3) + ' ' + entry.sources.map(moved).join('; '));
  }
}).observe({type: 'layout-shift', buffered: true});
"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: How a frame begins that carries an event or an answer; the others only keep the connection alive.
_MESSAGE = "42"
_BUSY = "document.querySelectorAll('[aria-busy=true], .skeleton').length"


@dataclass
class Tab:
    """A page, the server it talks to, and what has been noticed."""

    page: Page
    served: Served
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    _messages: int = 0
    _open: int = 0
    _last: float = 0.0
    _asked: bool = False

    def go(self, path: str) -> None:
        """Open a page of the application and wait until it has its data."""
        before = self._messages
        self.page.goto(self.served.url + path, wait_until="domcontentloaded")
        self._pump(until=lambda: self._messages > before, what=f"{path} never heard from the server")
        self.settle()

    def settle(self) -> None:
        """Wait until the server has nothing more to say and no part of the page says that it is loading."""
        self._pump(until=self._is_quiet, what="the page did not settle")

    def sign_in(self, role: str) -> None:
        """Become the demo company's person of that role, through the form, once a role and server."""
        kept = _cookies.get((self.served.url, role))
        if kept:
            self.page.context.add_cookies(kept)
            return
        self.go("/sign-in")
        self.page.locator(f"[data-demo-role={role}]").click()
        self.page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
        self.settle()
        _cookies[self.served.url, role] = self.page.context.cookies()

    def expect_error(self, pattern: str) -> None:
        """A complaint that this story provokes on purpose."""
        self.expected.append(pattern)

    def check_accessible(self) -> None:
        """Axe finds nothing, and the page does not scroll sideways."""
        found = Axe().run(self.page).response["violations"]
        told = [
            f"{each['id']}: {each['help']}\n    " + "\n    ".join(n["html"][:200] for n in each["nodes"][:5])
            for each in found
        ]
        assert not told, f"{self.page.url}\n" + "\n".join(told)
        assert self.page.evaluate(_OVERFLOW) <= 0, f"{self.page.url} scrolls sideways"

    def shifts(self) -> float:
        """How much the layout has moved by itself since the page was opened."""
        return float(self.page.evaluate("window.__shifts"))

    def moved(self) -> str:
        """What moved by itself, for the message."""
        return "\n    ".join(self.page.evaluate("window.__moved"))

    def close(self) -> None:
        """End; fails when something was noticed."""
        self.page.context.close()
        unexpected = [e for e in self.errors if not any(re.search(pattern, e) for pattern in self.expected)]
        assert self.foreign == [], f"asked another host: {self.foreign}"
        assert unexpected == [], "\n".join(unexpected)

    def watch(self) -> None:
        """Listen to everything that the page asks for and says."""
        self.page.context.route(re.compile(r"^https?://"), self._on_route)
        self.page.on("request", lambda _: self._note(opened=1))
        self.page.on("requestfinished", lambda _: self._note(opened=-1))
        self.page.on("requestfailed", self._on_failed)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(f"{self.page.url}: {error}"))
        self.page.on("websocket", self._on_socket)

    def _on_route(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(self.served.url).netloc:
            route.fallback()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def _on_failed(self, request: Request) -> None:
        del request
        self._note(opened=-1)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{self.page.url}: {message.text}")

    def _on_socket(self, socket: WebSocket) -> None:
        socket.on("framesent", self._on_sent)
        socket.on("framereceived", self._on_received)

    def _on_sent(self, frame: str | bytes) -> None:
        if str(frame).startswith(_MESSAGE):
            self._asked = True
            self._note()

    def _on_received(self, frame: str | bytes) -> None:
        if str(frame).startswith(_MESSAGE):
            self._asked = False
            self._note(messages=1)

    def _note(self, *, opened: int = 0, messages: int = 0) -> None:
        self._open = max(0, self._open + opened)
        self._messages += messages
        self._last = time.monotonic()

    def _is_quiet(self) -> bool:
        wanted = UNANSWERED if self._asked else QUIET
        silent = self._open == 0 and time.monotonic() - self._last > wanted
        return silent and self.page.evaluate(_BUSY) == 0

    def _pump(self, until: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while not until():
            assert time.monotonic() < deadline, f"{what} ({self.page.url})"
            self.page.wait_for_timeout(25)


_cookies: dict[tuple[str, str], list[Any]] = {}


def open_tab(browser: Browser, served: Served, *, lang: str = "en", phone: bool = False, dark: bool = False) -> Tab:
    """A new, signed-out visitor with that language, size and preference."""
    context = browser.new_context(
        base_url=served.url,
        viewport=PHONE if phone else DESKTOP,
        has_touch=phone,
        is_mobile=phone,
        locale=LOCALES[lang],
        timezone_id="Europe/Rome",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_init_script(_MEASURE_SHIFTS)
    context.set_default_timeout(PATIENCE * 1000)
    tab = Tab(context.new_page(), served)
    tab.watch()
    return tab
