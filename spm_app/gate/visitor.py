"""Who stands behind a request: the session cookie, the address, the language the browser asks for."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from reflex_base.config import get_config

from spm_app.infra.settings import settings
from spm_app.ui.catalogue import LANGUAGES, language

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Kept by the frame for whoever has not signed in yet; it is no secret and never trusted beyond its two values.
LANGUAGE_COOKIE = "spm_lang"


def is_secure() -> bool:
    """Whether people come by TLS; the settings say so, because a proxy usually ends it."""
    return settings().origin.startswith("https://")


def cookie_name() -> str:
    """With TLS the browser itself guarantees that the cookie is ours alone (`__Host-`)."""
    return "__Host-spm" if is_secure() else "spm_session"


def token_in(cookies: str) -> str:
    """The session token among the cookies of a request; nothing when there is none."""
    return _cookie(cookies, cookie_name())


def language_in(headers: Mapping[str, str]) -> str:
    """The language of somebody unknown: what this browser last showed, else what it asks for."""
    kept = _cookie(headers.get("cookie", ""), LANGUAGE_COOKIE)
    return kept if kept in LANGUAGES else language(headers.get("accept-language", ""))


def address_of(peer: str, forwarded: str) -> str:
    """Where a request comes from; the forwarded header counts only behind the proxies that the settings name."""
    hops = get_config().trusted_proxy_hops
    passed = [part.strip() for part in forwarded.split(",") if part.strip()]
    return passed[-hops] if hops and len(passed) >= hops else peer


def _cookie(cookies: str, name: str) -> str:
    try:
        found = SimpleCookie(cookies).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
