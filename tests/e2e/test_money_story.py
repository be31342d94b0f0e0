"""Pay from a plan's first draft to a statement that explains itself: each step by another person, each row by right.

The deals are a real CRM's, and what people see is compared with plain arithmetic over its files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from spm_app.kernel.money import Money
from spm_app.ui import words
from spm_app.ui.catalogue import say
from tests.e2e.maven_house import PASSWORD, STAFF, USD, furnish
from tests.e2e.served import served as serve
from tests.oracle import maven_pay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.e2e.maven_house import Cast
    from tests.e2e.served import Served
    from tests.e2e.tab import Tab

WALKS: dict[str, dict[str, Any]] = {"desktop": {"lang": "en"}, "phone": {"lang": "it", "phone": True, "dark": True}}
PERIOD = "2017-Q4"
#: Milliseconds: a worker starts, reads a year of deals and writes a quarter's pay, on a busy machine.
PATIENCE = 90_000


@dataclass
class House:
    """The running installation, who plays in it, and how they look at it."""

    served: Served
    cast: Cast
    walk: dict[str, Any]
    open_at: Callable[..., Tab]

    def enter(self, name: str) -> Tab:
        """Sign in by name and password, in a browser of one's own."""
        tab = self.open_at(self.served, **self.walk)
        tab.page.set_default_timeout(30_000)
        tab.go("/sign-in")
        tab.page.fill("#name", name)
        tab.page.fill("#password", PASSWORD)
        tab.page.get_by_role("button", name=self.say("gate.sign_in"), exact=True).click()
        tab.page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
        tab.settle()
        return tab

    def say(self, key: str, **args: object) -> str:
        """The text that people read."""
        return say(self.walk["lang"], key, **args)

    def money(self, cents: int) -> str:
        """The amount as people read it."""
        return words.money(Money.from_minor(cents, USD), self.walk["lang"])

    def press(self, tab: Tab, key: str) -> None:
        """Press a button; a question that it asks first is agreed to."""
        tab.page.get_by_role("button", name=self.say(key), exact=True).click()
        asked = tab.page.get_by_role("button", name=self.say("ui.go_on"), exact=True)
        if asked.count():
            asked.click()
        tab.settle()

    def look(self, tab: Tab) -> None:
        """Fit for everybody, once the messages have gone, which are half transparent while they come and go."""
        expect(tab.page.locator("[data-sonner-toast]")).to_have_count(0, timeout=30_000)
        tab.check_accessible()


@pytest.fixture(params=WALKS)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Served, Cast, dict[str, Any]]]:
    """An installation of its own for each walk: what is final stays so."""
    walk = WALKS[request.param]
    cast = furnish(tmp_path / "home", walk["lang"], tmp_path)
    with serve(tmp_path / "home", demo=False) as running:
        yield running, cast, walk


@pytest.fixture
def house(installed: tuple[Served, Cast, dict[str, Any]], open_at: Callable[..., Tab]) -> House:
    """The same with browsers, which close before it stops."""
    return House(*installed, open_at)


def test_pay_goes_from_a_plan_to_a_statement_that_explains_itself(house: House) -> None:
    admin, finance = house.enter("ada"), house.enter("fina")

    plan = _a_plan_is_written(house, admin)
    _another_person_approves(house, finance, plan)
    _it_is_published(house, admin, plan)

    _the_quarter_is_calculated(house, admin)
    _finance_approves(house, finance, admin)
    _a_third_person_closes_it(house, house.enter("carlo"), admin)

    colleague, stranger = (_statement_of(finance, name) for name in (house.cast.colleague, house.cast.stranger))
    _a_seller_reads_and_understands(house, house.enter("seller"), colleague)
    _a_lead_sees_the_team_and_nobody_else(house, house.enter("lead"), colleague, stranger)


def _a_plan_is_written(house: House, admin: Tab) -> str:
    """From the text that the program offers; the address of the plan."""
    page = admin.page
    admin.go("/plans")
    page.get_by_role("link", name=house.say("compensation.plan.new")).click()
    page.wait_for_url(re.compile(r"/plans/0"))
    text = page.get_by_label(house.say("compensation.plan.text"))
    expect(text).to_have_value(re.compile(r"currency: USD[\s\S]*titles: \[\"REP\"]"))

    text.fill(maven_pay.SELLERS.replace("rate: 9.125 %", "rate: 9.12555 %"))
    expect(page.get_by_text(house.say("compensation.plan.not_a_percentage", value="9.12555 %")).first).to_be_visible()
    house.look(admin)

    text.fill(maven_pay.SELLERS)
    house.press(admin, "compensation.plan.save")
    page.wait_for_url(re.compile(r"/plans/[1-9]\d*$"))
    house.press(admin, "compensation.plan.propose")
    _stands(page, house.say("compensation.version.proposed"))
    expect(_button(house, page, "compensation.plan.approve")).to_have_count(0)
    return page.url.removeprefix(house.served.url)


def _another_person_approves(house: House, finance: Tab, plan: str) -> None:
    page = finance.page
    finance.go("/plans")
    page.get_by_role("link", name="Sellers", exact=True).click()
    page.wait_for_url(re.compile(plan))
    house.press(finance, "compensation.plan.approve")
    _stands(page, house.say("compensation.version.approved"))
    expect(_button(house, page, "compensation.plan.publish")).to_have_count(0)
    house.look(finance)


