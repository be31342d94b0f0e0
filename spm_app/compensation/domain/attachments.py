"""What may lie beside a dispute: a few kinds of file, told by their content and not by what they call themselves."""

from __future__ import annotations

import io
import zipfile

#: Bytes of one file, and files of one dispute.
LARGEST = 5 * 1024 * 1024
MOST = 10
_LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PDF, _PNG, _JPEG, _ZIP = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"
#: What each ending must turn out to be.
KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
    "txt": "text/plain",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "docx": f"{_OFFICE}wordprocessingml.document",
}
#: A part that makes an archive what its ending says.
_HEART = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
_MACROS = "vbaProject.bin"


def media_type(name: str, content: bytes) -> str | None:
    """The type of an allowed file whose content is what its ending says; None for everything else."""
    ending = name.rpartition(".")[2].lower()
    kind = KINDS.get(ending)
    return kind if kind is not None and _is(ending, content) else None


def plain_name(name: str) -> str:
    """The last part of a path, of signs that no system minds, short enough, with its ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(each if each.isalnum() or each in " ._-()" else "_" for each in last).strip(" .")
    stem, _, ending = kept.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}" if stem else kept[:_LONGEST_NAME]


def _is(ending: str, content: bytes) -> bool:
    match ending:
        case "pdf":
            return content.startswith(_PDF)
        case "png":
            return content.startswith(_PNG)
        case "jpg" | "jpeg":
            return content.startswith(_JPEG)
        case "csv" | "txt":
            return _is_text(content)
        case _:
            return content.startswith(_ZIP) and _holds(content, _HEART[ending])


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _holds(content: bytes, part: str) -> bool:
    """Whether the archive's list names the part, and no macros; nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return part in names and not any(each.endswith(_MACROS) for each in names)
