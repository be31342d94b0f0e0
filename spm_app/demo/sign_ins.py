"""How a visitor of the demo company signs in: one person a role, whom the filled company must hold."""

from __future__ import annotations

from dataclasses import dataclass

from spm_app.infra.settings import settings
from spm_app.kernel.rights import Role

#: Of every account of the demo company. It opens nothing anywhere else.
PASSWORD = "sunny-ledger-42"  # noqa: S105 - shown on the sign-in page of a demo


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """The first person of a role signs in by the role's own word."""

    role: Role
    sign_in_name: str
    password: str = PASSWORD


def demo_sign_ins() -> tuple[DemoSignIn, ...]:
    """One of each role; none unless the settings say that this is a demo."""
    return tuple(DemoSignIn(role, role.value) for role in Role) if settings().demo else ()
