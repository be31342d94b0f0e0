"""People among what the search at the top finds."""

from __future__ import annotations

from spm_app.kernel.rights import Actor
from spm_app.people import service as people
from spm_app.people.domain.directory import Wanted
from spm_app.ui.search import FEW, Hit


def find_people(actor: Actor, text: str) -> list[Hit]:
    """Those who work here now."""
    found = people.people_page(actor, Wanted(words=text, size=FEW))
    return [Hit(each.person.name, each.title, f"/people/{each.person.id}", "people.person") for each in found.lines]
