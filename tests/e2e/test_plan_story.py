"""A plan from nothing to its payees' yes: begun from a template, changed, tried, approved and agreed to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from spm_app.ui.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

NAME = "Plan of the story"


def test_a_plan_goes_from_a_template_to_agreement(own_demo: Served, open_at: Callable[..., Tab]) -> None:
    admin = open_at(own_demo)
    admin.sign_in("comp_admin")
    path = write(admin)

    finance = open_at(own_demo)
    finance.sign_in("finance")
    approve(finance, path)
    publish(admin, path)

    rep = open_at(own_demo, phone=True, dark=True)
    rep.sign_in("rep")
    agree(rep, path)
    who_agreed(admin, path)


def write(tab: Tab) -> str:
    """The form changes the text, the text changes the form, a mistake stands at its place; the plan's address."""
    page = tab.page
    tab.go("/plans/0")
    page.get_by_text(both("compensation.template.begin")).click()
    named(page, "compensation.template.use", ": ", "compensation.template.accelerator.title").click()
    text = page.locator("#plan-text")
    expect(text).to_have_value(re.compile(r"kind: marginal"))

    field(tab, "code").fill("story")
    expect(text).to_have_value(re.compile(r"code: story\n"))
    tab.settle()
    field(tab, "name").fill(NAME)
    expect(text).to_have_value(re.compile(rf"code: story\nname: {NAME}"))
    page.locator("select:has(option[value=SENIOR])").select_option("SENIOR")
    expect(text).to_have_value(re.compile(r'titles: \["REP", "SENIOR"]'))
    rate = field(tab, "components[0].rate_table.bands[1].rate")
    rate.fill("7,5")
    expect(text).to_have_value(re.compile(r"to: 150 %, rate: 7.5 %"))

    written = text.input_value()
    text.fill(written.replace("rate: 7.5 %", "rate: lots"))
    expect(page.locator("[id='error-components[0].rate_table.bands[1].rate']")).to_contain_text("lots")
    tab.settle()
    tab.check_accessible()
    page.keyboard.press("Control+z")
    expect(rate).to_have_value("7.5 %")

    named(page, "compensation.document").click()
    expect(page.get_by_text("7.5%").or_(page.get_by_text("7,5%")).first).to_be_visible()
    named(page, "compensation.drawn").click()
    expect(page.locator(".recharts-line").first).to_be_visible()
    tab.settle()
    tab.check_accessible()
    named(page, "compensation.plan.save").click()
    page.wait_for_url(re.compile(r"/plans/[1-9]\d*$"))
    tab.settle()
    named(page, "compensation.plan.propose").click()
    stands(tab, "compensation.version.proposed")
    return page.url.removeprefix(tab.served.url)


def approve(tab: Tab, path: str) -> None:
    """Another person reads the document and what changes."""
    tab.go(path)
    expect(tab.page.get_by_text(NAME).first).to_be_visible()
    named(tab.page, "compensation.plan.approve").click()
    stands(tab, "compensation.version.approved")
    tab.settle()
    tab.check_accessible()


def publish(tab: Tab, path: str) -> None:
    tab.go(path)
    named(tab.page, "compensation.plan.publish").click()
    named(tab.page, "ui.go_on").click()
    stands(tab, "compensation.version.published")


def agree(tab: Tab, path: str) -> None:
    """On a phone, in the dark: the prose is read, and the yes is kept."""
    tab.go(path)
    tab.check_accessible()
    named(tab.page, "compensation.agreed.agree").click()
    expect(tab.page.get_by_text(re.compile("You agreed|Piano accettato il"))).to_be_visible()


def who_agreed(tab: Tab, path: str) -> None:
    tab.go(path)
    named(tab.page, "compensation.agreed").click()
    expect(tab.page.get_by_role("cell", name=both("compensation.agreed.yes")).first).to_be_visible()
    tab.settle()
    tab.check_accessible()


def both(*keys: str) -> re.Pattern[str]:
    """The text in either language: the demo's people speak both."""
    said = (
        "".join(say(lang, key) if key.startswith(("compensation", "ui.")) else key for key in keys)
        for lang in ("en", "it")
    )
    return re.compile("^(" + "|".join(map(re.escape, said)) + ")$")


def named(page: object, *keys: str) -> Locator:
    return page.get_by_role("button", name=both(*keys))  # type: ignore[attr-defined]


def field(tab: Tab, path: str) -> Locator:
    return tab.page.locator(f"[id='cell-{path}']")


def stands(tab: Tab, key: str) -> None:
    expect(tab.page.get_by_role("main").get_by_text(both(key)).first).to_be_visible()
