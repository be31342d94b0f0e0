"""Giving a file to the server: drop it, or choose it by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import reflex as rx

from spm_app.ui import theme
from spm_app.ui.i18n import t

#: What an import takes; the server looks again.
SHEETS: Mapping[str, Sequence[str]] = {
    "text/csv": [".csv", ".txt", ".tsv"],
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
}
#: Bytes of one file at most.
LARGEST = 50 * 1024 * 1024


def upload_field(
    name: str, label: Any, taken: Any, *, accept: Mapping[str, Sequence[str]] = SHEETS, several: bool = False
) -> rx.Component:
    """A field to drop files on; `taken`, a handler of `files: list[rx.UploadFile]`, runs as soon as they are there."""
    field = rx.upload(
        rx.el.div(
            rx.icon("file-up", size=24, aria_hidden="true", class_name="text-ink-faint"),
            rx.el.span(label, class_name="font-medium"),
            rx.el.span(t("ui.upload.hint"), class_name=theme.SMALL),
            class_name="flex flex-col items-center gap-1 text-center",
        ),
        id=name,
        accept={kind: list(ends) for kind, ends in accept.items()},
        multiple=several,
        max_files=10 if several else 1,
        max_size=LARGEST,
        on_drop=taken(rx.upload_files(upload_id=name)),
        class_name="p-8 cursor-pointer",
    )
    _name_the_input(field, label)
    return rx.el.div(field, class_name="rounded-lg border border-dashed border-line-strong bg-surface hover:bg-sunken")


def _name_the_input(part: Any, label: Any) -> None:
    """Reflex makes the file input itself and gives it no name for screen readers."""
    for child in part.children:
        if getattr(child, "tag", "") == "input":
            child.custom_attrs = {**child.custom_attrs, "aria-label": label}
        _name_the_input(child, label)
