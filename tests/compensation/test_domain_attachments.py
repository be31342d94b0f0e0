"""A file is what its content says, or it is not taken."""

from __future__ import annotations

import io
import zipfile

import pytest

from spm_app.compensation.domain.attachments import KINDS, media_type, plain_name


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.csv", "città;1".encode()),
        ("a.txt", b""),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", archive("word/document.xml")),
    ],
)
def test_what_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    assert media_type(name, content) == KINDS[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>"),
        ("a.svg", b"<svg/>"),
        ("noending", b"%PDF-"),
        ("a.pdf", b"<html>"),
        ("a.png", b"%PDF-"),
        ("a.jpg", b"MZ"),
        ("a.txt", b"MZ\0\0"),
        ("a.csv", b"\xff\xfe"),
        ("a.xlsx", archive("word/document.xml")),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", b"PK\x03\x04 cut off"),
        ("a.xlsx", b"%PDF-"),
    ],
)
def test_everything_else_is_not(name: str, content: bytes) -> None:
    assert media_type(name, content) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("contratto firmato.pdf", "contratto firmato.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a<b>.png", "a_b_.png"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("plain", "plain"),
        ('a"\r\nSet-Cookie: b.pdf', "a___Set-Cookie_ b.pdf"),
    ],
)
def test_names_are_plain(name: str, kept: str) -> None:
    assert plain_name(name) == kept
