"""The form of a plan: it shows what the text says, offers what the language takes, and adds what can be read."""

from __future__ import annotations

import pytest
import yaml

from spm_app.compensation.domain.edit.beginnings import another, begin, doubled
from spm_app.compensation.domain.edit.completion import offers
from spm_app.compensation.domain.edit.form import Block, Cell, form_of
from spm_app.compensation.domain.plan import read_plan
from tests.compensation.plans import SELLER, changed, with_bands

BANDS = "components[0].rate_table.bands"
EXAMPLES = SELLER + "examples:\n  - {name: A, transactions: [1], expected: {}}\n"


def cells(text: str = SELLER) -> dict[str, Cell]:
    return {each.path: each for block in form_of(text).blocks for line in block.lines for each in line.cells}


def block(text: str, path: str) -> Block:
    return next(each for each in form_of(text).blocks if each.path == path)


def test_every_value_of_the_text_has_its_place_in_the_form() -> None:
    found = cells()
    assert found["components[0].rate_table.bands[1].rate"].value == "10 %"
    assert found["eligibility.titles"].kind == "tags"
    assert found["effective.from"].kind == "day"
    assert found["period"].choices == ("month", "quarter", "half", "year")
    assert found["components[0].credit.when"].long
    assert (found["code"].optional, found["rounding"].optional) == (False, True)


def test_blocks_come_in_the_order_of_the_text() -> None:
    blocks = form_of(EXAMPLES).blocks
    assert [(each.kind, each.title) for each in blocks] == [
        ("plan", ""),
        ("components", "new-business"),
        ("examples", "A"),
    ]
    assert blocks[1].line == 9


def test_what_the_language_takes_beside_it_is_offered() -> None:
    assert "examples" in block(SELLER, "").lines[0].missing
    assert "accumulate" in block(SELLER, "components[0]").lines[0].missing
    expected = block(EXAMPLES, "examples[0]").lines[-1]
    assert (expected.path, expected.missing) == ("examples[0].expected", ("new-business",))


def test_what_cannot_be_read_stands_in_the_form_as_it_is() -> None:
    assert cells(changed("10 %", "ten"))["components[0].rate_table.bands[1].rate"].value == "ten"
    assert (
        cells(changed("effective: {from: 2026-01-01, to: 2026-12-31}", "effective: soon"))["effective"].kind == "text"
    )
    assert cells(changed("currency: EUR", "currency: EUR\nextra: 1"))["extra"].kind == "text"
    assert form_of("a: [").blocks == ()
    assert form_of("").blocks == ()
    assert [each.kind for each in form_of("- 1").blocks] == ["plan"]


@pytest.mark.parametrize("name", block(SELLER, "components[0]").lines[0].missing)
def test_every_part_that_is_offered_can_be_begun_and_taken_out(name: str) -> None:
    begun = begin(SELLER, "components[0]", name)
    assert name in yaml.safe_load(begun)["components"][0]
    assert form_of(begun).blocks


@pytest.mark.parametrize("name", ["accumulate", "rate"])
def test_a_part_that_is_added_can_be_read(name: str) -> None:
    assert read_plan(begin(SELLER, "components[0]", name))[1] == ()


def test_a_rate_takes_the_place_of_a_table_and_back() -> None:
    flat = begin(SELLER, "components[0]", "rate")
    assert yaml.safe_load(flat)["components"][0].keys() == {"code", "name", "credit", "rate"}
    table = begin(flat, "components[0]", "rate_table")
    assert "rate" not in yaml.safe_load(table)["components"][0]
    assert read_plan(table)[1] == ()


