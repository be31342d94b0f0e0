"""The list of customers, and one customer with its deals."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import reflex as rx

from spm_app.crm import service as crm
from spm_app.crm.domain.queries import AccountQuery
from spm_app.crm.state.deals import foot, row_of
from spm_app.kernel.errors import NotFound
from spm_app.kernel.ids import AccountId
from spm_app.kernel.rights import Actor
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, written

COLUMNS = (
    Column("name", "crm.account", kind="link"),
    Column("sector", "crm.sector"),
    Column("country", "crm.country"),
    Column("deals", "crm.deals", kind="number"),
    Column("open", "crm.open_deals", kind="number", sorts=False),
    Column("won", "crm.won_worth", kind="number"),
    Column("parent", "crm.parent", sorts=False, shown=False),
    Column("external_id", "crm.external_id", sorts=False, shown=False),
)


class AccountsState(Listing, rx.State):
    """Customers that the person may see."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("sector",)
    _file_name: ClassVar[str] = "accounts"

    sectors: list[dict[str, str]] = []

    async def _prepare(self) -> None:
        found = await rx.run_in_thread(partial(crm.sectors, await actor_of(self)))
        self.sectors = [{"value": each, "label": each} for each in found]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        query = AccountQuery(
            words=ask.search,
            sector=ask.filters.get("sector", ""),
            sort=ask.sort or "name",
            descending=ask.descending,
            page=ask.page,
            size=ask.size,
        )
        page = crm.accounts_page(actor, query)
        rows = [
            {
                "id": str(each.account.id),
                "href": f"/accounts/{each.account.id}",
                "name": each.account.name,
                "sector": each.account.sector or None,
                "country": each.account.country or None,
                "deals": each.deals,
                "open": each.open,
                "won": each.won,
                "parent": each.account.parent or None,
                "external_id": each.account.external_id,
            }
            for each in page.rows
        ]
        return Answer(rows, page.total, (("crm.deals", page.totals.deals), *foot(page.totals)))


class AccountState(rx.State):
    """One customer as text, with the newest of its deals."""

    name: str = ""
    found: bool = True
    facts: dict[str, str] = {}
    deals: list[dict[str, str]] = []
    extra: list[dict[str, str]] = []
    more: str = ""

    @rx.event
    @allow_signed_in()
    async def load(self):
        """The customer that the address names."""
        actor, lang = await actor_of(self), await language_of(self)
        try:
            file = await rx.run_in_thread(partial(crm.account, actor, AccountId(number_in(self.router.url.path))))
        except NotFound:
            self.found = False
            return
        self.found, self.name = True, file.account.name
        self.facts = {
            "sector": file.account.sector or words.NOTHING,
            "country": file.account.country or words.NOTHING,
            "parent": file.account.parent or words.NOTHING,
            "external_id": file.account.external_id,
            "won": " + ".join(words.money(each, lang) for each in file.won) or words.NOTHING,
            "deals": words.number(file.deals.total, lang),
        }
        self.deals = [_as_text(row_of(each), lang) for each in file.deals.rows]
        self.extra = [{"name": name, "value": value} for name, value in file.account.extra.items()]
        left = file.deals.total - len(file.deals.rows)
        self.more = say(lang, "crm.deals_more", n=left) if left else ""


def _as_text(row: dict[str, object], lang: str) -> dict[str, str]:
    texts = {key: str(value) if key in {"href", "id"} else written(value, lang) for key, value in row.items()}
    return texts | {f"{key}_tone": value.tone for key, value in row.items() if isinstance(value, Pill)}
