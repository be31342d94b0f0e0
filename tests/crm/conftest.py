"""Who sells here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crm import builders
from tests.furnished import furnished

if TYPE_CHECKING:
    from datetime import datetime


@pytest.fixture
def staff(place: str, fixed_clock: datetime) -> builders.Staff:
    """The company, hired and seated, on each database."""
    del fixed_clock
    return furnished(place, builders.hire_staff)
