"""Reads the plans beside it, each with examples whose figures are facts printed by their sources."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
