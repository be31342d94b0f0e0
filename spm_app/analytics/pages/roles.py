"""Who opens the screens of analytics; whose figures they show is narrowed by the service."""

from __future__ import annotations

from spm_app.kernel.rights import Role

READERS = (Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.EXEC, Role.AUDITOR)
