"""Pay at Brezza: five plans, written by one person, approved by another, and in force from the first day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from spm_app.compensation.service import plans
from spm_app.kernel.rights import Role

if TYPE_CHECKING:
    from spm_app.demo.diary import Diary
    from spm_app.demo.office import Office
    from spm_app.kernel.ids import PlanVersionId

PLANS = ("seller", "senior", "lead", "regional", "director")


def note_plans(diary: Diary, office: Office) -> None:
    """Note that the plans are written, approved two days later, and published the day after."""
    start = office.company.window.start
    written: dict[str, PlanVersionId] = {}
    for code in PLANS:
        diary.on(start, partial(_write, office, written, code), hour=15)
        diary.on(start + timedelta(days=2), partial(_approve, office, written, code))
        diary.on(start + timedelta(days=3), partial(_publish, office, written, code))


def _write(office: Office, written: dict[str, PlanVersionId], code: str) -> None:
    author = office.guide(Role.COMP_ADMIN)
    text = files("spm_app.demo").joinpath("plans", f"{code}.yaml").read_text(encoding="utf-8")
    written[code] = plans.save_draft(author, text.replace("$start", office.company.window.start.isoformat()))
    plans.propose(author, written[code])


def _approve(office: Office, written: dict[str, PlanVersionId], code: str) -> None:
    plans.approve(office.guide(Role.FINANCE), written[code])


def _publish(office: Office, written: dict[str, PlanVersionId], code: str) -> None:
    plans.publish(office.guide(Role.COMP_ADMIN), written[code])
