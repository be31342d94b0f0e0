"""Plans to begin with, kept as YAML beside the program: the field's common ones, and components to take from them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from spm_app.compensation.domain.edit import edits
from spm_app.compensation.domain.edit.beginnings import uncoded
from spm_app.compensation.domain.edit.places import find, listed
from spm_app.compensation.service import beginning
from spm_app.infra.db import reading
from spm_app.kernel.errors import NotFound
from spm_app.kernel.rights import Actor, Permission, require

_FOLDER = Path(__file__).parents[1] / "templates"
#: In the order in which they are offered: the plain ones first.
NAMES = (
    "single_rate",
    "accelerator",
    "individual_rate",
    "retroactive",
    "retroactive_overage",
    "hybrid",
    "threshold",
    "step_bonus",
    "pay_curve",
    "per_unit",
    "deal_size",
    "manager_override",
    "new_renewal",
    "spiff",
    "margin",
    "team_pool",
    "certified",
    "year_to_date",
    "overlay",
)


@lru_cache(maxsize=64)
def text(name: str) -> str:
    """The plan text of a template. Raises NotFound: a name comes from a browser."""
    if name not in NAMES:
        raise NotFound("compensation.template_unknown")
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def with_components(plan: str, name: str) -> str:
    """The plan with all components of a template behind its own; codes that are taken get a number."""
    template = text(name)
    place = find(template, "components")
    for at in range(0 if place is None else len(listed(place.node))):
        fragment = edits.fragment_of(template, f"components[{at}]")
        plan = edits.add_item(plan, "components", uncoded(plan, fragment))
    return plan


def begun(actor: Actor, name: str) -> str:
    """A whole new plan from a template: in the company's money, from this year on, for the title that most hold."""
    require(actor, Permission.WRITE_PLANS)
    plan = text(name)
    with reading() as work:
        own = beginning.here(work)
    for path, value in (("currency", own.currency), ("effective.from", own.start)):
        plan = edits.set_value(plan, path, value)
    return edits.replace_part(plan, "eligibility.titles", f"[{own.title}]")
