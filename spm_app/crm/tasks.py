"""Jobs of crm: thin callers of the service."""

from __future__ import annotations

from spm_app.crm import service as crm
from spm_app.infra import jobs
from spm_app.kernel.ids import ImportId


@jobs.kind(crm.JOB)
def import_files(job: jobs.Running, import_id: int) -> dict[str, object]:
    """Do an import that was asked for."""

    def tell(done: int, total: int) -> None:
        job.progress(done, total, "crm.import.writing")

    total = crm.run(job.actor_id, ImportId(import_id), tell).total
    return {"import_id": import_id, "created": total.created, "changed": total.changed, "refused": total.refused}
