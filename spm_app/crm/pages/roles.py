"""Who may open the pages of crm; the services look again."""

from __future__ import annotations

from spm_app.kernel.rights import Role

READERS = (Role.REP, Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR)
IMPORTERS = (Role.COMP_ADMIN,)
