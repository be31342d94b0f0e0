"""`make screenshots`: pictures of the demo company for docs/images, each of a page that exists."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from tests.crm.maven import maven_files
from tests.e2e import chromium
from tests.e2e.served import ROOT, served
from tests.e2e.tab import open_tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

FOLDER = ROOT / "docs" / "images"
#: Bytes that a picture may weigh.
LARGEST = 200_000
#: Milliseconds: a job reads 8,800 rows, on a busy machine.
PATIENCE = 90_000


class Shot(NamedTuple):
    """Who looks at what. `then` is the link to follow first, by the beginning of its address; `act` is the rest."""

    name: str
    role: str
    path: str
    then: str = ""
    act: Callable[[Tab], None] | None = None
    lang: str = "en"
    phone: bool = False
    dark: bool = False


def why(tab: Tab) -> None:
    """Open the way to the first amount of a statement."""
    tab.page.locator("main tbody button").first.click()
    tab.page.get_by_role("dialog").wait_for()
    tab.settle()


def preview(tab: Tab) -> None:
    """Go through the wizard up to what would change."""
    page = tab.page
    page.context.set_default_timeout(PATIENCE)
    page.get_by_label("Understood as").select_option("crm_maven")
    tab.settle()
    with tempfile.TemporaryDirectory() as folder:
        page.locator("input[type=file]").set_input_files([str(path) for path in maven_files(Path(folder))])
        page.get_by_role("heading", name="What we read").wait_for()
        for name in ("Next", "Next", "See what would happen"):
            tab.settle()
            page.get_by_role("button", name=name, exact=True).click()
        page.get_by_role("row", name=re.compile(r"Deals 8,800")).wait_for()
    tab.settle()


SHOTS = (
    Shot("home", "rep", "/"),
    Shot("statement", "rep", "/statements", then="/statements/", act=why),
    Shot("phone", "rep", "/", lang="it", phone=True, dark=True),
    Shot("plan", "comp_admin", "/plans", then="/plans/"),
    Shot("run", "comp_admin", "/runs", then="/runs/"),
    Shot("import", "comp_admin", "/imports/new", act=preview),
    Shot("targets", "comp_admin", "/targets", then="/targets/"),
    Shot("dashboard", "exec", "/dashboard", dark=True),
    Shot("leaderboard", "manager", "/leaderboard"),
    Shot("course", "rep", "/learning", then="/learning/"),
    Shot("organisation", "manager", "/people/org"),
)


def main(*names: str) -> None:
    """Take those named, or all; a page that is not there is said and left out."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home), demo=True) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            if not names or shot.name in names:
                print(f"{shot.name}: {_take(browser, running, shot)}", flush=True)
        browser.close()


def _take(browser: Browser, running: Served, shot: Shot) -> str:
    """Take it, and say how it went."""
    tab = open_tab(browser, running, lang=shot.lang, phone=shot.phone, dark=shot.dark)
    tab.sign_in(shot.role)
    tab.go(shot.path)
    if shot.then:
        links = tab.page.locator(f"main a[href^='{shot.then}']")
        if not links.count():
            return "no such page"
        tab.go(str(links.first.get_attribute("href")))
    if not tab.page.locator("main h1").count():
        return "no such page"
    if shot.act:
        shot.act(tab)
    file = FOLDER / f"{shot.name}.png"
    tab.page.screenshot(path=file, animations="disabled")
    tab.page.context.close()
    size = file.stat().st_size
    return f"{size / 1000:.0f} kB" + (", too large" if size > LARGEST else "")


if __name__ == "__main__":
    main(*sys.argv[1:])
