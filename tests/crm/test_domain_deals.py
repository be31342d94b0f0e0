"""Records, their checks, and how a source's rows are sorted into new, changed, unchanged and refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm_app.crm.domain.checking import check, check_links
from spm_app.crm.domain.compare import Line, Ref, compare
from spm_app.crm.domain.deals import Forecast, Outcome, Owner, even_shares, shares_are_whole
from spm_app.crm.domain.imports import Counts, Finding, Import, ImportResult, ImportState, Kind, Lines, judge
from spm_app.crm.domain.records import DealRecord, fingerprint
from spm_app.kernel.ids import ImportId, PersonId
from spm_app.kernel.money import Money
from spm_app.kernel.problem import Problem, Severity
from tests.conftest import NOW
from tests.crm.builders import account, batch, deal, open_deal, owned, product

ONE, TWO = PersonId(1), PersonId(2)
NOTHING_KNOWN: dict[Kind, dict[str, Ref]] = {kind: {} for kind in Kind}


def found(record: object) -> set[tuple[str, str]]:
    return {(each.at, each.key.removeprefix("crm.problem.")) for each in check(record)}  # type: ignore[arg-type]


def test_good_records_have_no_problem() -> None:
    for record in (product(), account(), deal(), open_deal(), deal(owners=owned(ONE, TWO))):
        assert check(record) == ()


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (account("A", name=" "), ("name", "missing")),
        (account(""), ("external_id", "missing")),
        (account("A", name="x" * 201), ("name", "too_long")),
        (product(price="1.005"), ("list_price", "too_fine")),
        (deal(amount=Money.of("10000000000000")), ("amount", "too_large")),
        (deal(amount=Money.of("-99999999999999999999")), ("amount", "too_large")),
        (deal(amount=Money.of("0.001")), ("amount", "too_fine")),
        (deal(stage=""), ("stage", "missing")),
        (deal(stage="x" * 201), ("stage", "too_long")),
        (deal(close_on=None), ("close_on", "closed_without_day")),
        (deal(owners=(Owner(ONE, 400_000), Owner(TWO, 500_000))), ("owner", "shares_not_whole")),
    ],
)
def test_every_slip_is_named_with_its_place(record: object, problem: tuple[str, str]) -> None:
    assert problem in found(record)


def test_closed_before_opened_is_only_a_warning() -> None:
    (problem,) = check(deal(opened_on=date(2026, 12, 1)))
    assert (problem.at, problem.severity) == ("close_on", Severity.WARNING)


def test_names_that_nobody_knows_are_problems_and_no_name_is_none() -> None:
    assert [each.at for each in check_links(deal(), {"Acme"}, {"GTXPro"})] == ["product"]
    assert check_links(deal(account="", product=""), (), ()) == ()


@given(st.integers(1, 40))
def test_even_shares_are_whole(count: int) -> None:
    assert shares_are_whole(even_shares([PersonId(each) for each in range(count)]))


def test_nobody_has_no_share_and_nobody_twice() -> None:
    assert even_shares([]) == ()
    assert not shares_are_whole([Owner(ONE, 500_000), Owner(ONE, 500_000)])


def test_the_close_day_is_a_hope_while_the_deal_is_open() -> None:
    day = date(2026, 12, 24)
    pending = open_deal(close_on=day)
    assert (pending.closed_on, pending.expected_on, pending.counted_as) == (None, day, Forecast.PIPELINE)
    won = deal(close_on=day)
    assert (won.closed_on, won.expected_on, won.counted_as) == (day, None, Forecast.CLOSED)
    assert deal(outcome=Outcome.LOST, forecast=Forecast.COMMIT).counted_as is Forecast.COMMIT


def test_a_lost_zero_is_not_an_amount() -> None:
    assert deal(outcome=Outcome.LOST, amount=Money.of(0)).settled().amount is None
    assert deal(outcome=Outcome.LOST, amount=Money.of(5)).settled().amount == Money.of(5)
    assert deal(amount=Money.of(0)).settled().amount == Money.of(0)


def test_fingerprints_follow_the_content_alone() -> None:
    assert fingerprint(deal(owners=owned(ONE, TWO))) == fingerprint(deal(owners=owned(TWO, ONE)))
    assert fingerprint(deal(extra={"a": "1", "b": "2"})) == fingerprint(deal(extra={"b": "2", "a": "1"}))
    assert fingerprint(deal()) != fingerprint(deal(stage="Signed"))
    assert fingerprint(account()) != fingerprint(account(sector="medical"))


def lines(*records: DealRecord) -> list[Line[DealRecord]]:
    return [Line(row, record) for row, record in enumerate(records, 2)]


def test_rows_are_sorted_by_what_the_source_said_before() -> None:
    known = {"D1": Ref(1, fingerprint(deal("D1"))), "D2": Ref(2, "another"), "D9": Ref(9, "not named now")}
    result = compare([*lines(deal("D1"), deal("D2"), deal("D3"), deal("D3")), Line(9, None)], known)
    assert [each.record.external_id for each in result.created] == ["D3"]
    assert [each.our_id for each in result.changed] == [2]
    assert (result.unchanged, len(result.refused), result.read) == (2, 1, 5)


def test_contradicting_rows_are_both_refused() -> None:
    result = compare(lines(deal("D1"), deal("D1", stage="Signed"), deal("D2")), {})
    assert [line.row for line in result.refused] == [2, 3]
    assert {each.key for line in result.refused for each in line.problems} == {"crm.problem.contradicts"}
    assert len(result.created) == 1


@given(st.permutations(["D1", "D2", "D3", "D1", "D4"]))
def test_the_order_of_rows_does_not_matter(ids: list[str]) -> None:
    known = {"D4": Ref(4, "before")}
    result = compare(lines(*(deal(each) for each in ids)), known)
    assert {each.record.external_id for each in result.created} == {"D1", "D2", "D3"}
    assert (len(result.changed), result.unchanged, result.read) == (1, 1, 5)


def judged(*deals: DealRecord, taken: bool = True):  # noqa: ANN201
    made = batch(*deals)
    rows = [Line(at, each) for at, each in enumerate(made.deals, 1)]
    return judge(
        Lines([Line(1, made.products[0])], [Line(1, made.accounts[0])] if taken else (), rows), NOTHING_KNOWN, {}
    )


def test_deals_may_name_what_comes_with_them() -> None:
    result = judged(deal("D1"), deal("D2", account="Nobody"))
    assert result.counts == {
        Kind.PRODUCT: Counts(1, 1),
        Kind.ACCOUNT: Counts(1, 1),
        Kind.DEAL: Counts(read=2, created=1, refused=1),
    }
    assert [(each.kind, each.row, each.problem.args) for each in result.findings] == [
        (Kind.DEAL, 2, {"value": "Nobody"})
    ]


def test_kinds_without_rows_are_not_counted_and_unreadable_rows_stay_refused() -> None:
    assert Kind.ACCOUNT not in judged(deal(account=""), taken=False).counts
    unreadable: Line[DealRecord] = Line(2, None, (Problem("amount", "crm.problem.unreadable_amount"),))
    result = judge(Lines(products=[Line(2, None)], deals=[unreadable]), NOTHING_KNOWN, {})
    assert (result.counts[Kind.DEAL].refused, result.counts[Kind.PRODUCT].refused) == (1, 1)


def test_a_day_that_could_not_be_read_is_not_missing_too() -> None:
    unread = Problem("close_on", "crm.problem.not_a_day", {"value": "soon"})
    result = judge(Lines(deals=[Line(2, deal(account="", product="", close_on=None), (unread,))]), NOTHING_KNOWN, {})
    assert [each.problems for each in result.deals.refused] == [(unread,)]


def test_a_total_is_the_sum_of_its_kinds() -> None:
    counts = {Kind.DEAL: Counts(3, 1, 1, 1, 0), Kind.ACCOUNT: Counts(2, 0, 0, 1, 1)}
    assert ImportResult(ImportId(1), counts).total == Counts(5, 1, 1, 2, 1)
    assert Import(ImportId(1), "s", "f", ImportState.DONE, counts, "Ada", NOW).total == Counts(5, 1, 1, 2, 1)


def test_findings_tell_refusals_from_warnings() -> None:
    problem = Problem("stage", "crm.problem.missing")
    assert Finding(Kind.DEAL, 2, problem).is_refusal
    assert not Finding(Kind.DEAL, 2, replace(problem, severity=Severity.WARNING)).is_refusal


def test_only_what_was_done_can_be_undone() -> None:
    done = Import(ImportId(1), "s", "f", ImportState.DONE, {}, "Ada", NOW)
    assert done.can_be_undone
    assert not replace(done, state=ImportState.UNDONE).can_be_undone


def test_a_batch_counts_its_records() -> None:
    assert len(batch(deal(), replace(deal("D2")))) == 4
