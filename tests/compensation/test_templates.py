"""The plans that one may begin with: each reads well, and comes to what was worked out by hand."""

from __future__ import annotations

import pytest

from spm_app.compensation.domain.checking import check_plan
from spm_app.compensation.engine.examples import run_examples
from spm_app.compensation.service import templates
from spm_app.kernel.problem import has_errors
from spm_app.ui.catalogue import LANGUAGES, texts
from tests.compensation.plans import plan

ABOUT = ("title", "when", "risks")


def test_there_are_at_least_twelve_that_are_proven() -> None:
    assert sum("examples:" in templates.text(name) for name in templates.NAMES) >= 12


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_template_reads_well(name: str) -> None:
    assert not has_errors(check_plan(plan(templates.text(name))))


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_template_comes_to_what_its_examples_say(name: str) -> None:
    assert [each for each in run_examples(plan(templates.text(name))) if not each.agrees] == []


@pytest.mark.parametrize("name", templates.NAMES)
def test_it_is_said_when_to_use_it_and_what_to_mind(name: str) -> None:
    for part in ABOUT:
        said = texts()[f"compensation.template.{name}.{part}"]
        assert all(said[lang] for lang in LANGUAGES)
    named = plan(templates.text(name)).components
    assert all(each.name.en and each.name.it for each in named)
