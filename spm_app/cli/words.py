"""The language of the terminal."""

from __future__ import annotations

import os

from spm_app.ui.catalogue import language


def here() -> str:
    """The language that the environment asks for."""
    return language(os.environ.get("LANG", ""))
