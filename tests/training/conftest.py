"""Who learns here: a trainer, a manager with one rep, and a rep of another team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.furnished import furnished
from tests.training import staff as office

if TYPE_CHECKING:
    from datetime import datetime

    from spm_app.kernel.rights import Actor


@dataclass(frozen=True, slots=True)
class Staff:
    """Four people as actors. `rep` reports to `manager`; `other` does not."""

    trainer: Actor
    manager: Actor
    rep: Actor
    other: Actor


@pytest.fixture
def staff(place: str, fixed_clock: datetime) -> Staff:
    """The four, hired and seated, on each database."""
    del fixed_clock
    return Staff(*furnished(place, office.hire_four))
