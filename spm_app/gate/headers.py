"""What every answer tells the browser about what it may do. Scripts come from here alone, and so does everything else.

`unsafe-eval` stays: Reflex evaluates the toasts and redirects that the server sends. A script that somebody smuggles
into a page is refused all the same: inline scripts count only by the hash of those that the build made.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from spm_app.gate.visitor import is_secure

_SCRIPT = re.compile(rb"<script(?P<how>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; frame-src 'self'; "
    "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_YEAR = 31_536_000
#: For files that the build names after what is in them: a copy of one is never old.
FOR_EVER = f"public, max-age={_YEAR}, immutable"


def for_answer(html: bytes = b"") -> dict[str, str]:
    """The headers of any answer; of a page, with leave for the inline scripts that are in it."""
    transport = {"strict-transport-security": f"max-age={_YEAR}; includeSubDomains"} if is_secure() else {}
    return _ALWAYS | transport | {"content-security-policy": _policy(html)}


@lru_cache(maxsize=64)
def _policy(html: bytes) -> str:
    inline = (found["body"] for found in _SCRIPT.finditer(html) if b"src=" not in found["how"])
    hashes = dict.fromkeys(base64.b64encode(hashlib.sha256(body).digest()).decode() for body in inline)
    return _POLICY.format(scripts="".join(f" 'sha256-{each}'" for each in hashes))
