"""Phrases of a plan said in a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spm_app.compensation.domain.prose import Phrase, Section
from spm_app.ui import words
from spm_app.ui.catalogue import say, texts

#: Bands, points, rows, factors and marks.
_ENTRIES = tuple(
    f"compensation.prose.{each}" for each in ("table.band", "table.at", "table.row", "factor", "objective.mark")
)


def said(phrase: Phrase, lang: str) -> str:
    """The sentence. A key that nobody wrote says its own last word: the language may know more than we have told."""
    if phrase.key not in texts():
        return str(phrase.args.get("") or phrase.key.rpartition(".")[2])
    if phrase.key == "compensation.prose.inside":
        word = str(_value(phrase.args["word"], lang))
        return word[:1].lower() + word[1:]
    if phrase.key == "compensation.prose.in_two":
        return str(phrase.args[lang if lang in phrase.args else "en"])
    return say(lang, phrase.key, **{name: _value(each, lang) for name, each in phrase.args.items() if name})


def document(sections: Sequence[Section], lang: str) -> list[dict[str, str]]:
    """The plan document as lines: a title, or a sentence under it."""
    lines: list[dict[str, str]] = []
    for each in sections:
        lines.append({"kind": "title", "text": _capital(said(each.title, lang))})
        lines += [_line(one, lang) for one in each.sentences]
    return lines


def _line(phrase: Phrase, lang: str) -> dict[str, str]:
    """A sentence, or an entry of a list that the sentence before it begins."""
    if phrase.key.startswith(_ENTRIES):
        return {"kind": "item", "text": said(phrase, lang)}
    return {"kind": "sentence", "text": _capital(said(phrase, lang))}


def _value(value: object, lang: str) -> object:
    if isinstance(value, Phrase):
        return said(value, lang)
    if isinstance(value, tuple):
        return _joined([str(_value(each, lang)) for each in value], lang)  # pyright: ignore[reportUnknownVariableType] - phrases and values
    if isinstance(value, Mapping):
        return str(dict(value))  # pyright: ignore[reportUnknownArgumentType] - as it is written
    return value if isinstance(value, int) else words.shown(value, lang)


def _joined(parts: Sequence[str], lang: str) -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return say(lang, "compensation.prose.and", first=", ".join(parts[:-1]), last=parts[-1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
