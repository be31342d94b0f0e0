"""An administrator brings in a whole foreign CRM through the wizard, looks at it, and takes it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.crm.maven import maven_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

#: Milliseconds: a job starts, reads 8,800 rows and writes them, on a busy machine.
PATIENCE = 90_000


@pytest.fixture
def tab(own_demo: Served, open_at: Callable[..., Tab]) -> Tab:
    """The compensation administrator, at a demo company that this story may change."""
    opened = open_at(own_demo)
    opened.sign_in("comp_admin")
    return opened


def press(tab: Tab, name: str) -> None:
    tab.page.get_by_role("button", name=name, exact=True).click()
    tab.settle()


def test_an_administrator_imports_a_whole_crm_and_takes_it_back(tab: Tab, tmp_path: Path) -> None:
    page = tab.page
    page.context.set_default_timeout(PATIENCE)
    tab.go("/imports")
    page.get_by_role("link", name="New import").first.click()
    page.wait_for_url(re.compile("/imports/new"))
    tab.settle()
    tab.check_accessible()

    page.get_by_label("Understood as").select_option("crm_maven")
    tab.settle()
    page.locator("input[type=file]").set_input_files([str(path) for path in maven_files(tmp_path)])
    expect(page.get_by_role("heading", name="What we read")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("sales_pipeline")).click()
    expect(page.get_by_text("8,800 rows")).to_be_visible()
    tab.settle()
    tab.check_accessible()

    press(tab, "Next")
    expect(page.get_by_label("Stage *")).to_have_value("deal_stage")
    tab.check_accessible()
    press(tab, "Next")
    expect(page.get_by_label("GTXPro", exact=True)).to_have_value("is:GTX Pro", timeout=PATIENCE)
    tab.check_accessible()

    press(tab, "See what would happen")
    expect(page.get_by_role("row", name=re.compile(r"Deals 8,800 8,800 0 0 0"))).to_be_visible(timeout=PATIENCE)
    tab.check_accessible()
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url(re.compile(r"/imports/\d+"))
    expect(page.get_by_text("Done", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("row", name=re.compile(r"Deals 8,800 8,800 0 0 0"))).to_be_visible()
    tab.settle()
    tab.check_accessible()

    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Undone", exact=True)).to_be_visible(timeout=PATIENCE)


def test_a_deal_is_found_and_opened(tab: Tab) -> None:
    page = tab.page
    tab.go("/deals?outcome=won")
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    tab.check_accessible()
    page.get_by_role("table").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/deals/\d+"))
    tab.settle()
    expect(page.get_by_role("heading", name="Stages it went through")).to_be_visible()
    tab.check_accessible()


def test_a_seller_sees_their_own_deals_and_no_imports(own_demo: Served, open_at: Callable[..., Tab]) -> None:
    seller = open_at(own_demo, lang="it", phone=True)
    seller.sign_in("rep")
    seller.go("/deals")
    expect(seller.page.get_by_role("heading", level=1, name="Trattative")).to_be_visible()
    seller.check_accessible()
    seller.go("/imports")
    expect(seller.page.get_by_role("link", name="Nuova importazione")).to_have_count(0)
