"""What the learner's screens hold, and above all what they do not."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spm_app.training import service as training
from spm_app.training.state.badges import BadgesState
from spm_app.training.state.learning import LearningState
from spm_app.training.state.player import PlayerState
from spm_app.training.state.quiz import QuizState
from tests.training import builders, screen

if TYPE_CHECKING:
    from spm_app.kernel.ids import CourseId
    from spm_app.kernel.rights import Actor
    from tests.training.conftest import Staff

KEY_WORDS = (builders.SECRET, "weight", "is_true", "accepted", "tolerance", "12.5", "close date")


def published(staff: Staff) -> CourseId:
    """A lesson, then a quiz with a question of every kind."""
    kinds = (
        builders.single("q1", review="lesson-1"),
        builders.multiple(),
        builders.true_false(is_true=False),
        builders.numerical(),
        builders.short(),
    )
    quiz = builders.quiz(*kinds, pass_percent=80)
    course_id = training.author_course(staff.trainer, builders.draft("closing", builders.lesson(), quiz))
    training.publish(staff.trainer, course_id)
    return course_id


def play(staff: Staff, act: Any, actor: Actor | None = None) -> None:
    """Run a story of the rep on the screens of a published course."""
    course_id = published(staff)
    seen = screen.Screen(actor or staff.rep, f"/learning/{course_id}")
    asyncio.run(act(seen, course_id))


def test_a_course_moves_from_the_catalogue_to_what_is_open_to_what_is_closed(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        lists = await seen.run(LearningState.load)
        assert [each["title"] for each in lists.offered] == ["Closing well"]
        await seen.run(PlayerState.load)
        await seen.run(PlayerState.begin)
        lists = await seen.run(LearningState.load)
        assert [each["progress"] for each in lists.open] == ["0 of 2 done"]
        assert lists.offered == []
        training.withdraw(seen.actor, course_id)
        lists = await seen.run(LearningState.load)
        assert lists.open == []

    play(staff, story)


def test_searching_narrows_all_lists(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        lists = await seen.run(LearningState.look_for, "SIGNED")
        assert len(lists.offered) == 1
        lists = await seen.run(LearningState.look_for, "gardening")
        assert lists.offered == []

    play(staff, story)


def test_the_player_opens_the_next_thing_to_do_and_finds_it_again(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        player = await seen.run(PlayerState.load)
        assert player.course["begun"] == ""
        assert player.activity == {}
        player = await seen.run(PlayerState.begin)
        assert player.activity["id"] == "lesson-1"
        assert "<strong>this</strong>" in player.activity["html"]
        player = await seen.run(PlayerState.finish)
        assert player.activity["id"] == "quiz-1"
        assert (player.previous, player.following) == ("lesson-1", "")
        again = screen.Screen(seen.actor, f"/learning/{course_id}")
        assert (await again.run(PlayerState.load)).activity["id"] == "quiz-1"
        linked = screen.Screen(seen.actor, f"/learning/{course_id}?step=lesson-1")
        assert (await linked.run(PlayerState.load)).activity["id"] == "lesson-1"

    play(staff, story)


def test_an_address_without_a_course_says_so(staff: Staff) -> None:
    for path in ("/learning/9999", "/learning/none", "/learning/" + "9" * 30):
        seen = screen.Screen(staff.rep, path)
        assert asyncio.run(seen.run(PlayerState.load)).found is False


def test_no_answer_key_is_sent_before_the_attempt_is_graded(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        for handler in (PlayerState.load, PlayerState.begin, PlayerState.finish, QuizState.start):
            await seen.run(handler)
        quiz = await seen.run(QuizState.choose, "q1", "b")
        assert quiz.answered == 1
        sent = json.dumps(await seen.sent(), default=str)
        assert "Option a" in sent
        assert [word for word in KEY_WORDS if word in sent] == []
        await seen.run(QuizState.submit)
        sent = json.dumps(await seen.sent(), default=str)
        assert [word for word in KEY_WORDS if word in sent] == [], "an attempt is left: the key could help"

    play(staff, story)


def test_a_passed_quiz_shows_its_key_and_gives_the_badge(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        for handler in (PlayerState.load, PlayerState.begin, PlayerState.finish, QuizState.start):
            await seen.run(handler)
        await seen.run(QuizState.choose, "q1", "a")
        await seen.run(QuizState.tick, "q2", "a", True)
        await seen.run(QuizState.tick, "q2", "c", True)
        await seen.run(QuizState.tick, "q2", "b", True)
        await seen.run(QuizState.tick, "q2", "c", False)
        await seen.run(QuizState.choose, "q3", "false")
        await seen.run(QuizState.write, "q4", "12.2")
        await seen.run(QuizState.write, "q5", "Close  Date")
        quiz = await seen.run(QuizState.submit)
        assert quiz.result["passed"] == "yes"
        assert quiz.result["badge"] == "Closer"
        assert builders.SECRET in [each["explanation"] for each in quiz.marks]
        badges = await seen.run(BadgesState.load)
        assert [each["title"] for each in badges.earned] == ["Closer"]
        assert badges.to_earn == []

    play(staff, story)


def test_an_unfit_answer_is_told_beside_its_question(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        for handler in (PlayerState.load, PlayerState.begin, PlayerState.finish, QuizState.start):
            await seen.run(handler)
        quiz = await seen.run(QuizState.write, "q4", "many")
        assert quiz.problems == {"q4": "“many” is not a number."}
        quiz = await seen.run(QuizState.write, "q4", "12.5")
        assert quiz.problems == {}

    play(staff, story)


def test_answers_are_there_after_a_break_and_in_the_other_language(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        for handler in (PlayerState.load, PlayerState.begin, PlayerState.finish, QuizState.start):
            await seen.run(handler)
        await seen.run(QuizState.write, "q4", "12.5")
        later = screen.Screen(replace(seen.actor, language="it"), f"/learning/{course_id}")
        await later.run(PlayerState.load)
        quiz = await later.run(QuizState.start)
        number = next(each for each in quiz.questions if each.id == "q4")
        assert (number.stem, number.text) == ("Quanto?", "12,5")

    play(staff, story)


def test_badges_to_earn_say_how(staff: Staff) -> None:
    async def story(seen: screen.Screen, course_id: CourseId) -> None:
        del course_id
        badges = await seen.run(BadgesState.load)
        assert [each["how"] for each in badges.to_earn] == ["Begin “Closing well”"]

    play(staff, story)