def test_what_the_language_needs_in_a_new_part_is_begun_too() -> None:
    bare = SELLER.replace("eligibility: {titles: [seller]}\n", "").replace("period: quarter\n", "")
    begun = begin(begin(bare, "", "eligibility"), "", "period")
    assert yaml.safe_load(begun)["eligibility"] == {"titles": [""]}
    assert yaml.safe_load(begun)["period"] == "month"
    ended = changed(", to: 2026-12-31", "")
    assert read_plan(begin(ended, "effective", "to"))[1] == ()
    assert yaml.safe_load(begin(EXAMPLES, "examples[0].expected", "new-business"))["examples"][0]["expected"]
    assert begin(SELLER, "nothing", "more") == SELLER


def test_a_new_band_goes_on_where_the_last_one_is_cut() -> None:
    grown = yaml.safe_load(another(SELLER, BANDS))["components"][0]["rate_table"]["bands"]
    assert grown[2:] == [
        {"from": "100 %", "rate": "15 %", "to": "150 %"},
        {"from": "150 %", "rate": "15 %"},
    ]
    odd = with_bands("from: some, rate: 5 %")
    assert yaml.safe_load(another(odd, BANDS))["components"][0]["rate_table"]["bands"][1]["from"] == "some"
    ended = with_bands("from: 0 %, to: 50 %, rate: 5 %")
    assert yaml.safe_load(another(ended, BANDS))["components"][0]["rate_table"]["bands"][1] == {
        "from": "50 %",
        "rate": "5 %",
    }


def test_another_entry_is_like_the_last() -> None:
    assert len(yaml.safe_load(another(EXAMPLES, "examples"))["examples"]) == 2
    assert yaml.safe_load(another("examples: []\n", "examples")) == {"examples": [{}]}
    assert another(SELLER, "nothing") == SELLER


def test_a_component_is_doubled_under_a_code_of_its_own() -> None:
    twice = doubled(SELLER, "components[0]")
    assert [each["code"] for each in yaml.safe_load(twice)["components"]] == ["new-business", "new-business-2"]
    thrice = doubled(twice, "components[0]")
    codes = [each["code"] for each in yaml.safe_load(thrice)["components"]]
    assert codes == ["new-business", "new-business-3", "new-business-2"]
    assert len(yaml.safe_load(doubled(SELLER, f"{BANDS}[0]"))["components"][0]["rate_table"]["bands"]) == 4
    assert doubled(SELLER, "components[7]") == SELLER
    odd = yaml.safe_load(doubled("a: [{code: x}, 1]", "a[0]"))
    assert odd == {"a": [{"code": "x"}, {"code": "x-2"}, 1]}


KNOWN = {"product": ("GTX Pro", "L'Arte"), "outcome": ("won", "lost")}


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("", "field", "outcome"),
        ("pro", "field", "product"),
        ("outcome ", "sign", "="),
        ("outcome = ", "value", "'won'"),
        ("outcome = 'l", "value", "'lost'"),
        ("outcome = 'won' ", "join", "and"),
        ("outcome = 'won' a", "join", "and"),
        ("outcome = 'won' and not ", "field", "outcome"),
        ("(", "field", "outcome"),
        ("product in ('GTX Pro', ", "value", "'GTX Pro'"),
        ("product in (", "value", "'GTX Pro'"),
        ("product in ('GTX Pro' ", "sign", ")"),
        ("product in ('GTX Pro') ", "join", "and"),
        ("product = 'L", "value", "'L''Arte'"),
        ("amount >= ", "value", "1000"),
        ("closed_on < ", "value", "date '2026-01-01'"),
        ("= ", "value", ""),
        ("stage = ", "value", ""),
    ],
)
def test_what_may_come_next_is_offered(text: str, kind: str, first: str) -> None:
    found = offers(text, len(text), KNOWN)
    if first:
        assert (found[0].kind, found[0].word) == (kind, first)
    else:
        assert found == ()


def test_an_offer_takes_the_place_of_what_is_begun() -> None:
    (found,) = offers("outcome = 'won' and prod = 3", 24, KNOWN)
    assert (found.word, found.start) == ("product", 20)
    assert offers("outcome", 7, KNOWN) == ()
