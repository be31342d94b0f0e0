"""A page is known by the same name wherever it is asked for."""

from __future__ import annotations

import re

import pytest

from spm_app.spm_app import PAGES, app
from spm_app.ui.arrival import _plain
from spm_app.ui.pages import Page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_what_reflex_calls_a_page_is_what_we_call_it(page: Page) -> None:
    called = app.router(re.sub(r"\[\w+\]", "7", page.route))
    assert called is not None
    assert _plain(called) == page.route
