"""People as values: persons, teams, seats, reporting lines, pay, accounts."""

from spm_app.people.domain.accounts import Account, NewAccount, SignedIn, SignInSession, Who
from spm_app.people.domain.persons import (
    Company,
    Engagement,
    NewPerson,
    Pay,
    Person,
    Seat,
    SeatChange,
    Team,
    Title,
    normal,
)

__all__ = [
    "Account",
    "Company",
    "Engagement",
    "NewAccount",
    "NewPerson",
    "Pay",
    "Person",
    "Seat",
    "SeatChange",
    "SignInSession",
    "SignedIn",
    "Team",
    "Title",
    "Who",
    "normal",
]
