"""What the editor asks while a plan is being written: its form, its findings, and the names that it may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.compensation.domain.edit.completion import Offer, offers
from spm_app.compensation.domain.edit.form import Form, form_of
from spm_app.compensation.service import trying
from spm_app.compensation.service.plans import findings_in
from spm_app.crm import service as crm
from spm_app.infra.db import reading
from spm_app.kernel.period import Grain
from spm_app.kernel.problem import has_errors
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spm_app.kernel.problem import Problem

__all__ = ["Known", "Look", "known", "look", "offered", "tried"]


@dataclass(frozen=True, slots=True)
class Look:
    """A text as the editor shows it."""

    form: Form
    findings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Names that a plan may use: values of the fields of a deal, and whom it may be for, as (code, name)."""

    values: Mapping[str, tuple[str, ...]]
    titles: tuple[tuple[str, str], ...]
    positions: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]


def look(actor: Actor, text: str) -> Look:
    """The form of a text, and all that is wrong with it or worth a look; nothing is kept."""
    require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        return Look(form_of(text), findings_in(work, text))


def tried(actor: Actor, text: str) -> tuple[Problem, ...]:
    """The same findings, and what goes wrong when the plan is tried out on made-up payees."""
    require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        found = findings_in(work, text)
    return (*found, *trying.findings(text)) if not has_errors(found) else found


def known(actor: Actor) -> Known:
    """What the company has: products, stages, titles, positions and people of today."""
    require(actor, Permission.WRITE_PLANS)
    choices = crm.choices(actor)
    with reading() as work:
        today = people.today(work)
        calendar = people.company(work).calendar
        names = {each.id: each.name for each in people.persons(work)}
        seats = [
            each
            for each in people.seats(work, calendar.containing(today, Grain.YEAR))
            if each.end is None or each.end > today
        ]
        return Known(
            values={
                "outcome": ("won", "lost", "open"),
                "stage": tuple(dict.fromkeys(name for _, name in choices.stages)),
                "product": tuple(each.code for each in choices.products),
            },
            titles=tuple((each.code, each.name) for each in people.titles(work)),
            positions=tuple(sorted({(each.position_code, names.get(each.person_id, "")) for each in seats})),
            people=tuple(sorted({(names.get(each.person_id, ""), each.title_code) for each in seats})),
        )


def offered(actor: Actor, text: str, at: int, known: Known) -> tuple[Offer, ...]:
    """What may come next in a condition at that place."""
    require(actor, Permission.WRITE_PLANS)
    return offers(text, at, known.values)
