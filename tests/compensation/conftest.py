"""The paid company, on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.compensation.office import Office, open_office
from tests.furnished import furnished

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def office(place: str, fixed_clock: datetime) -> Office:
    """Hired, sold, planned."""
    del fixed_clock
    return furnished(place, open_office)
