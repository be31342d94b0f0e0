"""What a run in the house is given: earlier periods, descriptions of deals, certificates, names of persons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from spm_app.compensation.domain.plan import read_plan
from spm_app.compensation.service import runs, statements
from spm_app.compensation.service.gathering import gather
from spm_app.crm import service as crm
from spm_app.crm.domain.deals import Owner
from spm_app.crm.domain.records import CrmBatch
from spm_app.infra.db import reading
from spm_app.kernel.money import Money
from spm_app.kernel.period import FiscalCalendar
from tests.compensation.office import QUARTER, publish
from tests.crm.builders import deal

if TYPE_CHECKING:
    from spm_app.compensation.domain.terms import Plan
    from tests.compensation.office import Office

YEAR = """\
code: year
name: The year so far
currency: EUR
effective: {from: 2026-01-01}
eligibility: {people: [Rino Rep]}
period: quarter
components:
  - code: so-far
    name: So far
    accumulate: year
    credit: {when: "outcome = 'won' and family = 'GTX' and segment = 'retail'", to: owner}
    rate_table:
      {kind: whole_amount, over: amount, bands: [{from: 0, to: 1500, rate: 1 %}, {from: 1500, rate: 2 %}]}
"""


def _read(text: str) -> Plan:
    plan, problems = read_plan(text)
    assert plan is not None, problems
    return plan


def _sell_in_may(office: Office) -> None:
    own = (Owner(office.staff.rep.person_id),)
    may = deal("M1", owners=own, opened_on=date(2026, 4, 1), close_on=date(2026, 5, 4))
    crm.load(office.admin, CrmBatch(deals=(may,)), "test")


def test_what_is_cumulative_counts_the_year_and_trues_up(office: Office) -> None:
    """1,000 in May at 1 %; 1,300 in the quarter lift the year to 2,300: 2 % of 1,300, and 1 % more of the 1,000."""
    _sell_in_may(office)
    publish(office.admin, office.finance, YEAR)
    runs.calculate_period(office.admin, QUARTER)
    heads = statements.statements(office.admin, QUARTER)
    head = next(each for each in heads if each.statement.payee_name == "Rino Rep")
    view = statements.statement(office.admin, head.statement.id)
    part = next(each for each in view.components if each.component == "so-far")
    assert (part.measure, part.earned) == (Money.of("2300"), Money.of("36"))
    found, _ = statements.lines(office.admin, head.statement.id, statements.LineQuery(component="so-far"))
    assert [(each.role, each.amount) for each in found] == [
        ("true_up", Money.of("10")),
        ("owner", Money.of("20")),
        ("owner", Money.of("6")),
    ]


def test_nobody_else_is_in_a_plan_for_one_person(office: Office) -> None:
    publish(office.admin, office.finance, YEAR)
    with reading() as work:
        given = gather(work, [_read(YEAR)], FiscalCalendar().parse(QUARTER)).inputs
    assert {each.code for each in given.people} >= {"Rino Rep"}
    assert {each.family for each in given.transactions} == {"GTX"}
    assert {each.segment for each in given.transactions} == {"retail"}
    assert given.certificates == ()


def test_quotas_of_every_quarter_are_given_when_a_plan_asks_for_the_year(office: Office) -> None:
    text = YEAR.replace("    accumulate: year\n", "    accumulate: year\n    quota: {of: year}\n")
    with reading() as work:
        given = gather(work, [_read(text)], FiscalCalendar().parse(QUARTER)).inputs
    assert {each.start for each in given.quotas} == {date(2026, month, 1) for month in (1, 4, 7, 10)}
