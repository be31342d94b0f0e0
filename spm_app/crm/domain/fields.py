"""What we can take from a file: the fields of each kind of row, and the headings that usually mean them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.crm.domain.imports import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Field:
    """A field; `headings` are its usual names in the systems we know, written without spaces, signs or case."""

    name: str
    headings: tuple[str, ...]
    is_required: bool = False


#: In the order in which they are shown. Where two could mean a column, the earlier one gets it.
FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.PERSON: (
        Field("name", ("salesagent", "agent", "name", "fullname", "employee", "salesrep", "venditore", "nome"), True),
        Field("external_id", ("id", "employeeid", "employeenumber", "userid", "matricola")),
        Field("email", ("email", "mail", "emailaddress", "posta")),
        Field("manager", ("manager", "reportsto", "managername", "responsabile", "capo")),
        Field("team", ("regionaloffice", "team", "office", "region", "ufficio", "squadra", "sede")),
        Field("hired_on", ("hiredon", "hiredate", "startdate", "assuntoil", "datadiassunzione", "dataassunzione")),
    ),
    Kind.PRODUCT: (
        Field("name", ("product", "productname", "name", "prodotto", "nome", "descrizione"), True),
        Field("external_id", ("id", "productid", "sku", "idprodotto")),
        Field("code", ("code", "productcode", "codice")),
        Field("family", ("series", "family", "productfamily", "category", "famiglia", "categoria")),
        Field("list_price", ("salesprice", "listprice", "price", "unitprice", "prezzo", "listino")),
    ),
    Kind.ACCOUNT: (
        Field(
            "name", ("account", "accountname", "name", "company", "companyname", "customer", "cliente", "nome"), True
        ),
        Field("external_id", ("id", "accountid", "companyid", "recordid", "idcliente", "codicecliente")),
        Field("sector", ("sector", "industry", "settore")),
        Field("country", ("officelocation", "country", "billingcountry", "paese", "nazione")),
        Field("parent", ("subsidiaryof", "parent", "parentaccount", "parentcompany", "capogruppo")),
    ),
    Kind.DEAL: (
        Field("external_id", ("opportunityid", "dealid", "recordid", "id", "idtrattativa", "codice"), True),
        Field("stage", ("dealstage", "stage", "stagename", "status", "fase", "stato"), True),
        Field("name", ("opportunityname", "dealname", "name", "opportunity", "deal", "trattativa", "nome", "oggetto")),
        Field(
            "owner", ("salesagent", "owner", "dealowner", "opportunityowner", "salesperson", "titolare", "venditore")
        ),
        Field("account", ("account", "accountname", "company", "customer", "associatedcompany", "cliente")),
        Field("product", ("product", "productname", "productcode", "prodotto")),
        Field("amount", ("closevalue", "amount", "value", "dealvalue", "expectedrevenue", "importo", "valore")),
        Field("opened_on", ("engagedate", "createdate", "createddate", "openedon", "datadiapertura", "dataapertura")),
        Field("close_on", ("closedate", "closedon", "closingdate", "datadichiusura", "datachiusura", "chiusail")),
        Field("expected_close_on", ("expectedclosedate", "expectedclose", "chiusuraprevista", "dataprevista")),
    ),
}


def guess_kind(heading: Sequence[str]) -> Kind:
    """What the rows seem to be: the kind that finds the most of its fields, required ones first."""

    def fit(kind: Kind) -> tuple[bool, int]:
        found = guess_columns(kind, heading)
        return all(field.name in found for field in FIELDS[kind] if field.is_required), len(found)

    return max((Kind.DEAL, Kind.ACCOUNT, Kind.PRODUCT, Kind.PERSON), key=fit)


def guess_columns(kind: Kind, heading: Sequence[str]) -> dict[str, str]:
    """Which column seems to be which field; a column is given once, and the likelier names come first."""
    free = {bare(name): name for name in reversed(heading) if name}
    found: dict[str, str] = {}
    for field in FIELDS[kind]:
        usual = next((name for name in field.headings if name in free), None)
        if usual:
            found[field.name] = free.pop(usual)
    return found


def missing(kind: Kind, columns: dict[str, str]) -> tuple[str, ...]:
    """The fields that must have a column and have none."""
    return tuple(field.name for field in FIELDS[kind] if field.is_required and not columns.get(field.name))


def bare(text: str) -> str:
    """Letters and digits alone, without case: how names are compared that people write in many ways."""
    return re.sub(r"[\W_]", "", text.casefold())
