"""Every page is told, after its last handler, that it may be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import spm_app.spm_app
from spm_app.kernel.rights import Role

if TYPE_CHECKING:
    from spm_app.ui.pages import Page
    from tests.security.conftest import Running


@pytest.mark.parametrize(
    "page", [each for each in spm_app.spm_app.PAGES if not each.public], ids=lambda each: each.route
)
async def test_a_page_is_whole_once_it_has_everything(running: Running, page: Page) -> None:
    role = page.roles[0] if page.roles else Role.REP
    async with running.tab(role.value) as tab:
        said = await tab.open(re.sub(r"\[.*?\]", "1", page.route))
    assert re.findall(r'"complete\w*": ?\["([^"]*)"\]', said) == [page.route]
