"""The editor without a browser: whichever of form and text changes, the other follows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.service import plans
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.compensation.state.plan_rule import PlanRuleState
from spm_app.compensation.state.plans import PlanState
from tests.compensation.office import PLAN
from tests.training.screen import Screen

if TYPE_CHECKING:
    from tests.compensation.office import Office

RATE = "components[1].rate"


@pytest.fixture
def screen(office: Office) -> Screen:
    """The next version of the published plan, being written."""
    (published,) = plans.plans(office.admin)
    return Screen(office.admin, f"/plans/{published.plan_id}")


def after(screen: Screen, *acts: tuple[Any, ...]) -> Any:
    """The state of the editor once the plan is open and all that was done."""

    async def walk() -> Any:
        await screen.run(PlanState.load)
        await screen.run(PlanState.renew)
        await screen.run(PlanState.load)
        for handler, *values in acts:
            await screen.run(handler, *values)
        return await screen.run(PlanFormState.go_to, 1, "")

    return asyncio.run(walk())


def cell(form: Any, path: str) -> Any:
    found = (each for block in form.blocks for line in block.lines for each in line.cells if each.path == path)
    return next(found)


def test_a_field_changes_the_text_and_the_text_a_field(screen: Screen) -> None:
    form = after(screen, (PlanFormState.set_cell, RATE, "percent", "1,5"))
    assert form.text == PLAN.replace("rate: 1 %\n", "rate: 1.5 %\n")
    assert form.dirty
    form = after(screen, (PlanFormState.write, PLAN.replace("rate: 1 %\n", "rate: 2 %\n")))
    assert cell(form, RATE).value == "2 %"


def test_what_is_wrong_stands_at_its_place_in_both(screen: Screen) -> None:
    form = after(screen, (PlanFormState.set_cell, RATE, "percent", "lots"))
    assert cell(form, RATE).tone == "bad"
    line = form.text.split("\n").index("    rate: lots") + 1
    assert [(each["line"], each["path"]) for each in form.findings if each["tone"] == "bad"] == [(str(line), RATE)]
    assert form.errors == 1


def test_a_text_that_is_no_yaml_leaves_the_form_as_it_was(screen: Screen) -> None:
    form = after(screen, (PlanFormState.write, PLAN + "  ["))
    assert (form.readable, len(form.blocks), form.errors) == (False, 3, 1)


def test_every_change_can_be_taken_back_and_made_again(screen: Screen) -> None:
    change = (PlanFormState.set_cell, RATE, "percent", "3")
    assert after(screen, change, (PlanFormState.undo,)).text == PLAN
    assert "rate: 3 %" in after(screen, change, (PlanFormState.undo,), (PlanFormState.redo,)).text
    assert not after(screen, change, (PlanFormState.undo,)).dirty


def test_parts_are_added_doubled_moved_and_taken_out(screen: Screen) -> None:
    form = after(screen, (PlanFormState.double, "components[1]"), (PlanFormState.shift, "components[2]", -1))
    assert [each.title for each in form.blocks[1:]] == ["sales", "override-2", "override"]
    form = after(screen, (PlanFormState.take_out, "components[1]"), (PlanFormState.add, "", "examples"))
    assert [each.title for each in form.blocks[1:]] == ["sales", "1"]
    bands = "components[0].rate_table.bands"
    form = after(screen, (PlanFormState.another, bands))
    assert cell(form, f"{bands}[2].from").value == "150 %"


def test_whom_a_plan_is_for_is_chosen_by_name(screen: Screen, office: Office) -> None:
    form = after(screen, (PlanFormState.add_word, "eligibility.titles", "LEAD"))
    assert cell(form, "eligibility.titles").value == "REP, LEAD"
    assert "REP" in [each["value"] for each in form.pickers["titles"]]
    form = after(screen, (PlanFormState.set_words, "eligibility.titles", "A, B C,"))
    assert "titles: [A, B C]" in form.text


def test_a_condition_is_completed_where_the_person_stands(screen: Screen) -> None:
    path = "components[0].credit.when"
    acts = [(PlanRuleState.type_rule, path, "outcome = 'won' and prod", 24), (PlanRuleState.take, "product", 20)]
    form = after(screen, *acts, (PlanRuleState.take, "is null", 29))
    assert cell(form, path).value == "outcome = 'won' and product is null"
    form = after(screen, (PlanRuleState.ask, path, "outcome = ", 10), (PlanRuleState.take, "'lost'", 10))
    assert "'lost'" in cell(form, path).value


def test_what_is_saved_is_no_longer_unsaved(screen: Screen, office: Office) -> None:
    form = after(screen, (PlanFormState.set_cell, RATE, "percent", "4"), (PlanState.save,))
    assert not form.dirty
    assert "rate: 4 %" in plans.plans(office.admin)[0].text


def test_nothing_is_written_by_who_may_not_write(office: Office) -> None:
    (published,) = plans.plans(office.finance)
    screen = Screen(office.finance, f"/plans/{published.plan_id}")

    async def opened() -> Any:
        await screen.run(PlanState.load)
        return await screen.run(PlanFormState.undo)

    assert asyncio.run(opened()).text == ""
