from __future__ import annotations

from spm_app.compensation.domain.cases import holds_cases, read_cases

CASES = """\
plans: [a.yaml, b.yaml]
cases:
  - name: One
    period: 2026-Q1
    data: sheets
    people: [{Person: Anna, title: seller}]
    expected:
      - {payee: Anna, component: c, earned: 5}
"""


def test_a_case_has_rows_and_what_must_come_out() -> None:
    found, problems = read_cases(CASES, "f")
    assert found is not None
    assert problems == ()
    (case,) = found.cases
    assert (found.plans, case.name, case.period, case.data) == (("a.yaml", "b.yaml"), "One", "2026-Q1", "sheets")
    assert case.sheets[0].rows == (("f:6", {"person": "Anna", "title": "seller"}),)
    assert (case.expected[0].whose, case.expected[0].figures) == ({"payee": "Anna", "component": "c"}, {"earned": "5"})


def test_a_case_may_have_no_data_and_one_plan() -> None:
    found, _ = read_cases(CASES.replace("    data: sheets\n", "").replace("plans: [a.yaml, b.yaml]", "plan: a"), "f")
    assert found is not None
    assert (found.plans, found.cases[0].data) == (("a",), "")


def test_what_is_no_case_is_named_with_its_line() -> None:
    assert read_cases("a: [", "f")[1][0].at == "f:1:"
    found, problems = read_cases(CASES.replace("payee: Anna, ", "").replace("name: One", "called: One"), "f")
    assert found is None
    assert [each.key.rpartition(".")[2] for each in problems] == ["unknown_key", "missing", "missing"]
    assert problems[-1].at == "f:8:cases[0].expected[0]"


def test_a_file_of_cases_is_known_by_its_key() -> None:
    assert [holds_cases(text) for text in (CASES, "code: x", "- cases", "a: [")] == [True, False, False, False]
