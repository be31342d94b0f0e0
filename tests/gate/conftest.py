"""The house of five, hired into a fresh database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.furnished import furnished
from tests.people.builders import House, hire_house

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def house(place: str, fixed_clock: datetime) -> House:
    """On each kind of database."""
    del fixed_clock
    return furnished(place, hire_house)
