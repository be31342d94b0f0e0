"""A course as text: JSON inside the database, TOML as a file that people write."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.problem import Problem
from spm_app.training.domain.course import Content, CourseDraft

_CONTENT: Final = TypeAdapter(Content)


def to_json(content: Content) -> str:
    """The same content always gives the same text."""
    return _CONTENT.dump_json(content).decode()


def from_json(text: str) -> Content:
    """What `to_json` wrote."""
    return _CONTENT.validate_json(text)


def fingerprint(content: Content) -> str:
    """SHA-256 of the content, by which a frozen version can be shown to be the one that was published."""
    return hashlib.sha256(to_json(content).encode()).hexdigest()


def read(text: str) -> CourseDraft:
    """A course file: `code = "..."` and then the fields of `Content`. Raises InvalidInput with every place."""
    try:
        fields: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput("training.file_unreadable", reason=str(error)) from error
    code = str(fields.pop("code", ""))
    try:
        return CourseDraft(code, _CONTENT.validate_python(fields))
    except ValidationError as error:
        raise InvalidInput("training.file_not_a_course", problems=_problems(error)) from error


def _problems(error: ValidationError) -> tuple[Problem, ...]:
    return tuple(
        Problem(at=".".join(map(str, each["loc"])), key="training.file_field", args={"reason": each["msg"]})
        for each in error.errors()
    )
