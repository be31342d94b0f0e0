"""Every figure worked out by hand is asked of the program and of the oracle, and is never changed to fit either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.golden.explained import by_engine_with_reasons
from tests.oracle.both import by_oracle

if TYPE_CHECKING:
    from tests.golden.company import Reckon


@pytest.fixture(params=[by_oracle, by_engine_with_reasons], ids=["oracle", "engine"])
def reckon(request: pytest.FixtureRequest) -> Reckon:
    """What each payee earns by each component, in cents."""
    return request.param
