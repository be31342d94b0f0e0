"""An address that leads nowhere stands in the frame and shows the way home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

#: The person's own language decides, whatever the browser asks for.
TITLE = re.compile("Page not found|Pagina non trovata")
HOME = re.compile("home page|pagina iniziale")


def test_somebody_lost_finds_home(desktop: Tab) -> None:
    desktop.sign_in("rep")
    desktop.expect_error("404")
    desktop.go("/no/such/page")
    expect(desktop.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    desktop.check_accessible()
    desktop.page.locator("main").get_by_role("link", name=HOME).click()
    desktop.settle()
    expect(desktop.page).to_have_url(re.compile(r":\d+/$"))


def test_it_fits_a_dark_phone(served: Served, open_at: Callable[..., Tab]) -> None:
    tab = open_at(served, lang="it", phone=True, dark=True)
    tab.sign_in("rep")
    tab.expect_error("404")
    tab.go("/nulla")
    expect(tab.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    tab.check_accessible()
