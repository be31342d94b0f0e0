"""Persons and what is known of them at work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from spm_app.kernel.ids import PersonId, PositionId, TeamId, TitleId
    from spm_app.kernel.money import Currency, Money
    from spm_app.kernel.period import FiscalCalendar


@dataclass(frozen=True, slots=True)
class Company:
    """The one company of an installation: the currency pay is reckoned in and the calendar of its periods."""

    name: str
    currency: Currency
    calendar: FiscalCalendar
    language: str = "en"


class Engagement(StrEnum):
    """How somebody works for the company: employees are paid through payroll, agents send an invoice."""

    EMPLOYEE = "employee"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here or did. `left_on` is the first day without them; None while they stay."""

    id: PersonId
    external_id: str
    name: str
    email: str
    hired_on: date
    left_on: date | None = None
    language: str = "en"
    engagement: Engagement = Engagement.EMPLOYEE

    def works_on(self, day: date) -> bool:
        """Whether they are employed on that day."""
        return self.hired_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True, slots=True)
class Title:
    """A kind of work. Plans name titles by code."""

    id: TitleId
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team with the one it hangs under on the day that was asked; no parent is the top."""

    id: TeamId
    code: str
    name: str
    parent_id: TeamId | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A stretch of days on which neither position, team nor manager changes: [start, end)."""

    person_id: PersonId
    position_id: PositionId
    position_code: str
    title_code: str
    team_id: TeamId
    team_code: str
    team_name: str
    manager_id: PersonId | None
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Pay:
    """Base pay and target incentive, both for a full year."""

    base: Money
    target_incentive: Money

    @property
    def on_target(self) -> Money:
        """What a year brings at exactly 100 %."""
        return self.base + self.target_incentive


@dataclass(frozen=True, slots=True)
class SeatChange:
    """Another seat from a day on. Without a position code a new position is made for the title."""

    title_id: TitleId
    team_id: TeamId
    manager_id: PersonId | None
    from_day: date
    position_code: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be hired. Without title and team they get no seat: auditors, administrators from outside."""

    name: str
    hired_on: date
    email: str = ""
    external_id: str = ""
    language: str = "en"
    title_id: TitleId | None = None
    team_id: TeamId | None = None
    manager_id: PersonId | None = None
    position_code: str = ""
    engagement: Engagement = Engagement.EMPLOYEE


def normal(text: str) -> str:
    """How names, external ids and e-mail addresses are compared: without case, with single spaces."""
    return " ".join(text.casefold().split())
