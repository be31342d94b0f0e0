"""Jobs of compensation: thin callers of the service."""

from __future__ import annotations

from spm_app.compensation.service import runs, telling
from spm_app.infra import jobs, mail, rounds
from spm_app.kernel.ids import DisputeId
from spm_app.ui.catalogue import say


@jobs.kind(runs.JOB)
def calculate(job: jobs.Running, code: str) -> dict[str, object]:
    """Calculate a period on behalf of who asked."""
    done = runs.calculate_for(job.actor_id, code, job.progress)
    return {"run_id": int(done.run_id), "is_new": done.is_new, "payees": done.payees, "lines": done.lines}


@jobs.kind(telling.JOB)
def write_letters(job: jobs.Running, dispute: int, event: str, to: list[int]) -> dict[str, object]:
    """Tell everybody whom a step of a dispute concerns, each in their language."""
    letters = telling.letters(DisputeId(dispute), event, to)
    for done, each in enumerate(letters, 1):
        subject = say(each.language, f"compensation.letter.{each.event}", n=int(each.number))
        mail.send(mail.Mail(each.to, subject, say(each.language, "compensation.letter.text", link=each.link)))
        job.progress(done, len(letters))
    return {"letters": len(letters)}


@rounds.hourly
def remind() -> None:
    """Desks hear once a day of what they should have answered."""
    telling.remind()
