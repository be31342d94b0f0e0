"""Deals and accounts among what the search at the top finds."""

from __future__ import annotations

from spm_app.crm import service as crm
from spm_app.crm.domain.queries import AccountQuery, DealQuery
from spm_app.kernel.rights import Actor, Permission
from spm_app.ui.search import FEW, Hit


def find_sales(actor: Actor, text: str) -> list[Hit]:
    """Those that the actor may see; nothing for who sells nothing, and nothing before a word is typed."""
    if not text or not actor.may(Permission.READ_CRM):
        return []
    accounts = [line.account for line in crm.accounts_page(actor, AccountQuery(words=text, size=FEW)).rows]
    deals = crm.deals_page(actor, DealQuery(words=text, size=FEW)).rows
    return [
        *(Hit(each.name, each.sector, f"/accounts/{each.id}", "crm.account") for each in accounts),
        *(Hit(each.name, each.account_name, f"/deals/{each.id}", "crm.deal") for each in deals),
    ]
