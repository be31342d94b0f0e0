"""Markdown from trainers, made safe twice: raw HTML leaves the text on saving, and the rendered HTML is filtered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import nh3
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_TAGS: Final = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"style"},
    "td": {"style"},
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_READS_HTML: Final = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_RENDERS: Final = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def cleaned(source: str) -> str:
    """The text as it is kept: one kind of line end, no control characters, no raw HTML. Code stays as written."""
    text = _CONTROL.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    while found := [each for each in _raw_html(_READS_HTML.parse(text)) if each in text]:
        for tag in found:
            text = text.replace(tag, _without_tags(tag))
    return text.strip()


@lru_cache(maxsize=512)
def html(source: str) -> str:
    """Safe HTML. Headings begin at level 2, under the page's own; pictures only from this server."""
    lowered = _lowered(_RENDERS.parse(source))
    rendered = _RENDERS.renderer.render(lowered, _RENDERS.options, {})
    return nh3.clean(
        rendered,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _raw_html(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("html_block", "html_inline"):
            yield token.content.strip("\n")
        yield from _raw_html(token.children or [])


def _without_tags(text: str) -> str:
    """What is left to read; a tag that the filter would only escape is dropped as well."""
    left = nh3.clean(text, tags=set())
    return "" if left == text else left


def _lowered(tokens: list[Token]) -> list[Token]:
    """The text's greatest heading becomes level 2, the others keep their distance from it."""
    headings = [each for each in tokens if each.type in ("heading_open", "heading_close")]
    shift = 2 - min((int(each.tag[1]) for each in headings), default=2)
    for each in headings:
        each.tag = f"h{min(6, int(each.tag[1]) + shift)}"
    return tokens


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if re.fullmatch(r"/(?!/)[\w./-]*", value) else None
    if name == "style":
        return value if re.fullmatch(r"text-align:(left|right|center)", value) else None
    return value
