"""A tab's state belongs to one sign-in: its name on the server is made of the tab's own name and the cookie.

Reflex lets the browser choose the name of its state, and hands the state to whoever says the name next. Here the name
that arrives is only half of it: without the cookie of the sign-in that filled a state, nobody can say where it is.
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from spm_app.infra.settings import settings


def bound(tab: str, session_token: str) -> str:
    """The name of the state of that tab under that sign-in (no token: of a stranger)."""
    said = f"{len(tab)}:{tab}{session_token}".encode()
    digest = hmac.new(settings().secret_key, b"tab:" + said, hashlib.sha256).digest()
    return str(UUID(bytes=digest[:16]))


def bound_query(query: bytes, session_token: str) -> bytes:
    """The query of a socket's handshake with the tab's name replaced."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode([(key, bound(value, session_token) if key == "token" else value) for key, value in pairs]).encode()
