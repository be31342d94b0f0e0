"""The front door of crm: what is sold, to whom and by whom, and how it is taken in from elsewhere.

Use cases take an `Actor` and look after permission and transaction; facts for the modules above take the `Work` that
they are asked in.
"""

from spm_app.crm.service.facts import closed_in, deal_by_ids, open_deals, opened_in, products, stages_of
from spm_app.crm.service.lists import account, accounts_page, choices, deal, deals_page, sectors
from spm_app.crm.service.taking import load

__all__ = [
    "account",
    "accounts_page",
    "choices",
    "closed_in",
    "deal",
    "deal_by_ids",
    "deals_page",
    "load",
    "open_deals",
    "opened_in",
    "products",
    "sectors",
    "stages_of",
]
