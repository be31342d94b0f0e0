"""The texts of every room, read once: a key and a language give a sentence."""

from __future__ import annotations

import logging
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from spm_app.ui import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.kernel.errors import SpmError
    from spm_app.kernel.problem import Problem

LANGUAGES = ("en", "it")
#: What a person is offered, each name in its own language.
LANGUAGE_NAMES = {"en": "English", "it": "Italiano"}
_HOLE = re.compile(r"\{(\w+)\}")
_log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every text by key: `{"crm.deals.title": {"en": "Deals", "it": "Trattative"}}`. KeyError on a key given twice."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(Path(__file__).parents[1].glob("*/texts.toml")):
        for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in found:
                raise KeyError(key)
            found[key] = entry
    return found


def say(lang: str, key: str, **values: object) -> str:
    """The text in that language with its values written as the language writes them.

    A value named `n` chooses the form for one. A key that nobody wrote shows itself and is logged.
    """
    entry = texts().get(key)
    if entry is None:
        _log.error("no text for %s", key)
        return key
    template = entry[_form(entry, lang, values)]
    return _HOLE.sub(lambda hole: words.shown(values[hole[1]], lang) if hole[1] in values else hole[0], template)


def say_error(lang: str, error: SpmError) -> str:
    """What a refusal says."""
    return say(lang, error.key, **error.args_of_text)


def say_problem(lang: str, problem: Problem) -> str:
    """What a finding says, without its place."""
    return say(lang, problem.key, **problem.args)


def language(asked: str) -> str:
    """The first language that we speak among those a browser asks for (`it-IT,it;q=0.9,en`); English otherwise."""
    wished = (part.split(";")[0].strip().lower()[:2] for part in asked.split(","))
    return next((each for each in wished if each in LANGUAGES), LANGUAGES[0])


def _form(entry: Mapping[str, str], lang: str, values: Mapping[str, object]) -> str:
    spoken = lang if lang in LANGUAGES else LANGUAGES[0]
    single = f"{spoken}_one"
    return single if values.get("n") == 1 and single in entry else spoken
