"""Values as an author would type them into a plan."""

from __future__ import annotations

import json
import re
from datetime import date

import yaml

from spm_app.compensation.domain.edit.places import listed

_PLAIN = re.compile(r"[\w€$£%./@+-][\w€$£%./@+ '()<>=-]*", re.UNICODE)
_PERCENT = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?) ?%?")
_AMOUNT = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


def scalar(value: str, style: str | None = None) -> str:
    """The value as YAML on one line; quoted as it was before, or where it would be read as something else."""
    line = " ".join(value.split("\n")).strip()
    if style == "'":
        return "'" + line.replace("'", "''") + "'"
    if style == '"' or not _stays(line):
        return json.dumps(line, ensure_ascii=False)
    return line


def _stays(line: str) -> bool:
    """Whether the bare line means itself, also inside brackets: what holds a sign of YAML does not."""
    if not _PLAIN.fullmatch(line) or line != line.strip():
        return False
    try:
        read = yaml.compose(f"[{line}]", yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return read is not None and [each.value for each in listed(read)] == [line]


def typed(kind: str, value: str) -> str:
    """What somebody typed into a form, as the language writes it: `5,5` of a percentage is `5.5 %`.

    What cannot be understood stays as it is, so that the checker can say what is wrong with it.
    """
    line = value.strip()
    if kind == "percent" and (found := _PERCENT.fullmatch(line)):
        return found[1].replace(",", ".") + " %"
    if kind == "money" and _AMOUNT.fullmatch(line.replace(" ", "")):
        return line.replace(" ", "").replace(",", ".")
    if kind == "day":
        return _day(line)
    return line


def _day(line: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", line)
    if found is None:
        return line
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return line
