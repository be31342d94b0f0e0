"""Plans and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from spm_app.compensation.domain.life import VersionState
from spm_app.compensation.domain.records import Version
from spm_app.compensation.tables import PlanRow, PlanVersionRow
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId, PlanId, PlanVersionId

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from spm_app.infra.db import Work


def all_versions(work: Work) -> tuple[Version, ...]:
    """Every version of every plan, by plan code and number."""
    return _read(work, _versions().order_by(PlanRow.code, PlanVersionRow.number))


def versions_of(work: Work, plan_id: PlanId) -> tuple[Version, ...]:
    """A plan's versions, newest first; empty when there is no such plan."""
    return _read(work, _versions().where(PlanRow.id == plan_id).order_by(PlanVersionRow.number.desc()))


def version(work: Work, version_id: PlanVersionId) -> Version:
    """One version. Raises NotFound."""
    found = _read(work, _versions().where(PlanVersionRow.id == version_id))
    if not found:
        raise NotFound("compensation.plan_unknown")
    return found[0]


def versions_named(work: Work, ids: set[PlanVersionId]) -> dict[PlanVersionId, Version]:
    """The versions with these ids."""
    return {each.id: each for each in _read(work, _versions().where(PlanVersionRow.id.in_(ids)))}


def published(work: Work) -> tuple[Version, ...]:
    """Versions in force or once in force, by plan code and number."""
    wanted = PlanVersionRow.state == VersionState.PUBLISHED.value
    return _read(work, _versions().where(wanted).order_by(PlanRow.code, PlanVersionRow.number))


def plan_with_code(work: Work, code: str) -> PlanId | None:
    """The plan of that code, if there is one."""
    found = work.session.scalar(select(PlanRow.id).where(PlanRow.code == code))
    return None if found is None else PlanId(found)


def add_plan(work: Work, code: str, name: str) -> PlanId:
    """A new plan without any version yet."""
    row = PlanRow(code=code, name=name)
    work.session.add(row)
    work.session.flush()
    return PlanId(row.id)


def rename_plan(work: Work, plan_id: PlanId, name: str) -> None:
    """The plan's name as its newest version says it."""
    work.session.get_one(PlanRow, plan_id).name = name


def add_version(work: Work, plan_id: PlanId, text: str, author: PersonId, at: datetime) -> PlanVersionId:
    """A draft with the next number."""
    last = work.session.scalar(
        select(func.coalesce(func.max(PlanVersionRow.number), 0)).where(PlanVersionRow.plan_id == plan_id)
    )
    row = PlanVersionRow(
        plan_id=plan_id,
        number=(last or 0) + 1,
        text=text,
        state=VersionState.DRAFT.value,
        author_id=author,
        written_at=at,
    )
    work.session.add(row)
    work.session.flush()
    return PlanVersionId(row.id)


def change_draft(work: Work, version_id: PlanVersionId, text: str, author: PersonId, at: datetime) -> None:
    """Another text for a version that is still a draft; whoever wrote last is its author."""
    row = work.session.get_one(PlanVersionRow, version_id)
    row.text, row.author_id, row.written_at = text, author, at


def set_state(work: Work, version_id: PlanVersionId, state: VersionState) -> None:
    """Where the version stands now."""
    work.session.get_one(PlanVersionRow, version_id).state = state.value


def set_approved(work: Work, version_id: PlanVersionId, approver: PersonId, at: datetime) -> None:
    """Approved by that person at that moment."""
    row = work.session.get_one(PlanVersionRow, version_id)
    row.state, row.approver_id, row.approved_at = VersionState.APPROVED.value, approver, at


def set_published(work: Work, version_id: PlanVersionId, at: datetime) -> None:
    """In force; from now on the database refuses any other text."""
    row = work.session.get_one(PlanVersionRow, version_id)
    row.state, row.published_at = VersionState.PUBLISHED.value, at


def _versions() -> Select[PlanVersionRow, PlanRow]:
    return select(PlanVersionRow, PlanRow).join(PlanRow, PlanRow.id == PlanVersionRow.plan_id)


def _read(work: Work, query: Select[PlanVersionRow, PlanRow]) -> tuple[Version, ...]:
    return tuple(_version(row, plan) for row, plan in work.session.execute(query))


def _version(row: PlanVersionRow, plan: PlanRow) -> Version:
    return Version(
        id=PlanVersionId(row.id),
        plan_id=PlanId(plan.id),
        plan_code=plan.code,
        plan_name=plan.name,
        number=row.number,
        text=row.text,
        state=VersionState(row.state),
        author_id=PersonId(row.author_id),
        written_at=row.written_at,
        approver_id=None if row.approver_id is None else PersonId(row.approver_id),
        approved_at=row.approved_at,
        published_at=row.published_at,
    )
