"""`make screenshots`: pictures of the demo company for docs/images, each of a page that exists."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from tests.e2e import chromium
from tests.e2e.served import ROOT, served
from tests.e2e.tab import open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.e2e.served import Served

FOLDER = ROOT / "docs" / "images"


class Shot(NamedTuple):
    """Who looks at what. `then` is a link of the page to follow first, by the beginning of its address."""

    name: str
    role: str
    path: str
    then: str = ""
    lang: str = "en"
    phone: bool = False
    dark: bool = False


SHOTS = (
    Shot("home", "rep", "/"),
    Shot("statement", "rep", "/statements", then="/statements/"),
    Shot("statement-phone", "rep", "/statements", then="/statements/", lang="it", phone=True),
    Shot("plan", "comp_admin", "/plans", then="/plans/", dark=True),
    Shot("run", "comp_admin", "/runs", then="/runs/"),
    Shot("deals", "manager", "/deals"),
    Shot("import", "comp_admin", "/imports"),
    Shot("targets", "comp_admin", "/targets", then="/targets/"),
    Shot("dashboard", "exec", "/dashboard", lang="it", dark=True),
    Shot("leaderboard", "manager", "/leaderboard"),
    Shot("course", "rep", "/learning", then="/learning/"),
    Shot("studio", "trainer", "/studio", then="/studio/"),
    Shot("organisation", "manager", "/people/org"),
    Shot("audit", "auditor", "/settings/audit"),
)


def main() -> None:
    """Take them all; a page that is not there is said and left out."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home), demo=True) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            print(f"{shot.name}: {'taken' if _take(browser, running, shot) else 'no such page'}", flush=True)
        browser.close()


def _take(browser: Browser, running: Served, shot: Shot) -> bool:
    tab = open_tab(browser, running, lang=shot.lang, phone=shot.phone, dark=shot.dark)
    tab.sign_in(shot.role)
    tab.go(shot.path)
    if shot.then:
        links = tab.page.locator(f"main a[href^='{shot.then}']")
        if not links.count():
            return False
        tab.go(str(links.first.get_attribute("href")))
    if not tab.page.locator("main h1").count():
        return False
    tab.page.screenshot(path=FOLDER / f"{shot.name}.png", animations="disabled")
    tab.page.context.close()
    return True


if __name__ == "__main__":
    main()
