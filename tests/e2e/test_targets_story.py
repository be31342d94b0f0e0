"""A planner splits a year, changes and locks an amount; finance approves it, and it comes into force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

YEAR = "2027"
#: A person's field of the year, in either language, and the one of the company.
_WHOLE = re.compile(r"^(?!Company|Azienda).*, (Year|Anno)$")
_COMPANY = re.compile(r"^(Company|Azienda), (Year|Anno)$")


@pytest.mark.parametrize(("lang", "is_phone"), [("en", False), ("it", True)], ids=["en-desktop", "it-phone"])
def test_a_goal_goes_from_one_amount_to_quotas_in_force(
    served: Served, open_at: Callable[..., Tab], lang: str, *, is_phone: bool
) -> None:
    desk = open_at(served, lang=lang, phone=is_phone, dark=is_phone)
    desk.sign_in("comp_admin")
    split(desk)
    change_and_lock(desk)
    press(desk, "Propose|Proponi")
    at = desk.page.url.removeprefix(served.url)

    finance = open_at(served, lang=lang, phone=is_phone)
    finance.sign_in("finance")
    finance.go(at)
    expect(finance.page.locator("tbody input")).to_have_count(0)
    press(finance, "Approve|Approva")

    desk.settle()
    press(desk, "Publish|Pubblica")
    desk.page.get_by_text(re.compile("^(Published|Pubblicato)$")).first.wait_for()
    look(desk)


def split(desk: Tab) -> None:
    """From one amount to everybody's quarters."""
    page = desk.page
    desk.go("/targets")
    press(desk, "New goal|Nuovo obiettivo")
    expect(page.locator("[role=dialog] [aria-invalid=true]")).to_have_count(0)
    look(desk)
    page.locator("#year").fill("soon")
    page.locator("#amount").fill("21.000.000,00")
    page.locator("[role=dialog] button[type=submit]").click()
    expect(page.locator("[role=dialog] [aria-invalid=true]")).to_have_count(1)
    page.locator("#year").fill(YEAR)
    page.locator("[role=dialog] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/targets/\d+"))
    desk.settle()
    look(desk)


def change_and_lock(desk: Tab) -> None:
    """One amount is set, the others follow, the sum stays; it is held fast, and a slip is forgotten."""
    page = desk.page
    total = page.locator("tbody input").and_(page.get_by_label(_COMPANY)).input_value()
    own = year_of(page, 1)
    beside = year_of(page, 2).input_value()
    own.fill("123.456,78" if own.input_value().endswith("€") else "123,456.78")
    own.press("Tab")
    expect(year_of(page, 2)).not_to_have_value(beside)
    assert digits(page, 1) == "12345678"
    assert page.locator("tbody input").and_(page.get_by_label(_COMPANY)).input_value() == total
    page.get_by_role("button", name=re.compile("(Lock|Blocca): .*, (Year|Anno)$")).nth(2).click()
    desk.settle()
    year_of(page, 1).fill("much")
    year_of(page, 1).press("Enter")
    expect(year_of(page, 1)).not_to_have_value("much")
    assert digits(page, 1) == "12345678"


def year_of(page: Page, at: int) -> Locator:
    """The field with the year of that team or person."""
    return page.locator("tbody input").and_(page.get_by_label(_WHOLE)).nth(at)


def digits(page: Page, at: int) -> str:
    """The amount of the year in that line, without marks."""
    return re.sub(r"\D", "", year_of(page, at).input_value())


def press(tab: Tab, label: str) -> None:
    """The button of that name in either language."""
    tab.page.get_by_role("button", name=re.compile(f"^({label})$")).first.click()
    tab.settle()


def look(tab: Tab) -> None:
    """Once the messages have gone, which are half transparent while they come and go, and stay under the pointer."""
    tab.page.mouse.move(1, 1)
    expect(tab.page.locator("[data-sonner-toast]")).to_have_count(0, timeout=15_000)
    tab.check_accessible()
