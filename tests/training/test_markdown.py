"""Markdown from trainers is shown, scripts in it are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.training.service.markdown import cleaned, html

EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<scr<script>ipt>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](https://elsewhere.example/pixel.png)",
    "![x](//elsewhere.example/pixel.png)",
    "![x](/\\elsewhere.example/pixel.png)",
    '<a href="vbscript:x">y</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<svg/onload=alert(1)>",
    "<!-- <script>alert(1)</script> -->",
    "<math><style><!--</style><img title='--><img src=x onerror=alert(1)>'></math>",
    "```\n<script>alert(1)</script>\n```",
]
FORBIDDEN = re.compile(
    r"<(?!/?(?:a|p|em|strong|code|pre|h2|h3|ul|ol|li|br|blockquote|img|hr|table|s)\b)", re.IGNORECASE
)


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("prepare", [str, cleaned])
def test_nothing_that_runs_or_calls_home_is_left(text: str, prepare: type[str]) -> None:
    shown = html(prepare(text))
    assert not FORBIDDEN.search(shown)
    assert not re.search(r"<[^>]*(?:\son\w+=|javascript:|vbscript:|data:|elsewhere)", shown, re.IGNORECASE)


@given(st.lists(st.sampled_from([*EVIL, "\n\n", "> ", "- ", "`", "# ", " text ", "<b>"]), max_size=8).map("".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
    assert not FORBIDDEN.search(html(cleaned(text)))


def test_what_markdown_is_for_is_kept() -> None:
    text = "# A\n\n## B\n\n> quote & more\n\n1. one\n2. *two*\n\n| a | b |\n|:-|-:|\n| 1 | 2 < 3 |\n\n![ours](/x.png)"
    assert cleaned(text) == text
    shown = html(text)
    for part in ("<h2>A</h2>", "<h3>B</h3>", "<blockquote>", "<em>two</em>", "text-align:right", 'src="/x.png"'):
        assert part in shown


def test_the_greatest_heading_comes_right_under_the_pages_own() -> None:
    assert "<h2>B</h2>" in html("### B\n\n#### C")
    assert "<h3>C</h3>" in html("### B\n\n#### C")


def test_links_lead_out_without_telling_where_from() -> None:
    assert 'rel="noopener noreferrer"' in html("[x](https://example.org)")


def test_code_may_speak_of_tags() -> None:
    assert cleaned("`<b>`") == "`<b>`"
    assert "&lt;b&gt;" in html("`<b>`")
