"""Who shows visitors round: one person for each role, always by the same name, whatever the day and the seed."""

from __future__ import annotations

from dataclasses import dataclass

from spm_app.kernel.rights import Role

#: Everybody in the demo company signs in with it. It guards nothing: all of it is made up.
PASSWORD = "vento in poppa"  # noqa: S105 - shown on the sign-in page of the demo, and nowhere else


@dataclass(frozen=True, slots=True)
class Guide:
    """The first to be hired with that title bears this name; so the rep sits in the manager's team."""

    role: Role
    title: str
    name: str
    language: str


GUIDES = (
    Guide(Role.REP, "SENIOR", "Giulia Conti", "it"),
    Guide(Role.MANAGER, "LEAD", "Marco Ferrara", "it"),
    Guide(Role.COMP_ADMIN, "COMPENSATION", "Elena Rinaldi", "en"),
    Guide(Role.FINANCE, "FINANCE", "Paola Santoro", "en"),
    Guide(Role.TRAINER, "TRAINER", "Luca Moretti", "it"),
    Guide(Role.EXEC, "DIRECTOR", "Henrik Berger", "en"),
    Guide(Role.AUDITOR, "AUDIT", "Chiara Fontana", "it"),
    Guide(Role.SYSADMIN, "SYSTEMS", "Daniele Gatti", "en"),
)
