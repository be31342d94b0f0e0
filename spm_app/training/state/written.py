"""A course in the words of the studio."""

from __future__ import annotations

from collections.abc import Mapping

from spm_app.kernel.problem import Severity, has_errors
from spm_app.training.domain.check import title_of
from spm_app.training.domain.course import Content, Lesson, Quiz
from spm_app.training.domain.words import in_language
from spm_app.training.service.views import Desk
from spm_app.ui import words
from spm_app.ui.catalogue import LANGUAGE_NAMES, say


def head(desk: Desk, lang: str, zone: str) -> dict[str, str]:
    """Title, version and what may be done now."""
    version = desk.version
    stands = "draft" if version.is_draft else "published" if desk.published_number else "retired"
    live = desk.published_number
    return {
        "title": in_language(desk.content.title, lang, desk.content.language) or desk.code,
        "code": desk.code,
        "version": say(lang, "training.version_number", number=version.number),
        "stands": say(lang, f"training.stands.{stands}"),
        "tone": "good" if stands == "published" else "neutral",
        "live": say(lang, "training.live_version", number=live) if live else say(lang, "training.not_live"),
        "is_live": "yes" if live else "",
        "is_draft": "yes" if version.is_draft else "",
        "is_ready": "yes" if version.is_draft and not has_errors(desk.findings) else "",
        "changed": words.instant(version.changed_at, lang, zone),
    }


def outline(content: Content, lang: str) -> list[dict[str, str]]:
    """Sections and activities in order, flat."""
    rows: list[dict[str, str]] = []
    for section in content.sections:
        title = in_language(section.title, lang, content.language)
        rows.append({"id": section.id, "kind": "section", "title": title})
        rows += [
            {"id": each.id, "kind": each.kind, "title": in_language(each.title, lang, content.language)}
            for each in section.activities
        ]
    return rows


def findings(desk: Desk, lang: str) -> list[dict[str, str]]:
    """What stops the publication first, then what asks for a look; each leads to the part it is in."""
    ordered = sorted(desk.findings, key=lambda each: each.severity is not Severity.ERROR)
    return [
        {
            "at": _home_of(desk.content, each.at),
            "place": title_of(desk.content, each.at, lang),
            "text": say(lang, each.key, **_named(each.args)),
            "tone": "bad" if each.severity is Severity.ERROR else "warn",
        }
        for each in ordered
    ]


def lessons(content: Content, lang: str) -> list[dict[str, str]]:
    """Where a question may send back to."""
    return [
        {"value": each.id, "label": in_language(each.title, lang, content.language)}
        for each in content.activities
        if isinstance(each, Lesson)
    ]


def questions(content: Content, quiz_id: str, lang: str) -> list[dict[str, str]]:
    """The questions of a quiz, without what is right."""
    quiz = content.find(quiz_id)
    return [
        {
            "id": each.id,
            "stem": in_language(each.stem, lang, content.language),
            "kind": say(lang, f"training.question.{each.kind}"),
            "points": say(lang, "training.points", n=each.points),
        }
        for each in (quiz.questions if isinstance(quiz, Quiz) else ())
    ]


def fields(content: Content, at: str, language: str) -> tuple[str, dict[str, str]]:
    """The kind of the part and what its form begins with; the course itself when there is no such part."""
    section = next((each for each in content.sections if each.id == at), None)
    if section is not None:
        return "section", {"title": section.title.get(language, "")}
    match content.find(at):
        case Lesson() as lesson:
            return "lesson", {
                "title": lesson.title.get(language, ""),
                "body": lesson.body.get(language, ""),
                "minutes": str(lesson.minutes),
                "is_mandatory": "yes" if lesson.is_mandatory else "",
            }
        case Quiz() as quiz:
            return "quiz", {
                "title": quiz.title.get(language, ""),
                "body": quiz.intro.get(language, ""),
                "minutes": str(quiz.minutes),
                "is_mandatory": "yes" if quiz.is_mandatory else "",
                "pass_percent": str(quiz.pass_percent),
                "attempts": "" if quiz.attempts is None else str(quiz.attempts),
                "is_shuffled": "yes" if quiz.is_shuffled else "",
            }
        case None:
            return "course", {
                "title": content.title.get(language, ""),
                "summary": content.summary.get(language, ""),
                "category": content.category,
                "badge": content.badge.get(language, ""),
            }


def _named(args: Mapping[str, object]) -> dict[str, object]:
    """A language by its name instead of its code."""
    code = str(args.get("language", ""))
    return {**args, "language": LANGUAGE_NAMES.get(code, code)}


def _home_of(content: Content, place: str) -> str:
    """The part whose editor shows the place: a question is in its quiz."""
    for each in content.activities:
        if isinstance(each, Quiz) and any(question.id == place for question in each.questions):
            return each.id
    return place
