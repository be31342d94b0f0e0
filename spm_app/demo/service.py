"""The front door of the demo: fill an empty installation with Brezza, and say who may show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.demo.academy import note_learning
from spm_app.demo.books import note_deals
from spm_app.demo.company import CALENDAR, SEED, generate
from spm_app.demo.diary import Diary
from spm_app.demo.goals import note_goals
from spm_app.demo.guides import GUIDES, PASSWORD
from spm_app.demo.office import note_people
from spm_app.demo.pay import note_plans
from spm_app.demo.payday import note_paydays
from spm_app.demo.people import DOMAIN, address
from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.infra.settings import settings
from spm_app.people import service as people

if TYPE_CHECKING:
    from pathlib import Path

    from spm_app.kernel.rights import Role


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """Somebody to sign in as. The password is nobody's secret."""

    role: Role
    name: str
    sign_in_name: str
    password: str


def demo_sign_ins() -> tuple[DemoSignIn, ...]:
    """One for each role, for the sign-in page and the terminal; none outside the demo."""
    if not settings().demo:
        return ()
    return tuple(DemoSignIn(each.role, each.name, address(each.name), PASSWORD) for each in GUIDES)


def is_empty() -> bool:
    """Whether nobody works here yet: only then may a demo move in."""
    with reading() as work:
        return not people.persons(work)


def was_cut_short() -> bool:
    """Whether a demo began to move in and never finished, and nobody else has come since."""
    if not _unfinished().exists():
        return False
    with reading() as work:
        return all(each.email.endswith(f"@{DOMAIN}") for each in people.persons(work))


def fill(seed: int = SEED) -> bool:
    """Two years of Brezza up to today, through the services; False, and nothing done, when somebody works here.

    The same seed on the same day gives the same company. Takes the better part of a minute.
    """
    if not is_empty():
        return False
    _unfinished().touch()
    _live_through(seed)
    _unfinished().unlink()
    return True


def _unfinished() -> Path:
    """The mark of a company that is still being made: it takes many transactions, and may be stopped between two."""
    return settings().home / "demo-unfinished"


def _live_through(seed: int) -> None:
    now = clock.now()
    company, diary = generate(CALENDAR.day_of(now), seed), Diary(CALENDAR.zone)
    office = note_people(diary, company)
    note_deals(diary, office)
    note_learning(diary, office)
    note_plans(diary, office)
    note_goals(diary, office)
    note_paydays(diary, office)
    diary.live(until=now)
