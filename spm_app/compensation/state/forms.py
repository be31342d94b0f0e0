"""Findings of a form, by field, in the reader's language."""

from __future__ import annotations

from spm_app.kernel.errors import InvalidInput
from spm_app.ui.catalogue import say_problem


def field_errors(refusal: InvalidInput, lang: str) -> dict[str, str]:
    """The first finding of each field."""
    found: dict[str, str] = {}
    for problem in refusal.problems:
        found.setdefault(problem.at, say_problem(lang, problem))
    return found
