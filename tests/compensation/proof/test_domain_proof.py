"""The proof file and the script that checks it: any figure that is off is found, at its place."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.compensation.domain.proof import check, sealed, verify_proof
from tests.compensation.proof.proofs import PLANS, proofs_of, proofs_of_limits, proofs_of_payments

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is worked out. An input that is off by one may change nothing, and then the seal alone guards it.
WORKED_OUT = {"credit", "before", "after", "amount", "exact", "earned", "measure", "paid", "adjusted", "rate", "pays"}


def said(proof: dict[str, Any]) -> tuple[int, list[str]]:
    lines: list[str] = []
    return check(proof, lines.append), [each for each in lines if each.startswith("WRONG")]


def figures(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every number in the file, also to those that are written as text."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from figures(value, (*path, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from figures(value, (*path, at))
    elif isinstance(node, int) or (isinstance(node, str) and path[-1] in {"amount", "earned", "exact", "width"}):
        yield path


def changed(proof: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """One figure off by one."""
    other = deepcopy(proof)
    node = other
    for step in path[:-1]:
        node = node[step]
    value = node[path[-1]]
    node[path[-1]] = value + 1 if isinstance(value, int) else str(verify_proof.Fraction(value) + 1)
    return other


@pytest.mark.parametrize("kind", PLANS)
def test_what_the_engine_pays_is_worked_out_again(kind: str) -> None:
    for proof in proofs_of(PLANS[kind]):
        assert said(proof) == (0, [])


@pytest.mark.parametrize("kind", PLANS)
def test_any_figure_that_is_changed_is_found(kind: str) -> None:
    for proof in proofs_of(PLANS[kind]):
        for path in figures(proof):
            assert said(changed(proof, path))[0] == 1, path


@pytest.mark.parametrize("kind", PLANS)
def test_a_figure_that_is_changed_and_sealed_again_is_found_by_the_arithmetic(kind: str) -> None:
    for proof in proofs_of(PLANS[kind]):
        for path in (path for path in figures(proof) if path[-1] in WORKED_OUT):
            status, wrong = said(sealed(changed(proof, path)))
            assert status, path
            assert wrong


def test_the_way_from_earned_to_paid_is_worked_out_again() -> None:
    found = list(proofs_of_payments())
    assert {step["kind"] for each in found for step in each["settlement"]} >= {
        "waits",
        "due",
        "held",
        "released",
        "topped_up",
    }
    assert any(each["payment"] for each in found)
    for proof in found:
        assert said(proof) == (0, [])
        for path in (path for path in figures(proof) if path[-1] in WORKED_OUT or "totals" in path):
            assert said(sealed(changed(proof, path)))[0] == 1, path


def test_caps_and_thresholds_are_worked_out_again() -> None:
    found = list(proofs_of_limits())
    assert any("withheld" in part["derivation"] for each in found for part in each["components"])
    for proof in found:
        assert said(proof) == (0, [])
        for path in (path for path in figures(proof) if path[-1] in WORKED_OUT):
            assert said(sealed(changed(proof, path)))[0] == 1, path


def test_terms_that_the_script_does_not_know_are_named() -> None:
    proof = next(proofs_of(PLANS["marginal"]))
    proof["components"][0]["derivation"]["moon"] = 1
    assert any("does not know: the file says ['moon']" in each for each in said(sealed(proof))[1])


def test_a_place_is_named() -> None:
    proof = next(proofs_of(PLANS["marginal"]))
    proof["components"][0]["lines"][0]["amount"] += 1
    assert any("file/seller/new-business/A: pay: the file says" in each for each in said(proof)[1])


def test_nobody_else_is_named() -> None:
    told = json.dumps(next(proofs_of(PLANS["marginal"])))
    assert "P1" in told
    assert not any(name in told for name in ("P2", "P3"))


def test_what_is_no_proof_is_said(tmp_path: Path) -> None:
    assert said({"format": "x"})[0] == 1
    lines: list[str] = []
    (tmp_path / "float.json").write_text('{"a": 1.5}', encoding="utf-8")
    assert verify_proof.main([], lines.append) == 2
    assert verify_proof.main([str(tmp_path / "none.json")], lines.append) == 2
    assert verify_proof.main([str(tmp_path / "float.json")], lines.append) == 2
    assert [each.partition(" (")[0] for each in lines] == ["WRONG  file: cannot be read"] * 3


def test_the_script_stands_alone(tmp_path: Path) -> None:
    text = Path(verify_proof.__file__).read_text(encoding="utf-8")
    assert text.count("\n") < 300
    script, file = tmp_path / "verify_proof.py", tmp_path / "proof.json"
    script.write_text(text, encoding="utf-8")
    proof = next(proofs_of(PLANS["hybrid"]))
    for change, status in ((0, 0), (1, 1)):
        proof["totals"]["paid"] += change
        file.write_text(json.dumps(proof), encoding="utf-8")
        done = subprocess.run([sys.executable, "-I", "-S", script, file], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.count("WRONG")) == (status, 2 * change)


def test_a_band_may_be_worth_an_amount_each_or_a_part_of_the_target() -> None:
    assert verify_proof.WORTH["each"]({}, 0, 5_000_000) == (5, 0)
    assert verify_proof.WORTH["target"]({"own": {"target": "100"}}, 500_000, 0) == (0, 50)
    assert verify_proof.WORTH["rate"]({"own": {"icr": "1/2"}}, 500_000, 7) == (verify_proof.Fraction(1, 4), 7)


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(next(proofs_of(PLANS["flat"]))), encoding="utf-8")
    assert verify_proof.main([str(file)], [].append) == 0
