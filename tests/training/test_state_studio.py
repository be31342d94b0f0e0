"""The trainer's screens: a course from its title to the table of who learnt what."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.training import service as training
from spm_app.training.domain.course import Quiz
from spm_app.training.domain.edit import AddSection
from spm_app.training.domain.question import Multiple, Numerical, ShortAnswer, Single, TrueFalse
from spm_app.training.state.desk import DeskState
from spm_app.training.state.questioning import QuestionState
from spm_app.training.state.results import ResultsState, TeamLearningState
from spm_app.training.state.studio import StudioState
from spm_app.training.state.versions import VersionsState
from tests.training import builders, screen

if TYPE_CHECKING:
    from spm_app.kernel.ids import CourseId
    from tests.training.conftest import Staff


def at_desk(staff: Staff, act: Any) -> None:
    """Run a story of the trainer on the desk of a course that is a draft."""
    course_id = training.author_course(staff.trainer, builders.draft())
    seen = screen.Screen(staff.trainer, f"/studio/{course_id}")

    async def story() -> None:
        await seen.run(DeskState.load)
        await act(seen, course_id)

    asyncio.run(story())


def test_a_course_begins_with_its_title(staff: Staff) -> None:
    async def story() -> None:
        seen = screen.Screen(staff.trainer, "/studio")
        list_ = await seen.run(StudioState.create, {"title": "  "})
        assert list_.refused == "Give the course a title."
        await seen.run(StudioState.create, {"title": "Asking well"})
        list_ = await seen.run(StudioState.load)
        assert [(each["title"], each["stands"]) for each in list_.rows] == [("Asking well", "Draft")]
        list_ = await seen.run(StudioState.sort_by, "title")
        assert list_.total == 1

    asyncio.run(story())


def test_a_course_is_written_part_by_part(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        desk = await seen.run(DeskState.add, "section", "")
        assert desk.kind == "section"
        section = desk.at
        await seen.run(DeskState.save, {"title": "Second steps"})
        desk = await seen.run(DeskState.add, "lesson", section)
        assert desk.kind == "lesson"
        form = {"title": "Listening", "body": "Say **less**.", "minutes": "7", "is_mandatory": "on"}
        await seen.run(DeskState.save, form)
        await seen.run(DeskState.write_in, "it")
        desk = await seen.run(DeskState.save, form | {"title": "Ascoltare", "body": "Parlare **meno**."})
        written = training.desk(staff.trainer, course_id).content.find(desk.at)
        assert written is not None
        assert written.title == {"en": "Listening", "it": "Ascoltare"}
        assert (written.minutes, written.is_mandatory) == (7, True)

    at_desk(staff, story)


def test_what_cannot_be_kept_is_told_and_nothing_is_lost(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        await seen.run(DeskState.choose, "lesson-1")
        desk = await seen.run(DeskState.save, {"title": "", "body": "x"})
        assert desk.refused == "A title is needed."
        desk = await seen.run(DeskState.save, {"title": "T", "body": "x", "minutes": "soon"})
        assert desk.refused == "A whole number from 1 to 600 is needed."

    at_desk(staff, story)


def test_the_preview_is_what_learners_read_and_never_runs_anything(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        desk = await seen.run(DeskState.look, "## Hi\n\n<script>alert(1)</script> **there**")
        assert "<script" not in desk.preview
        assert "<strong>there</strong>" in desk.preview

    at_desk(staff, story)


def test_parts_move_and_leave(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        desk = await seen.run(DeskState.move, "quiz-1", True)
        assert [each["id"] for each in desk.outline] == ["section-1", "quiz-1", "lesson-1"]
        await seen.run(DeskState.choose, "lesson-1")
        desk = await seen.run(DeskState.remove, "lesson-1")
        assert (desk.at, desk.kind) == ("course", "course")
        assert [each["id"] for each in desk.outline] == ["section-1", "quiz-1"]

    at_desk(staff, story)


QUESTIONS = (
    (
        "single",
        {"choice-1": "Ask", "worth-1": "right", "choice-2": "Tell", "worth-2": "half"},
        lambda made: isinstance(made, Single) and [each.weight for each in made.options] == [100, 50],
    ),
    (
        "multiple",
        {"choice-1": "Ask", "worth-1": "right", "choice-2": "Tell", "worth-2": "wrong"},
        lambda made: isinstance(made, Multiple) and [each.weight for each in made.options] == [100, -100],
    ),
    ("true_false", {"is_true": "false"}, lambda made: isinstance(made, TrueFalse) and not made.is_true),
    (
        "numerical",
        {"value": "12,5", "tolerance": "", "unit": "%"},
        lambda made: isinstance(made, Numerical) and str(made.value) == "12.5",
    ),
    (
        "short",
        {"accepted": "close date\n\n closing date ", "case_matters": "on"},
        lambda made: isinstance(made, ShortAnswer) and made.accepted == ("close date", "closing date"),
    ),
)


@pytest.mark.parametrize(("kind", "form", "is_made"), QUESTIONS, ids=[each[0] for each in QUESTIONS])
def test_a_question_of_every_kind_is_written(staff: Staff, kind: str, form: dict[str, str], is_made: Any) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        await seen.run(DeskState.choose, "quiz-1")
        await seen.run(QuestionState.begin, kind)
        shared = {"stem": "What now?", "points": "2", "explanation": "So.", "review": "lesson-1"}
        dialog = await seen.run(QuestionState.save, shared | form)
        assert (dialog.refused, dialog.is_open) == ("", False)
        quiz = training.desk(staff.trainer, course_id).content.find("quiz-1")
        assert isinstance(quiz, Quiz)
        made = quiz.questions[-1]
        assert (made.stem, made.points, made.review) == ({"en": "What now?"}, 2, "lesson-1")
        assert is_made(made)
        again = await seen.run(QuestionState.edit, made.id)
        assert again.fields["stem"] == "What now?"

    at_desk(staff, story)


def test_weights_of_a_file_stay_as_they_are(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        await seen.run(DeskState.choose, "quiz-1")
        dialog = await seen.run(QuestionState.edit, "q1")
        assert [(each.id, each.worth) for each in dialog.choices] == [("a", "right"), ("b", "wrong"), ("c", "half")]
        form = {"stem": "Which one?", "points": "1", "review": "lesson-1"}
        for each in dialog.choices:
            form |= {f"choice-{each.id}": each.text, f"worth-{each.id}": each.worth}
        await seen.run(QuestionState.save, form)
        quiz = training.desk(staff.trainer, course_id).content.find("quiz-1")
        assert isinstance(quiz, Quiz)
        changed, before = quiz.questions[0], builders.single("q1", review="lesson-1")
        assert isinstance(changed, Single)
        assert changed.options == before.options
        assert changed.stem == {"en": "Which one?", "it": "Quale? (q1)"}

    at_desk(staff, story)


def test_choices_come_and_go_and_a_wrong_number_is_told(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        await seen.run(DeskState.choose, "quiz-1")
        await seen.run(QuestionState.begin, "single")
        await seen.run(QuestionState.add_choice)
        dialog = await seen.run(QuestionState.drop_choice, "1")
        assert [each.id for each in dialog.choices] == ["2", "3"]
        await seen.run(QuestionState.begin, "numerical")
        dialog = await seen.run(QuestionState.save, {"stem": "?", "points": "1", "value": "NaN"})
        assert dialog.refused == "“NaN” is not a number."
        assert dialog.is_open
        dialog = await seen.run(QuestionState.close, False)
        assert not dialog.is_open

    at_desk(staff, story)


def test_publishing_is_refused_until_all_is_mended(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        desk = await seen.run(DeskState.add, "lesson", "section-1")
        assert desk.head["is_ready"] == ""
        assert [each["text"] for each in desk.findings if each["tone"] == "bad"] == ["The lesson is empty."]
        with pytest.raises(InvalidInput):
            await seen.run(DeskState.publish)
        await seen.run(DeskState.remove, desk.at)
        desk = await seen.run(DeskState.publish)
        assert (desk.head["is_draft"], desk.head["is_live"]) == ("", "yes")
        desk = await seen.run(DeskState.unpublish)
        assert desk.head["is_live"] == ""
        await seen.run(DeskState.duplicate)
        assert len(training.studio(staff.trainer)) == 2
        assert training.desk(staff.trainer, course_id).code == "closing"

    at_desk(staff, story)


def test_two_authors_do_not_overwrite_each_other(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        other = screen.Screen(staff.trainer, f"/studio/{course_id}")
        await other.run(DeskState.load)
        await other.run(DeskState.save, {"title": "Mine"})
        with pytest.raises(Conflict):
            await seen.run(DeskState.save, {"title": "No, mine"})

    at_desk(staff, story)


def test_only_trainers_reach_the_desk(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, builders.draft())
    seen = screen.Screen(staff.rep, f"/studio/{course_id}")
    with pytest.raises(NotAllowed):
        asyncio.run(seen.run(DeskState.load))


def test_who_learnt_what_is_a_table_that_can_be_taken_away(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        training.publish(staff.trainer, course_id)
        training.enrol(staff.rep, course_id)
        training.assign(staff.trainer, staff.other.person_id, course_id)
        training.finish_lesson(staff.rep, course_id, "lesson-1")
        table = await seen.run(ResultsState.load)
        told = [(each["name"], each["state"], each["percent"]) for each in table.rows]
        assert told == [("Otto", "Assigned", "0%"), ("Rita", "In progress", "50%")]
        table = await seen.run(ResultsState.choose, "state", "assigned")
        assert [each["name"] for each in table.rows] == ["Otto"]
        for column in ("name", "percent", "closed_at"):
            await seen.run(ResultsState.sort_by, column)
        await seen.run(ResultsState.export, "csv")
        assert seen.said[-1] is not None

    at_desk(staff, story)


def test_a_team_is_a_table_by_course_and_state(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, builders.draft())
    training.publish(staff.trainer, course_id)
    training.enrol(staff.rep, course_id)
    training.enrol(staff.other, course_id)

    async def story() -> None:
        own = await screen.Screen(staff.manager, "/team-learning").run(TeamLearningState.load)
        assert [(each["name"], each["course"], each["attempts"]) for each in own.rows] == [
            (staff.rep.name, "Closing well", "0")
        ]
        assert own.courses == [{"value": str(course_id), "label": "Closing well"}]
        everybody = screen.Screen(staff.trainer, f"/team-learning?course={course_id}&sort=-name")
        assert [each["name"] for each in (await everybody.run(TeamLearningState.load)).rows] == [
            staff.rep.name,
            staff.other.name,
        ]
        nobody = screen.Screen(staff.trainer, "/team-learning?course=999&state=completed")
        assert (await nobody.run(TeamLearningState.load)).total == 0
        await everybody.run(TeamLearningState.export, "csv")
        assert everybody.said[-1]

    asyncio.run(story())


def test_an_older_version_can_be_read_by_who_writes(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, builders.draft())
    training.publish(staff.trainer, course_id)
    revision = training.desk(staff.trainer, course_id).version.revision
    training.edit(staff.trainer, course_id, revision, AddSection(language="en", title="Afterwards"))

    async def story() -> None:
        seen = screen.Screen(staff.trainer, f"/studio/{course_id}")
        found = await seen.run(VersionsState.load)
        assert [(each["number"], each["stands"]) for each in found.rows] == [("2", "Draft"), ("1", "Published")]
        await seen.run(VersionsState.read, 1)
        assert found.is_open
        assert found.title == "Version 1"
        assert "Afterwards" not in {each["title"] for each in found.parts}
        assert any("<strong>this</strong>" in each["html"] for each in found.parts)
        assert any(each["right"].startswith("Right: ") for each in found.parts)
        await seen.run(VersionsState.read, 2)
        assert "Afterwards" in {each["title"] for each in found.parts}
        await seen.run(VersionsState.set_open, False)
        assert not found.is_open
        with pytest.raises(NotFound):
            await seen.run(VersionsState.read, 9)
        with pytest.raises(NotAllowed):
            await screen.Screen(staff.rep, f"/studio/{course_id}").run(VersionsState.load)

    asyncio.run(story())


def test_the_desk_speaks_italian(staff: Staff) -> None:
    course_id = training.author_course(staff.trainer, builders.draft())
    seen = screen.Screen(replace(staff.trainer, language="it"), f"/studio/{course_id}")
    desk = asyncio.run(seen.run(DeskState.load))
    assert (desk.head["title"], desk.head["stands"]) == ("Chiudere bene", "Bozza")
