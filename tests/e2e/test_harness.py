"""The harness itself sees what it claims to see.

Faults are planted on an empty page, because our own pages have a policy that lets few of them happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.tab import open_tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab


def test_a_page_comes_up_and_hears_from_the_server(empty_house: Served, open_at: Callable[..., Tab]) -> None:
    tab = open_at(empty_house)
    tab.go("/")
    assert tab.page.get_by_role("heading", level=1).is_visible()


def test_a_complaint_of_the_browser_fails_the_story(browser: Browser, empty_house: Served) -> None:
    tab = open_tab(browser, empty_house)
    tab.page.goto("about:blank")
    tab.page.evaluate("console.error('something broke')")
    with pytest.raises(AssertionError, match="something broke"):
        tab.close()


def test_a_request_to_another_host_is_stopped_and_fails_the_story(browser: Browser, empty_house: Served) -> None:
    tab = open_tab(browser, empty_house)
    tab.expect_error("ERR_FAILED")
    tab.page.goto("about:blank")
    tab.page.evaluate("fetch('http://127.0.0.2:9/pixel', {mode: 'no-cors'}).catch(() => 0)")
    with pytest.raises(AssertionError, match="another host"):
        tab.close()


def test_axe_finds_a_picture_without_words(empty_house: Served, open_at: Callable[..., Tab]) -> None:
    tab = open_at(empty_house)
    tab.page.goto("about:blank")
    tab.page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        tab.check_accessible()


def test_what_is_wider_than_the_screen_is_noticed(empty_house: Served, open_at: Callable[..., Tab]) -> None:
    tab = open_at(empty_house, phone=True)
    tab.page.goto("about:blank")
    head = "<meta name=viewport content='width=device-width'><title>x</title>"
    tab.page.set_content(f"<html lang=en>{head}<main><h1>x</h1><div style='width:400px'>wide</div></main></html>")
    with pytest.raises(AssertionError, match="sideways"):
        tab.check_accessible()
