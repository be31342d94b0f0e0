"""One person: facts, seats over time, pay only on demand, and the changes that may be made."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.kernel.effective import Dated
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import PersonId
from spm_app.people import service as people
from spm_app.people.domain import Pay, Seat
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of


class PersonState(rx.State):
    """Texts of one person's page. Pay is empty until somebody who may asks for it by a click, which is recorded."""

    name: str = ""
    found: bool = True
    facts: dict[str, str] = {}
    seats: list[dict[str, str]] = []
    account: dict[str, str] = {}
    is_leaving: bool = False
    may_change: bool = False
    may_see_pay: bool = False
    may_set_pay: bool = False
    pay: list[dict[str, str]] = []
    pay_is_shown: bool = False
    _id: PersonId = PersonId(0)

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The person that the address names."""
        actor, lang = await actor_of(self), await language_of(self)
        self.pay, self.pay_is_shown = [], False
        self._id, self.found = PersonId(number_in(self.router.url.path)), True
        try:
            card = await rx.run_in_thread(partial(people.card, actor, self._id))
        except NotFound:
            self.found = False
            return
        self.name = card.person.name
        self.facts = _facts(card, lang)
        self.seats = [_seat(each, card, lang) for each in reversed(card.seats)]
        self.account = _account(card, lang)
        self.is_leaving = card.person.left_on is not None
        self.may_change, self.may_see_pay, self.may_set_pay = card.may_change, card.may_see_pay, card.may_set_pay

    @rx.event
    @allow_signed_in()
    async def show_pay(self):
        """Base pay and target incentive over time, for this visit."""
        actor, lang = await actor_of(self), await language_of(self)
        steps = await rx.run_in_thread(partial(people.pay_history, actor, self._id))
        self.pay = [_pay(each, lang) for each in reversed(steps)]
        self.pay_is_shown = True


def _facts(card: people.Card, lang: str) -> dict[str, str]:
    person, here = card.person, card.seats[-1] if card.seats else None
    manager = here and here.manager_id
    return {
        "status": say(lang, f"people.status.{card.status}"),
        "tone": {"here": "good", "coming": "accent"}.get(card.status, "neutral"),
        "title": card.titles.get(here.title_code, here.title_code) if here else words.NOTHING,
        "team": here.team_name if here else words.NOTHING,
        "manager": card.names.get(manager, words.NOTHING) if manager else words.NOTHING,
        "manager_href": f"/people/{manager}" if manager else "",
        "email": person.email or words.NOTHING,
        "external_id": person.external_id or words.NOTHING,
        "hired_on": words.day(person.hired_on, lang),
        "left_on": words.day(person.left_on, lang),
    }


def _seat(seat: Seat, card: people.Card, lang: str) -> dict[str, str]:
    return {
        "day": seat.start.isoformat(),
        "is_first": "yes" if seat == card.seats[0] else "",
        "start": words.day(seat.start, lang),
        "end": words.day(seat.end, lang) if seat.end else say(lang, "people.until_now"),
        "title": card.titles.get(seat.title_code, seat.title_code),
        "position": seat.position_code,
        "team": seat.team_name,
        "manager": card.names.get(seat.manager_id, words.NOTHING) if seat.manager_id else words.NOTHING,
    }


def _account(card: people.Card, lang: str) -> dict[str, str]:
    known = card.account
    if known is None:
        return {}
    return {
        "sign_in_name": known.sign_in_name,
        "roles": ", ".join(say(lang, f"people.role.{role}") for role in sorted(known.roles)) or words.NOTHING,
        "state": say(lang, "people.account.locked" if known.disabled_at else "people.account.open"),
    }


def _pay(step: Dated[Pay], lang: str) -> dict[str, str]:
    return {
        "start": words.day(step.start, lang),
        "end": words.day(step.end, lang) if step.end else say(lang, "people.until_now"),
        "base": words.money(step.value.base, lang),
        "target": words.money(step.value.target_incentive, lang),
        "on_target": words.money(step.value.on_target, lang),
    }
