"""Jobs of compensation: thin callers of the service."""

from __future__ import annotations

from spm_app.compensation.service import runs
from spm_app.infra import jobs


@jobs.kind(runs.JOB)
def calculate(job: jobs.Running, code: str) -> dict[str, object]:
    """Calculate a period on behalf of who asked."""
    done = runs.calculate_for(job.actor_id, code, job.progress)
    return {"run_id": int(done.run_id), "is_new": done.is_new, "payees": done.payees, "lines": done.lines}
