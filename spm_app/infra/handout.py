"""A kept file handed to one person for a while: a link that works for nobody else and not for long."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from spm_app.infra import clock
from spm_app.infra.settings import settings
from spm_app.kernel.errors import NotFound

if TYPE_CHECKING:
    from spm_app.kernel.ids import PersonId

_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Handout:
    """What the link stands for: the content's name in `infra.files`, and how the browser is to call it."""

    content: str
    filename: str
    media_type: str


def link(handout: Handout, to: PersonId) -> str:
    """The path to give to that person's browser, for `rx.download(url=...)`."""
    until = int((clock.now() + _FOR).timestamp())
    said = json.dumps([handout.content, handout.filename, handout.media_type, int(to), until]).encode()
    return f"/door/export/{_text(said)}.{_text(_seal(said))}"


def opened(token: str, by: PersonId) -> Handout:
    """What the token of such a link stands for. Raises NotFound when it is not theirs, too old or made up."""
    said, _, seal = token.partition(".")
    try:
        words, given = _bytes(said), _bytes(seal)
    except (ValueError, binascii.Error):
        raise NotFound("infra.file.not_found") from None
    if not hmac.compare_digest(_seal(words), given):
        raise NotFound("infra.file.not_found")
    content, filename, media_type, to, until = _read(words)
    if to != int(by) or until < clock.now().timestamp():
        raise NotFound("infra.file.not_found")
    return Handout(content, filename, media_type)


def _read(words: bytes) -> tuple[str, str, str, int, int]:
    said: list[Any] = json.loads(words)
    return str(said[0]), str(said[1]), str(said[2]), int(said[3]), int(said[4])


def _seal(said: bytes) -> bytes:
    return hmac.new(settings().secret_key, b"handout:" + said, hashlib.sha256).digest()


def _text(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
