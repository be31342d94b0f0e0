"""Every text is there in both languages, names the same values in both, is used, and nothing unknown is asked for."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache

from tests.architecture.sources import ROOT, name_of, sources

LANGUAGES = ("en", "it")
PLACE = re.compile(r"\{(\w*)")
#: Calls whose argument of that position, or of the name `key`, is the key of a text.
ASKS = {"t": 0, "say": 1, "SpmError": 0, "NotFound": 0, "NotAllowed": 0, "Conflict": 0, "InvalidInput": 0, "Problem": 1}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All keys of all modules."""
    return {
        key: forms
        for file in sorted((ROOT / "spm_app").glob("*/texts.toml"))
        for key, forms in tomllib.loads(file.read_text()).items()
    }


def test_a_module_speaks_for_itself() -> None:
    files = (ROOT / "spm_app").glob("*/texts.toml")
    strangers = [
        (f.parent.name, key)
        for f in files
        for key in tomllib.loads(f.read_text())
        if key.split(".")[0] != f.parent.name
    ]
    assert strangers == []


def test_every_text_is_in_both_languages() -> None:
    assert {
        key for key, forms in catalogue().items() if not all(forms.get(lang, "").strip() for lang in LANGUAGES)
    } == set()


def test_both_languages_have_the_same_forms() -> None:
    def forms_in(forms: dict[str, str], lang: str) -> set[str]:
        return {name.removeprefix(lang) for name in forms if name.split("_")[0] == lang}

    assert {key for key, forms in catalogue().items() if forms_in(forms, "en") != forms_in(forms, "it")} == set()


def test_both_languages_name_the_same_values() -> None:
    def places(forms: dict[str, str], lang: str) -> set[str]:
        return set(PLACE.findall(forms.get(lang, "")))

    assert {key for key, forms in catalogue().items() if places(forms, "en") != places(forms, "it")} == set()


def test_every_key_that_is_asked_for_exists() -> None:
    assert sorted((name, key) for name, key in asked() if key not in catalogue()) == []


def test_no_text_is_unused() -> None:
    constants, prefixes = mentioned()
    unused = (key for key in catalogue() if key not in constants and not key.startswith(prefixes))
    assert sorted(unused) == []


def asked() -> set[tuple[str, str]]:
    """File and key, wherever a text is asked for by a literal."""
    calls = (
        (s.name, node)
        for s in sources()
        for node in ast.walk(s.tree)
        if isinstance(node, ast.Call) and name_of(node) in ASKS
    )
    keys = ((name, literal) for name, call in calls for literal in (key_of(call),) if literal)
    return {(name, key) for name, key in keys if re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", key)}


def key_of(call: ast.Call) -> str:
    """The literal in the place of the key, or nothing."""
    place = ASKS[name_of(call)]
    named = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
    found = named or list(call.args[place : place + 1])
    return found[0].value if found and isinstance(found[0], ast.Constant) and isinstance(found[0].value, str) else ""


def mentioned() -> tuple[set[str], tuple[str, ...]]:
    """Every literal of the program, and what its composed strings (`f"crm.stage.{code}"`) begin with."""
    nodes = [node for source in sources() for node in ast.walk(source.tree)]
    constants = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    composed = (node.values[0] for node in nodes if isinstance(node, ast.JoinedStr) and node.values)
    prefixes = {first.value for first in composed if isinstance(first, ast.Constant) and "." in str(first.value)}
    return constants, tuple(str(prefix) for prefix in prefixes)
