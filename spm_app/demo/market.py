"""What Brezza sells, and to whom: ventilation, heat pumps and what keeps them running, for buildings at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.demo.names import CUSTOMERS, PLACE_NAMES, SURNAMES, TOWNS

if TYPE_CHECKING:
    import random


@dataclass(frozen=True, slots=True)
class Good:
    """A product and how it sells: list price in whole euros, share of new deals, usual days to a decision, odds."""

    code: str
    name: str
    family: str
    list_price: int
    share: float
    days: int
    odds: float
    most: int


GOODS = (
    Good("RESPIRO", "Respiro air sensors", "Sensing", 1_450, 0.22, 24, 0.46, 26),
    Good("VENTO", "Vento ventilation unit", "Ventilation", 8_400, 0.25, 48, 0.37, 6),
    Good("SOLE", "Sole heat pump", "Heating", 26_500, 0.18, 72, 0.31, 3),
    Good("REGIA", "Regia building control", "Software", 6_200, 0.17, 38, 0.40, 5),
    Good("CURA", "Cura maintenance plan", "Services", 3_900, 0.14, 26, 0.55, 8),
    Good("CENTRALE", "Centrale turnkey plant", "Projects", 118_000, 0.04, 128, 0.24, 1),
)
#: What a sector asks for more often than others do (factor on the share).
TASTE = {
    "hospitality": {"VENTO": 1.4, "CURA": 1.3},
    "education": {"RESPIRO": 1.9, "VENTO": 1.2, "CENTRALE": 0.5},
    "offices": {"REGIA": 1.6, "RESPIRO": 1.2},
    "food": {"SOLE": 1.5, "CENTRALE": 1.6, "RESPIRO": 0.6},
    "healthcare": {"VENTO": 1.3, "CURA": 1.5, "CENTRALE": 1.4},
    "retail": {"REGIA": 1.2, "SOLE": 1.2},
    "logistics": {"SOLE": 1.4, "REGIA": 0.7},
    "manufacturing": {"CENTRALE": 1.7, "SOLE": 1.3, "RESPIRO": 0.7},
}


@dataclass(frozen=True, slots=True)
class Customer:
    """A company that buys, or might."""

    key: str
    name: str
    sector: str
    region: str
    town: str
    employees: int


def customers(rng: random.Random, scale: int = 1) -> tuple[Customer, ...]:
    """Some hundred and fifty a region, each name once."""
    found: dict[str, Customer] = {}
    for region, towns in TOWNS.items():
        wanted = len(found) + 150 * scale
        while len(found) < wanted:
            sector = rng.choice(tuple(CUSTOMERS))
            town = rng.choice(towns)
            name = _name(rng, sector, town)
            if name in found:
                name = f"{name} {town}"
            size = int(min(4000, max(6, rng.lognormvariate(4.2, 1.0))))
            found.setdefault(name, Customer(f"C{len(found) + 1:04d}", name, sector, region, town, size))
    return tuple(found.values())


def good_for(rng: random.Random, customer: Customer) -> Good:
    """What this customer asks for."""
    taste = TASTE[customer.sector]
    return rng.choices(GOODS, [each.share * taste.get(each.code, 1.0) for each in GOODS])[0]


def _name(rng: random.Random, sector: str, town: str) -> str:
    pattern = rng.choice(CUSTOMERS[sector])
    return pattern.format(name=rng.choice((*SURNAMES, *PLACE_NAMES, *PLACE_NAMES)), town=town)
