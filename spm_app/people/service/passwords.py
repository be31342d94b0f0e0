"""Passwords: argon2id with the parameters that OWASP names for a server (19 MiB, two passes, one lane)."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

#: Letters and digits that nobody confuses when they are read aloud.
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def hashed(password: str) -> str:
    """What is kept in place of the password. Takes tens of milliseconds on purpose: never on the event loop."""
    return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password. With nothing kept the answer is no, and takes as long."""
    try:
        return _hasher.verify(kept or _nobody_s(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def made_up() -> str:
    """A password for somebody else to begin with: about 99 bits, easy to read aloud."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobody_s() -> str:
    """The hash of a password that nobody knows, to compare with when there is no account."""
    return hashed(secrets.token_urlsafe(32))
