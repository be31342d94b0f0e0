"""The Maven "CRM Sales Opportunities" files: as they lie beside the repository, else made here in the same shape."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

NAMES = ("accounts", "products", "sales_teams", "sales_pipeline")
BESIDE = Path(__file__).parents[2].parent / "shared" / "data" / "maven_crm"
PRODUCTS = {"GTX Basic": 550, "GTX Pro": 4821, "MG Special": 55, "GTK 500": 26768}


def maven_files(spare: Path) -> list[Path]:
    """The four files; whoever has none gets made-up ones in `spare`, and is told so."""
    if all((BESIDE / f"{name}.csv").is_file() for name in NAMES):
        return [BESIDE / f"{name}.csv" for name in NAMES]
    print(f"Maven's files are not at {BESIDE}: this test uses made-up ones of the same shape.")
    rng = random.Random(8800)
    sellers = [(f"Seller {n:02d}", f"Manager {n % 6}", ("Central", "East", "West")[n % 3]) for n in range(35)]
    accounts = [(f"Account {n}", rng.choice(("retail", "technolgy")), 1990, 10.5, 100, "Italy", "") for n in range(85)]
    prices = [(name, name.split()[0], price) for name, price in PRODUCTS.items()]
    deals = [_deal(rng, n, [each[0] for each in sellers], [each[0] for each in accounts]) for n in range(8800)]
    heads = {
        "accounts": "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
        "products": "product,series,sales_price",
        "sales_teams": "sales_agent,manager,regional_office",
        "sales_pipeline": "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
    }
    for name, rows in zip(NAMES, (accounts, prices, sellers, deals), strict=True):
        with (spare / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([heads[name].split(","), *rows])
    return [spare / f"{name}.csv" for name in NAMES]


def _deal(rng: random.Random, number: int, sellers: list[str], accounts: list[str]) -> tuple[object, ...]:
    """One in six is open, without account as often as not; what was lost is worth 0; a product has two spellings."""
    product = rng.choice(tuple(PRODUCTS))
    stage = rng.choices(("Prospecting", "Engaging", "Won", "Lost"), (6, 18, 48, 28))[0]
    opened = date(2016, 10, 20) + timedelta(days=rng.randrange(400))
    is_over = stage in {"Won", "Lost"}
    return (
        f"{number:08X}",
        rng.choice(sellers[:30]),
        product.replace("GTX Pro", "GTXPro"),
        rng.choice(accounts) if is_over or rng.random() < 0.3 else "",
        stage,
        "" if stage == "Prospecting" else opened,
        opened + timedelta(days=rng.randrange(1, 130)) if is_over else "",
        (rng.randrange(40, 30_000) if stage == "Won" else 0) if is_over else "",
    )
