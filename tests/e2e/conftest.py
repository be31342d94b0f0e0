"""What browser stories may ask for: a served demo company, an empty house, and tabs that are watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e import chromium
from tests.e2e.served import served as serve
from tests.e2e.tab import PATIENCE, open_tab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.e2e.served import Served
    from tests.e2e.tab import Tab


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser story; those of a file follow each other, walks go anywhere."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            if item.path.stem != "test_every_page":
                item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all stories; a fresh profile for each tab."""
    found = chromium.find()
    assert found, chromium.ADVICE
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo company, shared by all stories that do not change what others look at."""
    with serve(tmp_path_factory.mktemp("demo"), demo=True) as running:
        yield running


@pytest.fixture(scope="module")
def own_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo company for this file alone, to change as its stories go."""
    with serve(tmp_path_factory.mktemp("own"), demo=True) as running:
        yield running


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A fresh installation without a company, for this file alone."""
    with serve(tmp_path_factory.mktemp("empty"), demo=False) as running:
        yield running


@pytest.fixture
def open_at(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """`open_at(served, lang="it", phone=True, dark=True)`: a watched tab; closing it checks what was noticed."""
    tabs: list[Tab] = []

    def opened(where: Served, **look: object) -> Tab:
        tabs.append(open_tab(browser, where, **look))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.close()


@pytest.fixture
def desktop(open_at: Callable[..., Tab], served: Served) -> Tab:
    """A tab on the shared demo company, English, 1280 x 800."""
    return open_at(served)


@pytest.fixture
def phone(open_at: Callable[..., Tab], served: Served) -> Tab:
    """A tab on the shared demo company, English, 360 x 740."""
    return open_at(served, phone=True)


@pytest.fixture
def say_all(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep a remark with the test's result, for the report."""
    return lambda remark: request.node.user_properties.append(("remark", remark))
