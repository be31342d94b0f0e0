"""Mappings by name: those that a company saved, and the ones that come with the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.mapping import Act, Asked, Meaning, SavedMapping
from spm_app.crm.store import mappings as store
from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import InvalidInput, NotFound
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Permission, require

if TYPE_CHECKING:
    from spm_app.crm.domain.mapping import Request
    from spm_app.kernel.rights import Actor

#: The "CRM Sales Opportunities" set by Maven Analytics: four files, names for keys, a product spelled in two ways.
MAVEN = SavedMapping(
    name="crm_maven",
    source="maven",
    currency="USD",
    layouts={},
    columns={
        Kind.PERSON: {"name": "sales_agent", "manager": "manager", "team": "regional_office"},
        Kind.PRODUCT: {"name": "product", "family": "series", "list_price": "sales_price"},
        Kind.ACCOUNT: {
            "name": "account",
            "sector": "sector",
            "country": "office_location",
            "parent": "subsidiary_of",
        },
        Kind.DEAL: {
            "external_id": "opportunity_id",
            "stage": "deal_stage",
            "owner": "sales_agent",
            "account": "account",
            "product": "product",
            "amount": "close_value",
            "opened_on": "engage_date",
            "close_on": "close_date",
        },
    },
    meanings={Asked.PRODUCT: {"GTXPro": Meaning(Act.IS, "GTX Pro")}},
)
_BUILT_IN = (MAVEN,)


def mappings(actor: Actor) -> tuple[SavedMapping, ...]:
    """All of them, the company's own first."""
    require(actor, Permission.IMPORT_CRM)
    with reading() as work:
        own = store.every(work)
    names = {each.name for each in own}
    return (*own, *(each for each in _BUILT_IN if each.name not in names))


def mapping_named(actor: Actor, name: str) -> SavedMapping:
    """The one of that name. Raises NotFound."""
    found = next((each for each in mappings(actor) if each.name == name), None)
    if found is None:
        raise NotFound("crm.mapping_unknown", name=name)
    return found


def save_mapping(actor: Actor, name: str, request: Request) -> SavedMapping:
    """Keep how this request understands its files, for the next ones of the same make."""
    require(actor, Permission.IMPORT_CRM)
    if not name.strip():
        raise InvalidInput("crm.mapping_without_name", [Problem("name", "crm.problem.missing")])
    saved = replace(_mapping_of(request), name=name.strip()[:200])
    with unit_of_work() as work:
        store.save(work, saved, clock.now())
        audit.record(work, actor, "crm.mapping_saved", f"mapping:{saved.name}", source=saved.source)
    return saved


def _mapping_of(request: Request) -> SavedMapping:
    return SavedMapping(
        name="",
        source=request.source,
        currency=request.currency,
        layouts={each.kind: each.layout for each in request.files},
        columns={each.kind: each.columns for each in request.files},
        meanings=request.meanings,
        makes_people=request.makes_people,
        makes_accounts=request.makes_accounts,
        makes_products=request.makes_products,
    )
