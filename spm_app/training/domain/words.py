"""Course texts in several languages, and which one a reader gets."""

from __future__ import annotations

from collections.abc import Mapping

#: A text by language code. A course is written in one language; the others are translations, each optional.
Words = Mapping[str, str]

LANGUAGES = ("en", "it")


def in_language(words: Words, language: str, main: str = "en") -> str:
    """The reader's language, else the course's own, else any that is written; empty when none is."""
    candidates = (words.get(language, ""), words.get(main, ""), *(words[each] for each in sorted(words)))
    return next((text for text in candidates if text.strip()), "")


def written(words: Words, language: str, text: str) -> dict[str, str]:
    """The same words with one language rewritten; an emptied translation disappears."""
    kept = {each: old for each, old in words.items() if each != language}
    return {**kept, language: text} if text.strip() else kept
