"""From a form of the desk to one edit of the course. Limits are the service's; here only what is typed is read."""

from __future__ import annotations

from typing import Any

from spm_app.kernel.errors import InvalidInput
from spm_app.training.domain.edit import Describe, Edit, RenameSection, WriteLesson, WriteQuiz


def edit_of(kind: str, at: str, language: str, form: dict[str, Any]) -> Edit:
    """What the form asks for. Raises InvalidInput for a number that is none, or no title."""
    title = text(form, "title")
    if not title:
        raise InvalidInput("training.title_wanted")
    match kind:
        case "section":
            return RenameSection(id=at, language=language, title=title)
        case "lesson":
            return WriteLesson(
                id=at,
                language=language,
                title=title,
                body=text(form, "body"),
                minutes=whole(form, "minutes", 1, 600),
                is_mandatory=is_ticked(form, "is_mandatory"),
            )
        case "quiz":
            return WriteQuiz(
                id=at,
                language=language,
                title=title,
                intro=text(form, "body"),
                pass_percent=whole(form, "pass_percent", 1, 100),
                attempts=whole(form, "attempts", 1, 100) if text(form, "attempts") else None,
                is_shuffled=is_ticked(form, "is_shuffled"),
                minutes=whole(form, "minutes", 1, 600),
                is_mandatory=is_ticked(form, "is_mandatory"),
            )
        case _:
            return Describe(
                language=language,
                title=title,
                summary=text(form, "summary"),
                category=text(form, "category"),
                badge=text(form, "badge"),
            )


def text(form: dict[str, Any], name: str) -> str:
    """What was typed, without the space around it."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def is_ticked(form: dict[str, Any], name: str) -> bool:
    """Whether the box was ticked; browsers leave out those that were not."""
    return form.get(name) in (True, "on", "true")


def whole(form: dict[str, Any], name: str, least: int, most: int) -> int:
    """A whole number in that range."""
    typed = text(form, name)
    value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
    if not least <= value <= most:
        raise InvalidInput("training.whole_wanted", least=least, most=most)
    return value
