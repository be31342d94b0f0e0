"""A trainer writes and publishes a course; a rep takes it on a phone, earns the badge, and the trainer sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

#: What a trainer says and a rep presses, by the language of the demo's people.
BODY = "## Silence\n\nAfter the price, **say nothing** for ten seconds."


def test_a_course_is_written_published_taken_and_rewarded(own_demo: Served, open_at: Callable[..., Tab]) -> None:
    desk = open_at(own_demo)
    desk.sign_in("trainer")
    write_course(desk)

    phone = open_at(own_demo, phone=True, dark=True, lang="it")
    phone.sign_in("rep")
    take_course(phone)

    desk.go(desk.page.url.removeprefix(own_demo.url))
    row = desk.page.get_by_role("row").filter(has_text="100%")
    row.first.wait_for()
    look(desk)


def write_course(desk: Tab) -> None:
    """From the empty form to the catalogue, looking at every stage."""
    page = desk.page
    desk.go("/studio")
    look(desk)
    press(desk, page.get_by_role("button", name=re.compile("Nuovo corso|New course")))
    page.locator("[role=dialog] input[name=title]").fill("The price, and then silence")
    page.locator("[role=dialog] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/studio/\d+"))
    desk.settle()
    page.locator("#badge").fill("Keeps calm")
    save(desk)

    press(desk, page.get_by_role("button", name=re.compile("Aggiungi una sezione|Add a section")))
    page.locator("#title").fill("The moment")
    save(desk)
    press(desk, page.get_by_role("button", name=re.compile("^(Lezione|Lesson)$")))
    page.locator("#title").fill("Ten seconds")
    page.locator("#body").fill(BODY)
    page.locator("strong", has_text="say nothing").wait_for()
    save(desk)
    press(desk, page.get_by_role("button", name="Quiz", exact=True))
    page.locator("#title").fill("Did it stay?")
    save(desk)
    press(desk, page.get_by_role("button", name=re.compile("Vero o falso|True or false")))
    page.locator("#stem").fill("After the price, silence helps.")
    look(desk)
    page.locator("[role=dialog] button[type=submit]").click()
    desk.settle()
    look(desk)
    agree(desk, "Pubblica|Publish")
    page.get_by_text(re.compile("La versione 1 è nel catalogo|Version 1 is in the catalogue")).first.wait_for()


def take_course(phone: Tab) -> None:
    """Find, begin, read, answer, and look at the badge."""
    page = phone.page
    phone.go("/learning")
    press(phone, page.get_by_role("link", name="The price, and then silence"))
    look(phone)
    press(phone, page.get_by_role("button", name=re.compile("^(Inizia|Begin)$")))
    page.get_by_role("heading", name="Silence", exact=True).wait_for()
    look(phone)
    press(phone, page.get_by_role("button", name=re.compile("Fatto, avanti|Done, go on")))
    press(phone, page.get_by_role("button", name=re.compile("Inizia il quiz|Start the quiz")))
    press(phone, page.get_by_text(re.compile("^(Vero|True)$")))
    look(phone)
    agree(phone, "Consegna|Hand in")
    page.get_by_text("100%").first.wait_for()
    look(phone)
    phone.go("/badges")
    page.get_by_role("heading", name="Keeps calm").wait_for()
    look(phone)


def save(tab: Tab) -> None:
    """Keep what the editor holds."""
    press(tab, tab.page.locator("#editor form button[type=submit]"))


def agree(tab: Tab, label: str) -> None:
    """Press what asks first, and go on."""
    tab.page.get_by_role("button", name=re.compile(f"^({label})$")).click()
    press(tab, tab.page.get_by_role("button", name=re.compile("^(Sì, procedi|Yes, go on)$")).last)


def look(tab: Tab) -> None:
    """Once the messages have gone, which are half transparent while they come and go."""
    expect(tab.page.locator("[data-sonner-toast]")).to_have_count(0)
    tab.check_accessible()


def press(tab: Tab, what: Locator) -> None:
    """Click and wait for the answer."""
    what.click()
    tab.settle()
