"""The badges that somebody holds, and those that are still to earn."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.kernel.rights import Actor
from spm_app.training import service as training
from spm_app.training.domain.states import EnrolmentState
from spm_app.training.service.views import BadgeView, CourseCard
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class BadgesState(rx.State):
    """Own badges, badges to earn, and those of the people whom one may see."""

    earned: list[dict[str, str]] = []
    to_earn: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    loaded: bool = False

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read all three lists."""
        actor, lang = await actor_of(self), await language_of(self)
        earned, to_earn, others = await rx.run_in_thread(partial(_badges, actor))
        self.earned = [_earned(each, lang) for each in earned]
        self.to_earn = [_to_earn(each, lang) for each in to_earn]
        self.others = [_earned(each, lang) for each in others[:50]]
        self.loaded = True


def _badges(actor: Actor) -> tuple[tuple[BadgeView, ...], list[CourseCard], tuple[BadgeView, ...]]:
    courses = (*training.my_courses(actor), *training.catalogue(actor))
    left = [each for each in courses if each.badge and each.state is not EnrolmentState.COMPLETED]
    return training.badges_of(actor, actor.person_id), left, training.team_badges(actor)


def _earned(badge: BadgeView, lang: str) -> dict[str, str]:
    return {
        "title": badge.title,
        "person": badge.person,
        "course": badge.course,
        "href": f"/learning/{badge.course_id}",
        "on": words.day(badge.issued_at.date(), lang),
    }


def _to_earn(card: CourseCard, lang: str) -> dict[str, str]:
    percent = card.standing.percent if card.standing else 0
    how = "training.badge.go_on" if card.state and card.state.is_open else "training.badge.begin"
    return {
        "title": card.badge,
        "course": card.title,
        "href": f"/learning/{card.course_id}",
        "how": say(lang, how, title=card.title),
        "percent": str(percent),
        "progress": say(lang, "training.percent_done", n=percent),
    }
