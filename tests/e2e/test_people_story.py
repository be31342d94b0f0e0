"""Coming in and going out; a personnel file brought in; roles that check each other; a log that is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

FILE = """Matricola;Nominativo;Data assunzione;Ruolo;Team;Responsabile
N1;Nina Nuova;2026-02-01;Account executive;Milan;Zoe Zucchi
N2;Zoe Zucchi;2026-01-01;Head of labs;Labs;
N3;Ugo Uno;01/02/2026;;;
"""


def test_a_stranger_is_led_to_the_door_and_back(desktop: Tab) -> None:
    page = desktop.page
    desktop.go("/people/org")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    desktop.check_accessible()
    page.fill("#name", "somebody")
    page.fill("#password", "wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").filter(has_text="wrong")).to_be_visible()
    page.locator("[data-demo-role=rep]").click()
    expect(page).to_have_url(re.compile(r"/people/org$"))


def test_signing_out_closes_every_tab(open_at: Callable[..., Tab], served: Served) -> None:
    one = open_at(served)
    one.go("/sign-in")
    one.page.locator("[data-demo-role=trainer]").click()
    one.page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
    one.go("/account")
    other = one.page.context.new_page()
    other.goto(f"{served.url}/account")
    other.locator("summary").last.click()
    other.locator("form[action='/door/sign-out'] button").click()
    other.wait_for_url(re.compile("/sign-in"))
    one.page.locator("main button[lang=it]").click()
    one.page.wait_for_url(re.compile("/sign-in"))


def test_a_personnel_file_is_looked_at_and_brought_in(
    open_at: Callable[..., Tab], own_demo: Served, tmp_path: Path
) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(FILE, encoding="utf-8")
    tab = open_at(own_demo)
    tab.sign_in("comp_admin")
    tab.go("/people/import")
    tab.page.set_input_files("input[type=file]", file)
    expect(tab.page.get_by_text("New titles and teams: Head of labs, Labs")).to_be_visible()
    expect(tab.page.get_by_text("is not a day as chosen above")).to_be_visible()
    tab.check_accessible()
    tab.page.get_by_role("button", name="Bring in").click()
    expect(tab.page.get_by_role("heading", name="The file is in.")).to_be_visible()
    tab.go("/people?q=nuova")
    expect(tab.page.get_by_role("link", name="Nina Nuova")).to_be_visible()


def test_two_roles_that_check_each_other_are_refused(open_at: Callable[..., Tab], own_demo: Served) -> None:
    tab = open_at(own_demo)
    tab.sign_in("sysadmin")
    tab.go("/settings/accounts?account=5")
    for role in ("Finance", "Compensation administrator"):
        tab.page.get_by_label(role).click()
        expect(tab.page.get_by_label(role)).to_be_checked()
    tab.page.get_by_role("button", name="Save roles").click()
    expect(tab.page.get_by_role("alert").filter(has_text="Finance")).to_be_visible()
    tab.check_accessible()


def test_the_log_is_whole(open_at: Callable[..., Tab], own_demo: Served) -> None:
    tab = open_at(own_demo)
    tab.sign_in("auditor")
    tab.go("/settings/audit")
    tab.page.get_by_role("button", name=re.compile("Verify the log|Verifica il registro")).click()
    expect(
        tab.page.get_by_role("status").filter(has_text=re.compile("The log is whole|Il registro è integro"))
    ).to_be_visible()
    tab.check_accessible()


def test_pay_is_shown_by_a_click_only_to_whom_it_may_be(open_at: Callable[..., Tab], own_demo: Served) -> None:
    tab = open_at(own_demo)
    tab.sign_in("comp_admin")
    tab.go("/people/5")
    tab.page.get_by_role("button", name="Show").click()
    expect(tab.page.get_by_role("cell", name="€").first).to_be_visible()
    tab.check_accessible()
    manager = open_at(own_demo, phone=True, lang="it")
    manager.sign_in("trainer")
    manager.go("/people/5")
    manager.check_accessible()
    expect(manager.page.get_by_text("€")).to_have_count(0)