def _it_is_published(house: House, admin: Tab, plan: str) -> None:
    admin.go(plan)
    house.press(admin, "compensation.plan.publish")
    _stands(admin.page, house.say("compensation.version.published"))
    expect(admin.page.get_by_role("cell", name=STAFF["fina"][0])).to_be_visible()
    expect(_button(house, admin.page, "compensation.plan.save")).to_have_count(0)
    expect(_button(house, admin.page, "compensation.plan.renew")).to_be_visible()
    house.look(admin)


def _the_quarter_is_calculated(house: House, admin: Tab) -> None:
    page = admin.page
    admin.go("/runs")
    page.get_by_label(house.say("compensation.run.which")).select_option(PERIOD)
    house.press(admin, "compensation.run.open")
    page.wait_for_url(re.compile(rf"/runs/{PERIOD}"))
    _button(house, page, "compensation.run.calculate").click()
    _stands(page, house.say("compensation.period.calculated"))
    expect(page.get_by_text(house.money(sum(house.cast.due.values())), exact=True)).to_be_visible()
    expect(_button(house, page, "compensation.run.approve")).to_have_count(0)
    admin.settle()
    house.look(admin)


def _finance_approves(house: House, finance: Tab, admin: Tab) -> None:
    """Whoever calculated sees it without asking again, and can neither approve nor close."""
    finance.go(f"/runs/{PERIOD}")
    house.press(finance, "compensation.run.approve")
    _stands(finance.page, house.say("compensation.period.approved"))
    _stands(admin.page, house.say("compensation.period.approved"))
    expect(_button(house, admin.page, "compensation.run.finalise")).to_have_count(0)


def _a_third_person_closes_it(house: House, controller: Tab, admin: Tab) -> None:
    controller.go(f"/runs/{PERIOD}")
    house.press(controller, "compensation.run.finalise")
    _stands(controller.page, house.say("compensation.period.finalised"))
    for name, _ in STAFF.values():
        expect(controller.page.get_by_role("cell", name=name)).to_be_visible()
    house.look(controller)
    _stands(admin.page, house.say("compensation.period.finalised"))
    expect(_button(house, admin.page, "compensation.run.calculate")).to_have_count(0)
    admin.settle()
    house.look(admin)
    house.press(admin, "compensation.late")
    said = house.say("compensation.late.proposed", n=0, period="|").split("|")[0]
    expect(admin.page.get_by_text(said)).to_be_visible(timeout=PATIENCE)


def _a_seller_reads_and_understands(house: House, seller: Tab, colleague: str) -> None:
    """One click to the statement, a second to the reason of a number; a colleague's statement does not exist."""
    page, cast = seller.page, house.cast
    seller.go("/statements")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(house.money(cast.due[cast.seller]))

    rows.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/statements/\d+"))
    seller.settle()
    expect(page.get_by_text(house.money(cast.due[cast.seller]), exact=True).first).to_be_visible()

    amount = page.locator("tbody tr").first.get_by_role("button")
    said = amount.inner_text()
    amount.click()
    reason = page.get_by_role("dialog")
    expect(reason.get_by_role("listitem").last).to_contain_text(said)
    expect(reason.get_by_role("link", name=house.say("compensation.why.deal"))).to_be_visible()
    seller.settle()
    house.look(seller)

    seller.go(colleague)
    _is_nobody_s_business(house, page, cast.colleague)


def _a_lead_sees_the_team_and_nobody_else(house: House, lead: Tab, colleague: str, stranger: str) -> None:
    page, cast = lead.page, house.cast
    lead.go("/team-earnings")
    shown = cast.team | {cast.lead}
    expect(page.get_by_text(house.say("ui.table.rows", n=len(shown)), exact=True)).to_be_visible()
    names = {each.strip() for each in page.locator("tbody tr").get_by_role("link").all_inner_texts()}
    assert names == shown
    for name in (cast.colleague, cast.lead):
        expect(_row(page, name)).to_contain_text(house.money(cast.due[name]))
    house.look(lead)

    lead.go(colleague)
    expect(page.get_by_text(house.money(cast.due[cast.colleague]), exact=True).first).to_be_visible()
    lead.go(stranger)
    _is_nobody_s_business(house, page, cast.stranger)
    lead.go("/runs/" + PERIOD)
    expect(page.get_by_text(house.money(sum(cast.due.values())))).to_have_count(0)


def _is_nobody_s_business(house: House, page: Page, name: str) -> None:
    """No name and no amount: as if there were no such statement."""
    expect(page.get_by_text(house.say("compensation.statement_unknown"))).to_be_visible()
    said = page.content()
    assert name not in said
    assert house.money(house.cast.due[name]) not in said


def _statement_of(finance: Tab, name: str) -> str:
    """Its address, from who may read them all."""
    finance.go(f"/team-earnings?period={PERIOD}&q={name.rsplit(maxsplit=1)[-1]}")
    return _row(finance.page, name).get_by_role("link").first.get_attribute("href") or ""


def _row(page: Page, name: str) -> Locator:
    return page.locator("tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))


def _button(house: House, page: Page, key: str) -> Locator:
    return page.get_by_role("button", name=house.say(key), exact=True)


def _stands(page: Page, state: str) -> None:
    """The pill at the top says so."""
    expect(page.get_by_role("main").get_by_text(state, exact=True).first).to_be_visible(timeout=PATIENCE)
