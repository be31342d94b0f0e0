"""Changing a plan's text in place: the meaning changes in one place, and everything else stays to the letter."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from spm_app.compensation.domain.edit import edits
from spm_app.compensation.domain.edit.places import find, steps
from spm_app.compensation.domain.edit.scalars import scalar, typed

PLAN = """\
# Written by Ada, agreed with the works council.
code: seller   # for ever
name: "Sellers 2026"
effective: {from: 2026-01-01, to: 2026-12-31}
eligibility: {titles: [seller, "key account"]}
components:
  # What most of the pay comes from.
  - code: new
    name: {en: New business, it: Nuove vendite}
    credit: {when: "outcome = 'won'", to: owner}  # not what was lost
    rate_table:
      kind: marginal
      bands:
        - {from: 0 %, to: 75 %, rate: 5 %}
        # Above three quarters it is worth twice as much.
        - {from: 75 %, rate: 10 %}

  # Only for leads.
  - code: team
    rate: 0.5 %   # of what the team wins
  -
    code: odd
    rate: 1 %
examples:
- name: A
  transactions: [900]
"""


def data(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - everything stays a text


def reach(root: Any, path: str) -> tuple[Any, Any]:
    """The holder of a part and its name there."""
    *before, last = steps(path)
    for step in before:
        root = root[step]
    return root, last


def every_path(node: Any, path: str = "") -> list[str]:
    if isinstance(node, dict):
        inner = [(f"{path}.{name}".removeprefix("."), value) for name, value in node.items()]
    elif isinstance(node, list):
        inner = [(f"{path}[{at}]", value) for at, value in enumerate(node)]
    else:
        return []
    return [each for name, value in inner for each in (name, *every_path(value, name))]


PATHS = every_path(data(PLAN))
LEAVES = [path for path in PATHS if isinstance(reach(data(PLAN), path)[0][reach(data(PLAN), path)[1]], str)]
ITEMS = [path for path in PATHS if path.endswith("]")]


@pytest.mark.parametrize("path", LEAVES)
@pytest.mark.parametrize("value", ["5.5 %", 'it\'s: [odd] # "really"', "", "2026-02-01", "- x", "true"])
def test_a_value_changes_and_nothing_else(path: str, value: str) -> None:
    expected = data(PLAN)
    holder, name = reach(expected, path)
    holder[name] = value
    text = edits.set_value(PLAN, path, value)
    assert data(text) == expected
    assert text.count("#") - value.count("#") == PLAN.count("#")


@pytest.mark.parametrize("path", PATHS)
def test_a_part_goes_and_the_others_stay(path: str) -> None:
    expected = data(PLAN)
    holder, name = reach(expected, path)
    del holder[name]
    assert data(edits.remove(PLAN, path)) == expected


@pytest.mark.parametrize("path", ITEMS)
@pytest.mark.parametrize("by", [-1, 1])
def test_an_entry_moves_by_one_place(path: str, by: int) -> None:
    expected = data(PLAN)
    holder, at = reach(expected, path)
    if 0 <= at + by < len(holder):
        holder[at], holder[at + by] = holder[at + by], holder[at]
    moved = edits.move(PLAN, path, by)
    assert data(moved) == expected
    assert sorted(moved.splitlines()) == sorted(PLAN.splitlines()) or "[" in moved
    assert moved.count("#") == PLAN.count("#")


def test_a_comment_moves_with_what_it_speaks_of() -> None:
    moved = edits.move(PLAN, "components[0]", 1)
    assert moved.index("Only for leads") < moved.index("code: team") < moved.index("What most of the pay")


@pytest.mark.parametrize("path", ITEMS)
def test_an_entry_is_there_twice(path: str) -> None:
    expected = data(PLAN)
    holder, at = reach(expected, path)
    holder.insert(at, copy.deepcopy(holder[at]))
    assert data(edits.duplicate(PLAN, path)) == expected


@pytest.mark.parametrize("path", ["", *(path for path in PATHS if isinstance(data(PLAN), dict))])
@pytest.mark.parametrize("fragment", ["one", "a: 1\nb: [2]\n"])
def test_a_part_is_added_to_every_map_and_list(path: str, fragment: str) -> None:
    expected = data(PLAN)
    holder, name = reach({"": expected} if not path else expected, path) if path else ({"": expected}, "")
    inner = holder[name]
    if isinstance(inner, dict):
        inner["added"] = data(fragment)
        assert data(edits.add_part(PLAN, path, "added", fragment)) == expected
    elif isinstance(inner, list):
        inner.append(data(fragment))
        assert data(edits.add_item(PLAN, path, fragment)) == expected
    else:
        assert edits.add_part(PLAN, path, "added", fragment) == PLAN
        assert edits.add_item(PLAN, path, fragment) == PLAN


def _holds_lines(path: str) -> bool:
    """Whether lines may stand there: under a name, and in no brackets."""
    place = find(PLAN, path)
    named = not path.endswith("]") and find(PLAN, path.rpartition(".")[0]) is not None
    return named and place is not None and (place.parent is None or not place.parent.flow_style)


KINDS = [(path, fragment) for path in PATHS for fragment in ("one", "{a: 1}")]
KINDS += [(path, "a: 1\nb: [2]\n") for path in PATHS if _holds_lines(path)]


@pytest.mark.parametrize(("path", "fragment"), KINDS)
def test_a_value_becomes_one_of_another_kind(path: str, fragment: str) -> None:
    expected = data(PLAN)
    inner, name = reach(expected, path)
    inner[name] = data(fragment)
    assert data(edits.replace_part(PLAN, path, fragment)) == expected


def test_what_is_missing_is_added_where_it_belongs() -> None:
    text = edits.set_value(PLAN, "components[1].accumulate", "transaction")
    assert data(text)["components"][1]["accumulate"] == "transaction"
    assert data(edits.set_value(PLAN, "currency", "EUR"))["currency"] == "EUR"


def test_an_empty_list_is_begun_and_a_text_without_a_last_line_is_ended() -> None:
    begun = edits.add_item("components: []", "components", "code: a\nrate: 1 %")
    assert data(begun) == {"components": [{"code": "a", "rate": "1 %"}]}
    assert data(edits.add_part("a: {}", "a", "b", "1")) == {"a": {"b": "1"}}
    assert data(edits.duplicate("a:\n- 1", "a[0]")) == {"a": ["1", "1"]}
    assert data(edits.move("a:\n- 1\n- 2", "a[0]", 1)) == {"a": ["2", "1"]}
    assert data(edits.add_part("a: 1", "", "b", "2")) == {"a": "1", "b": "2"}


def test_the_last_part_of_a_map_or_list_leaves_it_empty() -> None:
    assert data(edits.remove("a:\n- 1\n", "a[0]")) == {"a": []}
    assert data(edits.remove("a:\n  b: 1\n", "a.b")) == {"a": {}}
    assert edits.remove("a: 1\n", "a") == "a: 1\n"
    assert edits.remove("- 1\n", "[0]") == "- 1\n"


@pytest.mark.parametrize("path", ["nothing", "components[9]", "code[0]", "components.code", "effective.from.day"])
def test_a_place_that_is_not_there_leaves_the_text(path: str) -> None:
    changes = [edits.remove, edits.duplicate, lambda t, p: edits.move(t, p, 1), lambda t, p: edits.add_item(t, p, "x")]
    assert {change(PLAN, path) for change in [*changes, lambda t, p: edits.replace_part(t, p, "x")]} == {PLAN}
    assert edits.duplicate(PLAN, "code") == PLAN
    assert edits.move(PLAN, "code", 1) == PLAN
    assert edits.fragment_of(PLAN, path) == ""


def test_no_yaml_has_no_places() -> None:
    assert find("a: [", "a") is None
    assert find("", "a") is None
    assert edits.set_value("a: [", "a", "1") == "a: ["


def test_a_fragment_is_the_part_at_the_margin() -> None:
    fragment = edits.fragment_of(PLAN, "components[0]")
    assert fragment.startswith("code: new\nname: {en")
    assert data(fragment) == data(PLAN)["components"][0]
    assert "# Above three quarters" in fragment
    assert data(edits.add_item(PLAN, "components", fragment))["components"][3] == data(PLAN)["components"][0]


def test_what_people_type_is_written_as_the_language_does() -> None:
    said = [("percent", "5,5"), ("percent", "5%"), ("percent", "lots"), ("money", "1 000,50"), ("money", "a lot")]
    assert [typed(*each) for each in said] == ["5.5 %", "5 %", "lots", "1000.50", "a lot"]
    said = [("day", "31/1/2026"), ("day", "31.02.2026"), ("day", "soon"), ("text", " a ")]
    assert [typed(*each) for each in said] == ["2026-01-31", "31.02.2026", "soon", "a"]


def test_a_value_keeps_its_quotes() -> None:
    assert scalar("a", "'") == "'a'"
    assert scalar("it's", "'") == "'it''s'"
    assert scalar("a", '"') == '"a"'
    assert scalar("Acme Co") == "Acme Co"
    assert scalar("a, b") == '"a, b"'
    assert scalar("a #b") == '"a #b"'


def test_brackets_take_json_and_texts_of_several_lines() -> None:
    assert data(edits.set_value('{"a":1}', "a", "2")) == {"a": "2"}
    assert data(edits.add_item("a: [1]", "a", "one\ntwo")) == {"a": ["1", "one two"]}
