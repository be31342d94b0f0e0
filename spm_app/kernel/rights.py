"""Who acts, and what a role may do. Services ask `require`; rows are narrowed by each module's `visible`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from spm_app.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from spm_app.kernel.ids import PersonId


class Role(StrEnum):
    """What somebody is here to do. A person may hold several."""

    REP = "rep"
    MANAGER = "manager"
    COMP_ADMIN = "comp_admin"
    FINANCE = "finance"
    TRAINER = "trainer"
    EXEC = "exec"
    AUDITOR = "auditor"
    SYSADMIN = "sysadmin"


class Permission(StrEnum):
    """One thing that may be done; which rows it may be done to is a question of its own."""

    READ_OWN_STATEMENT = "read_own_statement"
    READ_TEAM_STATEMENTS = "read_team_statements"
    READ_ALL_STATEMENTS = "read_all_statements"
    READ_PAY_TOTALS = "read_pay_totals"
    READ_PLANS = "read_plans"
    WRITE_PLANS = "write_plans"
    APPROVE_PLANS = "approve_plans"
    CALCULATE = "calculate"
    APPROVE_TEAM = "approve_team"
    APPROVE_RUN = "approve_run"
    FINALISE = "finalise"
    ENTER_PAY_FACTS = "enter_pay_facts"
    EXPORT_PAY = "export_pay"
    READ_PAY_EXPORTS = "read_pay_exports"
    RAISE_DISPUTE = "raise_dispute"
    ANSWER_DISPUTE = "answer_dispute"
    READ_TARGETS = "read_targets"
    READ_ALL_TARGETS = "read_all_targets"
    WRITE_TARGETS = "write_targets"
    READ_CRM = "read_crm"
    READ_TEAM_CRM = "read_team_crm"
    READ_ALL_CRM = "read_all_crm"
    IMPORT_CRM = "import_crm"
    READ_SALES_TOTALS = "read_sales_totals"
    READ_PEOPLE = "read_people"
    WRITE_PEOPLE = "write_people"
    READ_BASE_PAY = "read_base_pay"
    WRITE_BASE_PAY = "write_base_pay"
    LEARN = "learn"
    WRITE_COURSES = "write_courses"
    READ_TEAM_LEARNING = "read_team_learning"
    READ_ALL_LEARNING = "read_all_learning"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"


_EVERYBODY = frozenset(
    {Permission.READ_OWN_STATEMENT, Permission.LEARN, Permission.READ_PEOPLE, Permission.READ_TARGETS}
)
_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REP: _EVERYBODY | {Permission.READ_CRM, Permission.RAISE_DISPUTE, Permission.READ_SALES_TOTALS},
    Role.MANAGER: _EVERYBODY
    | {
        Permission.READ_TEAM_STATEMENTS,
        Permission.APPROVE_TEAM,
        Permission.RAISE_DISPUTE,
        Permission.READ_CRM,
        Permission.READ_TEAM_CRM,
        Permission.READ_SALES_TOTALS,
        Permission.READ_TEAM_LEARNING,
    },
    Role.COMP_ADMIN: _EVERYBODY
    | {
        Permission.READ_ALL_TARGETS,
        Permission.READ_ALL_STATEMENTS,
        Permission.READ_PAY_TOTALS,
        Permission.READ_PLANS,
        Permission.WRITE_PLANS,
        Permission.CALCULATE,
        Permission.ENTER_PAY_FACTS,
        Permission.ANSWER_DISPUTE,
        Permission.WRITE_TARGETS,
        Permission.READ_CRM,
        Permission.READ_ALL_CRM,
        Permission.IMPORT_CRM,
        Permission.READ_SALES_TOTALS,
        Permission.WRITE_PEOPLE,
        Permission.READ_BASE_PAY,
        Permission.WRITE_BASE_PAY,
        Permission.READ_ALL_LEARNING,
    },
    Role.FINANCE: _EVERYBODY
    | {
        Permission.READ_ALL_TARGETS,
        Permission.READ_ALL_STATEMENTS,
        Permission.READ_PAY_TOTALS,
        Permission.READ_PLANS,
        Permission.APPROVE_PLANS,
        Permission.APPROVE_RUN,
        Permission.FINALISE,
        Permission.ENTER_PAY_FACTS,
        Permission.EXPORT_PAY,
        Permission.READ_PAY_EXPORTS,
        Permission.READ_CRM,
        Permission.READ_ALL_CRM,
        Permission.READ_SALES_TOTALS,
        Permission.READ_BASE_PAY,
    },
    Role.TRAINER: _EVERYBODY | {Permission.WRITE_COURSES, Permission.READ_ALL_LEARNING},
    Role.EXEC: _EVERYBODY
    | {
        Permission.READ_ALL_TARGETS,
        Permission.READ_PAY_TOTALS,
        Permission.READ_PLANS,
        Permission.READ_SALES_TOTALS,
        Permission.READ_ALL_LEARNING,
    },
    Role.AUDITOR: _EVERYBODY
    | {
        Permission.READ_PAY_EXPORTS,
        Permission.READ_ALL_TARGETS,
        Permission.READ_ALL_STATEMENTS,
        Permission.READ_PAY_TOTALS,
        Permission.READ_PLANS,
        Permission.READ_CRM,
        Permission.READ_ALL_CRM,
        Permission.READ_SALES_TOTALS,
        Permission.READ_ALL_LEARNING,
        Permission.READ_AUDIT,
    },
    Role.SYSADMIN: _EVERYBODY | {Permission.WRITE_PEOPLE, Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT},
}
#: Pairs of roles that one person may not hold together (two-person rule).
INCOMPATIBLE: tuple[tuple[Role, Role], ...] = (
    (Role.COMP_ADMIN, Role.FINANCE),
    (Role.SYSADMIN, Role.COMP_ADMIN),
    (Role.SYSADMIN, Role.FINANCE),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf something is done, as the server knows them."""

    person_id: PersonId
    name: str
    roles: frozenset[Role]
    language: str = "en"

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles grants it."""
        return any(permission in _GRANTS[role] for role in self.roles)


def require(actor: Actor, permission: Permission) -> None:
    """Go on only if the actor may. Raises NotAllowed."""
    if not actor.may(permission):
        raise NotAllowed("kernel.not_allowed", permission=permission.value)
