"""What plan versions and runs are called, for whoever shows their numbers. No permission is checked here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.compensation.store import periods, plans
from spm_app.kernel.ids import PlanVersionId

if TYPE_CHECKING:
    from collections.abc import Collection

    from spm_app.compensation.domain.records import Version
    from spm_app.infra.db import Work


def plan_versions(work: Work, ids: Collection[int]) -> tuple[Version, ...]:
    """Those of these numbers that there are."""
    return tuple(plans.versions_named(work, {PlanVersionId(each) for each in ids}).values())


def periods_of_runs(work: Work, ids: Collection[int]) -> dict[int, str]:
    """The code of the period that each run calculated."""
    return periods.codes_of_runs(work, ids)
