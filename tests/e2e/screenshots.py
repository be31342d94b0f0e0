"""`make screenshots`: pictures of the demo company for docs/images, each of a page that exists."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

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
    """Who looks at what. `then` finds the links of which the one `at` is followed first; `act` is the rest."""

    name: str
    role: str
    path: str
    then: str = ""
    at: int = 0
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
    deals = "\r\n".join([HEADING, *DEALS]).encode("cp1252")
    page.locator("input[type=file]").set_input_files(
        [{"name": "trattative.csv", "mimeType": "text/csv", "buffer": deals}]
    )
    page.get_by_role("heading", name="What we read").wait_for()
    for name in ("Next", "Next", "See what would happen"):
        tab.settle()
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("row", name=re.compile("^Deals")).first.wait_for()
    tab.settle()
    page.evaluate("window.scrollTo(0, 0)")


#: As an Italian spreadsheet writes it: semicolons, decimal commas, days first; one owner is nobody here.
HEADING = "Id trattativa;Nome;Fase;Importo;Cliente;Titolare;Data chiusura"
DEALS = (
    "T-101;Aule silenziose;Vinta;12.480,00;Liceo Galvani;Giulia Conti;03/11/2026",
    "T-102;Camere al mare;Vinta;38.900,50;Hotel Sole;Giulia Conti;05/11/2026",
    "T-103;Nuovi uffici;Proposta;21.000,00;Studio Verdi;Marco Ferrara;18/12/2026",
    "T-104;Reparto due;Persa;0;Clinica Aurora;Giulia Conti;09/11/2026",
    "T-105;Palestra;Vinta;7.250,00;Comune di Bari;Qualcun Altro;10/11/2026",
)

LIST = "main tbody a[href^='{}']"
SHOTS = (
    Shot("home", "rep", "/"),
    Shot("statement", "rep", "/statements", then=LIST.format("/statements/"), at=1, act=why),
    Shot("phone", "rep", "/", lang="it", phone=True, dark=True),
    Shot("plan", "comp_admin", "/plans", then="main tbody a:has-text('Senior account')"),
    Shot("import", "comp_admin", "/imports/new", act=preview),
    Shot("targets", "comp_admin", "/targets", then=LIST.format("/targets/")),
    Shot("dashboard", "exec", "/dashboard", dark=True),
    Shot("leaderboard", "manager", "/leaderboard"),
    Shot("course", "rep", "/learning", then="main a[href^='/learning/']"),
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
    tab.go("/account")
    _speak(tab, shot.lang)
    tab.go(shot.path)
    if shot.then:
        links = tab.page.locator(shot.then)
        if links.count() <= shot.at:
            return "no such page"
        tab.go(str(links.nth(shot.at).get_attribute("href")))
    if not tab.page.locator("main h1").count():
        return "no such page"
    if shot.act:
        shot.act(tab)
    file = FOLDER / f"{shot.name}.png"
    tab.page.screenshot(path=file, animations="disabled")
    tab.page.context.close()
    size = file.stat().st_size
    return f"{size / 1000:.0f} kB" + (", too large" if size > LARGEST else "")


def _speak(tab: Tab, lang: str) -> None:
    """Their own language is what people of the demo have chosen; the picture wants this one."""
    tab.page.locator("header details summary").last.click()
    tab.page.locator(f"header button[lang={lang}]").click()
    tab.settle()


if __name__ == "__main__":
    main(*sys.argv[1:])
