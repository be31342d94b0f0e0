"""Where a new plan begins: a text that is right as it stands for this company, to change."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm_app.infra import clock
from spm_app.infra.db import reading
from spm_app.kernel.period import Grain
from spm_app.kernel.rights import Actor, Permission, require
from spm_app.people import service as people

if TYPE_CHECKING:
    from datetime import date

    from spm_app.infra.db import Work

_TEXT = """\
# A share of what the seller wins, and more above quota. Change what you need; the checker says what does not fit.
code: new_plan
name: New plan
currency: {currency}
effective: {{from: {start}}}
eligibility: {{titles: [{title}]}}
period: quarter
rounding: half_up
components:
  - code: sales
    name: {{en: Sales against quota, it: Vendite rispetto alla quota}}
    credit: {{when: "outcome = 'won'", to: owner}}
    rate_table:
      over: attainment
      kind: marginal
      bands:
        - {{from: 0 %, to: 100 %, rate: 4 %}}
        - {{from: 100 %, rate: 6 %}}
"""


@dataclass(frozen=True, slots=True)
class Here:
    """What a new plan takes from the company: its money, the first day of this year, and the title that most hold."""

    currency: str
    start: str
    title: str


def here(work: Work) -> Here:
    """The same for every new plan; the title is written as YAML."""
    company = people.company(work)
    today = company.calendar.day_of(clock.now())
    year = company.calendar.containing(today, Grain.YEAR)
    title = json.dumps(_most_held(work, today), ensure_ascii=False)
    return Here(company.currency.code, year.start.isoformat(), title)


def first_text(actor: Actor) -> str:
    """A plan in the company's money, from the first day of this year, for the title that most people hold."""
    require(actor, Permission.WRITE_PLANS)
    with reading() as work:
        own = here(work)
        return _TEXT.format(currency=own.currency, start=own.start, title=own.title)


def _most_held(work: Work, today: date) -> str:
    """Sellers are the most; `SELLER` where nobody has a seat yet."""
    calendar = people.company(work).calendar
    seats = people.seats(work, calendar.containing(today, Grain.MONTH))
    held = Counter(each.title_code for each in seats if each.start <= today and (each.end is None or each.end > today))
    return min(held, key=lambda code: (-held[code], code), default="SELLER")
