"""An address that leads nowhere stands in the frame, speaks the person's language, and shows the way home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab


def test_somebody_lost_finds_home(desktop: Tab) -> None:
    desktop.sign_in("rep")
    desktop.expect_error("404")
    desktop.go("/no/such/page")
    expect(desktop.page.get_by_role("heading", level=1)).to_have_text("Page not found")
    desktop.check_accessible()
    desktop.page.locator("main").get_by_role("link", name="To the home page").click()
    desktop.settle()
    expect(desktop.page).to_have_url(re.compile(r":\d+/$"))


def test_it_speaks_italian_on_a_dark_phone(served: Served, open_at: Callable[..., Tab]) -> None:
    tab = open_at(served, lang="it", phone=True, dark=True)
    tab.sign_in("rep")
    tab.expect_error("404")
    tab.go("/nulla")
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Pagina non trovata")
    tab.check_accessible()
