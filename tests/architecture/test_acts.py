"""Whatever is recorded in the audit log can be read there: its act, its subject and the names of its details."""

from __future__ import annotations

import ast
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from spm_app.compensation.domain.life import AdjustmentState, DisputeState, ExportState
from spm_app.planning.domain.goal import State as GoalState
from spm_app.training.domain.states import EnrolmentState
from spm_app.ui.catalogue import texts
from tests.architecture.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What acts that are composed (`f"goal.{state.value}"`) may end with.
ENDINGS: dict[str, type[StrEnum]] = {
    "goal.": GoalState,
    "enrolment.": EnrolmentState,
    "adjustment.": AdjustmentState,
    "dispute.": DisputeState,
    "payroll.": ExportState,
}


@cache
def recordings() -> tuple[tuple[str, ast.Call], ...]:
    """Every call of `audit.record`, with the file that it stands in."""
    return tuple(_found())


def _found() -> Iterator[tuple[str, ast.Call]]:
    for source in sources():
        for node in ast.walk(source.tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("audit"), attr="record")):
                    yield source.name, node
                case _:
                    pass


def opening(node: ast.expr) -> str:
    """What a literal says, or the words that a composed text begins with."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    assert isinstance(first, ast.Constant), f"say the act as a literal: {ast.unparse(node)}"
    return str(first.value)


def acts_of(node: ast.expr) -> list[str]:
    said = opening(node)
    return [f"{said}{each.value}" for each in ENDINGS[said]] if isinstance(node, ast.JoinedStr) else [said]


def test_there_is_something_to_check() -> None:
    assert len(recordings()) > 40


def test_every_act_that_is_recorded_has_its_words() -> None:
    unsaid = {
        (name, act) for name, call in recordings() for act in acts_of(call.args[2]) if f"gate.act.{act}" not in texts()
    }
    assert unsaid == set()


def test_no_act_is_said_that_nobody_records() -> None:
    recorded = {f"gate.act.{act}" for _, call in recordings() for act in acts_of(call.args[2])}
    assert {key for key in texts() if key.startswith("gate.act.")} - recorded == set()


def test_every_kind_of_subject_has_its_words() -> None:
    subjects = ((name, call.args[3]) for name, call in recordings() if not isinstance(call.args[3], ast.Name))
    kinds = {(name, opening(node).split(":")[0]) for name, node in subjects}
    assert {each for each in kinds if f"gate.subject.{each[1]}" not in texts()} == set()


def test_every_detail_has_its_name() -> None:
    names = {(name, each.arg) for name, call in recordings() for each in call.keywords}
    unsaid = {each for each in names if f"gate.detail.{each[1]}" not in texts()}
    assert {each for each in unsaid if each[1] not in {"before", "after"}} == set()
