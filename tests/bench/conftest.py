"""What measurements may ask for: the demo company, served, and a browser."""

from __future__ import annotations

from tests.e2e.conftest import browser, open_at, served

__all__ = ["browser", "open_at", "served"]
