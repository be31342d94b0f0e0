"""Learning at Brezza: three courses, who was put on them, who took them and how it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from spm_app.demo import dice
from spm_app.demo.guides import GUIDES
from spm_app.kernel.rights import Role
from spm_app.training import service as training
from spm_app.training.domain import coursefile
from spm_app.training.domain.course import Lesson
from spm_app.training.domain.grading import right_answer
from spm_app.training.domain.question import Multiple, Numerical, ShortAnswer, Single, TrueFalse

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence
    from datetime import date

    from spm_app.demo.diary import Diary
    from spm_app.demo.office import Office
    from spm_app.demo.people import Staff
    from spm_app.kernel.ids import CourseId
    from spm_app.kernel.rights import Actor
    from spm_app.training.domain.course import CourseDraft, Quiz
from spm_app.training.domain.question import Question


@dataclass(slots=True)
class _Course:
    """A course file and, once it is written, the course that came of it."""

    draft: CourseDraft
    id: CourseId | None = None

    @property
    def known(self) -> CourseId:
        """Its id. Asked for only after it was published."""
        assert self.id is not None  # noqa: S101 - the diary publishes first
        return self.id


@dataclass(frozen=True, slots=True)
class _Way:
    """One person's way through a course: how well prepared (0 to 1), and whether they come to the end."""

    course: _Course
    person: Staff
    luck: random.Random
    prepared: float
    to_the_end: bool = True


def note_learning(diary: Diary, office: Office) -> None:
    """Note the courses: the rules for everybody, listening for the teams that want it, the product for who likes."""
    company = office.company
    rng = dice.stream(company.seed, company.today, "learning")
    at_work = [each for each in company.staff if each.roles and each.left_on is None]
    rules, skill, product = (_read(code) for code in ("fair-play", "listen-first", "respiro"))
    start, today = company.window.start, company.today
    _offer(diary, office, rules, start + timedelta(days=21))
    _offer(diary, office, skill, start + timedelta(days=150))
    _offer(diary, office, product, today - timedelta(days=90))
    for person in at_work:
        joined = max(person.hired_on, start + timedelta(days=22))
        _note_rules(diary, office, _Way(rules, person, rng, rng.uniform(0.75, 1.0)), joined)
        if person.is_seller:
            day = max(joined, start + timedelta(days=155)) + timedelta(days=rng.randint(0, 300))
            _note_skill(diary, office, _Way(skill, person, rng, rng.uniform(0.4, 1.0)), min(day, today))
            _note_product(diary, office, _Way(product, person, rng, rng.uniform(0.3, 1.0), rng.random() < 0.6))


def _note_rules(diary: Diary, office: Office, way: _Way, day: date) -> None:
    trainer = partial(office.guide, Role.TRAINER)
    due = day + timedelta(days=45)
    diary.on(day, partial(_assign, office, trainer, way, due), hour=13)
    taken = day + timedelta(days=way.luck.randint(1, 60))
    if taken <= office.company.today and way.luck.random() < 0.95:
        diary.on(taken, partial(_go, office, way), hour=14)


def _note_skill(diary: Diary, office: Office, way: _Way, day: date) -> None:
    seat = way.person.seat_on(day)
    if seat is None or way.luck.random() < 0.35:
        return
    lead = partial(office.actor, seat.manager)
    diary.on(day, partial(_assign, office, lead, way, day + timedelta(days=30)), hour=13)
    taken = day + timedelta(days=way.luck.randint(2, 40))
    if taken <= office.company.today:
        diary.on(taken, partial(_go, office, way), hour=15)


def _note_product(diary: Diary, office: Office, way: _Way) -> None:
    """Many choose it themselves; the rep who shows visitors round was put on it and is half-way."""
    today = office.company.today
    if way.person.name in {each.name for each in GUIDES}:
        seat, day = way.person.seats[-1], today - timedelta(days=5)
        lead = partial(office.actor, seat.manager)
        diary.on(day, partial(_assign, office, lead, way, today + timedelta(days=9)), hour=13)
        diary.on(day, partial(_go, office, replace(way, to_the_end=False)), hour=16)
    elif way.luck.random() < 0.55:
        day = max(today - timedelta(days=way.luck.randint(3, 80)), way.person.hired_on)
        diary.on(day, partial(_choose, office, way), hour=16)


def _read(code: str) -> _Course:
    text = files("spm_app.demo").joinpath("courses", f"{code}.toml").read_text(encoding="utf-8")
    return _Course(coursefile.read(text))


def _offer(diary: Diary, office: Office, course: _Course, day: date) -> None:
    def publish() -> None:
        trainer = office.guide(Role.TRAINER)
        course.id = training.author_course(trainer, course.draft)
        training.publish(trainer, course.id)

    diary.on(day, publish, hour=8)


def _assign(office: Office, by: Callable[[], Actor], way: _Way, due: date) -> None:
    training.assign(by(), office.ids[way.person.key], way.course.known, due)


def _choose(office: Office, way: _Way) -> None:
    training.enrol(office.actor(way.person.key), way.course.known)
    _go(office, way)


def _go(office: Office, way: _Way) -> None:
    """Through the lessons and, for who goes to the end, the quizzes; a failed one is tried once more."""
    actor = office.actor(way.person.key)
    for activity in way.course.draft.content.activities:
        if isinstance(activity, Lesson):
            training.finish_lesson(actor, way.course.known, activity.id)
            if not way.to_the_end:
                return
        elif not _pass(actor, way, activity, way.prepared):
            _pass(actor, way, activity, 1.0)


def _pass(actor: Actor, way: _Way, quiz: Quiz, prepared: float) -> bool:
    going = training.start(actor, way.course.known, quiz.id)
    for question in quiz.questions:
        values = _answer(question, is_right=way.luck.random() < prepared)
        training.answer(actor, going.attempt_id, question.id, values)
    return training.submit(actor, going.attempt_id).passed


def _answer(question: Question, *, is_right: bool) -> Sequence[str]:
    """What somebody would answer who knows it, or who does not."""
    if is_right:
        return right_answer(question)
    match question:
        case Single() | Multiple():
            return [next(each.id for each in question.options if each.weight <= 0)]
        case TrueFalse():
            return right_answer(replace(question, is_true=not question.is_true))
        case Numerical():
            return [str(question.value * 3)]
        case ShortAnswer():
            return ["?"]
