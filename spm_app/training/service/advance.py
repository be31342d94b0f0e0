"""What follows from progress: the course is completed or failed, a badge is given. Called inside a use case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.training.domain.badge import is_earned
from spm_app.training.domain.course import Quiz
from spm_app.training.domain.progress import is_stuck, standing, state_after
from spm_app.training.domain.states import AttemptState
from spm_app.training.store import badges, learning

if TYPE_CHECKING:
    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.records import Enrolment, Version


def advance(work: Work, actor: Actor, mine: Enrolment, version: Version) -> Enrolment:
    """Bring an open enrolment to where its progress leads; a closed one stays as it is."""
    if not mine.state.is_open:
        return mine
    progress = learning.progress(work, mine.id)
    used: dict[str, int] = {}
    for attempt in learning.attempts(work, [mine.id]):
        used[attempt.activity_id] = used.get(attempt.activity_id, 0) + (attempt.state is AttemptState.GRADED)
    quizzes = [each for each in version.content.activities if isinstance(each, Quiz)]

    place = standing(version.content, progress)
    state = state_after(place, stuck=is_stuck(quizzes, used, progress))

    moved = learning.move_enrolment(work, mine, state, clock.now())
    if not moved.state.is_open:
        audit.record(work, actor, f"enrolment.{moved.state.value}", f"enrolment:{mine.id}", version=version.number)
        bus.publish(work, "training", f"person:{mine.person_id}")
    _give_badge(work, actor, moved, version)
    return moved


def _give_badge(work: Work, actor: Actor, enrolment: Enrolment, version: Version) -> None:
    held = badges.held(work, enrolment.person_id)
    if is_earned(version.content, enrolment.state, held, version.id):
        badge_id = badges.issue(work, enrolment, version, clock.now())
        audit.record(work, actor, "badge.issued", f"badge:{badge_id}", person=enrolment.person_id, version=version.id)
