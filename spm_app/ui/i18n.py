"""Texts in components: both languages ride in the page's own chunk, so that a switch needs no reload."""

from __future__ import annotations

import json
from typing import Any

import reflex as rx

from spm_app.ui.catalogue import LANGUAGES, texts
from spm_app.ui.session import SessionState


def t(key: str, **values: Any) -> rx.Var[str]:
    """The text of that key in the person's language; values fill its braces and `n` chooses the form for one.

    Raises KeyError while the app is built when nobody wrote the text.
    """
    entry = texts()[key]
    chosen = _choice({each: entry[each] for each in LANGUAGES})
    if "n" in values and "en_one" in entry:
        single = _choice({each: entry.get(f"{each}_one", entry[each]) for each in LANGUAGES})
        chosen = _joined("((", rx.Var.create(values["n"]), ") == 1 ? ", single, " : ", chosen, ")")
    for name, value in values.items():
        hole = json.dumps("{" + name + "}")
        said = _counted(value) if name == "n" else rx.Var.create(value)
        chosen = _joined("(", chosen, f".split({hole}).join(", said, "))")
    return chosen


def whole(text: Any) -> rx.Var[int]:
    """The number that a text of the state spells: rows hold text, and handlers that ask for a number get one."""
    return _joined("Number(", rx.Var.create(text), ")").to(int)


def _counted(value: Any) -> rx.Var[str]:
    """A number with the marks of thousands that the language has; what is text already stays as it is."""
    always = '{useGrouping: "always"}'
    return _joined("((", rx.Var.create(value), ") ?? '').toLocaleString(", SessionState.lang, f", {always})")


def _choice(forms: dict[str, str]) -> rx.Var[str]:
    return _joined(f"({json.dumps(forms, ensure_ascii=False)}[", SessionState.lang, "])")


def _joined(*parts: str | rx.Var[Any]) -> rx.Var[str]:
    """A JavaScript expression over Vars; user data is only ever referred to, never written into it."""
    data = rx.vars.VarData.merge(*(part._get_all_var_data() for part in parts if isinstance(part, rx.Var)))
    return rx.Var("".join(str(part) for part in parts), _var_type=str, _var_data=data).to(str)
