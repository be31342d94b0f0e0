"""Workbooks are opened only when what comes out of them is of a size that we are ready for.

An .xlsx is an archive of XML: a few kilobytes can stand for gigabytes, by packing, by a cell at the far end of an empty
sheet, or by one long text that a million cells share. All of it is counted in a stream before anything is read.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections import deque
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from spm_app.infra.worksheets import SharedTexts, Sheet, TooLarge, Xml
from spm_app.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES = 500
MOST_UNPACKED = 400 * 1024 * 1024
#: Unpacked to packed, for parts that are large at all; sheets of numbers reach about 30.
MOST_RATIO, LARGE = 200, 4 * 1024 * 1024
_passed: deque[bytes] = deque(maxlen=64)
_CHUNK = 64 * 1024
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SHARED = "xl/sharedstrings.xml"
#: Other kinds of workbook in the same kind of archive, with rules of their own that nobody has checked here.
_OTHER_KINDS = ("content.xml", "xl/workbook.bin")


def check(content: bytes) -> None:
    """Raises InvalidInput for what is no .xlsx, or one that would unpack into more than we take.

    A wizard reads the same file at every step: what has passed is remembered by its digest.
    """
    digest = hashlib.sha256(content).digest()
    if digest in _passed:
        return
    _count(content)
    _passed.append(digest)


def _count(content: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive.infolist())
            shared = SharedTexts()
            for info in sorted(archive.infolist(), key=lambda each: each.filename.casefold() != _SHARED):
                _check_part(content, info, shared)
    except TooLarge as wrong:
        raise InvalidInput("infra.workbook.too_large") from wrong
    except (BadZipFile, zlib.error, struct.error, expat.ExpatError, NotImplementedError, ValueError) as wrong:
        raise InvalidInput("infra.workbook.unreadable") from wrong


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [each.filename.casefold() for each in parts]
    if len(names) != len(set(names)) or any(other in names for other in _OTHER_KINDS) or "xl/workbook.xml" not in names:
        raise InvalidInput("infra.workbook.unreadable")
    if any(each.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or each.flag_bits & 1 for each in parts):
        raise InvalidInput("infra.workbook.unreadable")
    too_packed = any(each.file_size > max(LARGE, each.compress_size * MOST_RATIO) for each in parts)
    if len(parts) > MOST_ENTRIES or too_packed or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise InvalidInput("infra.workbook.too_large")


def _check_part(content: bytes, info: ZipInfo, shared: SharedTexts) -> None:
    """Unpack in a stream: the size that the archive promises must be the one that comes out."""
    reads: Xml | None = Sheet(shared) if _SHEET.fullmatch(info.filename) else None
    if info.filename.casefold() == _SHARED:
        reads = shared
    size = 0
    for chunk in _unpacked(content, info):
        size += len(chunk)
        if size > info.file_size:
            raise TooLarge
        if reads:
            reads.feed(chunk)
    if size != info.file_size:
        raise BadZipFile(info.filename)
    if reads:
        reads.close()


def _unpacked(content: bytes, info: ZipInfo) -> Iterator[bytes]:
    """By our own hand: the library stops where the archive says it ends, other readers go on."""
    name, extra = struct.unpack_from("<HH", content, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    packed = memoryview(content)[start : start + info.compress_size]
    if info.compress_type == ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    left = bytes(packed)
    while left and not unpacking.eof:
        yield unpacking.decompress(left, _CHUNK)
        left = unpacking.unconsumed_tail
    yield unpacking.flush()
