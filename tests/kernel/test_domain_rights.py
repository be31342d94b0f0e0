"""Roles grant what the table of duties says, and nothing else."""

from __future__ import annotations

from itertools import combinations

import pytest

from spm_app.kernel.errors import NotAllowed
from spm_app.kernel.ids import PersonId
from spm_app.kernel.problem import Problem, Severity, has_errors
from spm_app.kernel.rights import INCOMPATIBLE, Actor, Permission, Role, require


def with_roles(*roles: Role) -> Actor:
    return Actor(PersonId(1), "Ada Marini", frozenset(roles))


def who_may(permission: Permission) -> set[Role]:
    return {role for role in Role if with_roles(role).may(permission)}


def test_everybody_reads_their_own_statement_and_learns() -> None:
    assert who_may(Permission.READ_OWN_STATEMENT) == who_may(Permission.LEARN) == set(Role)


def test_only_one_role_calculates_and_another_approves_and_finalises() -> None:
    assert who_may(Permission.CALCULATE) == {Role.COMP_ADMIN}
    assert who_may(Permission.APPROVE_RUN) == who_may(Permission.FINALISE) == {Role.FINANCE}
    assert who_may(Permission.WRITE_PLANS).isdisjoint(who_may(Permission.APPROVE_PLANS))


def test_who_manages_the_system_sees_no_pay() -> None:
    pay = (
        Permission.READ_ALL_STATEMENTS,
        Permission.READ_TEAM_STATEMENTS,
        Permission.READ_PAY_TOTALS,
        Permission.READ_BASE_PAY,
    )
    assert not any(with_roles(Role.SYSADMIN).may(each) for each in pay)


def test_base_pay_is_for_those_who_need_it() -> None:
    assert who_may(Permission.READ_BASE_PAY) == {Role.COMP_ADMIN, Role.FINANCE}


def test_the_log_is_read_by_the_auditor_and_the_administrator() -> None:
    assert who_may(Permission.READ_AUDIT) == {Role.AUDITOR, Role.SYSADMIN}


def test_the_auditor_changes_nothing() -> None:
    changes = [each for each in Permission if not each.value.startswith("read_") and each is not Permission.LEARN]
    assert not any(with_roles(Role.AUDITOR).may(each) for each in changes)


def test_several_roles_add_up() -> None:
    both = with_roles(Role.REP, Role.TRAINER)
    for permission in Permission:
        assert both.may(permission) == (permission in {each for each in Permission if who_may(each) & both.roles})


def test_nobody_may_calculate_and_approve_what_was_calculated() -> None:
    forbidden = {frozenset(pair) for pair in INCOMPATIBLE}
    for pair in combinations(Role, 2):
        both = with_roles(*pair)
        if both.may(Permission.CALCULATE) and both.may(Permission.APPROVE_RUN):
            assert frozenset(pair) in forbidden


def test_who_may_not_is_told_so() -> None:
    require(with_roles(Role.FINANCE), Permission.FINALISE)
    with pytest.raises(NotAllowed) as refusal:
        require(with_roles(Role.REP), Permission.FINALISE)
    assert (refusal.value.key, refusal.value.args_of_text) == ("kernel.not_allowed", {"permission": "finalise"})
    with pytest.raises(NotAllowed):
        require(with_roles(), Permission.LEARN)


def test_a_warning_does_not_stop() -> None:
    warning = Problem("row 1", "crm.problem.old", severity=Severity.WARNING)
    assert not has_errors([warning])
    assert has_errors([warning, Problem("row 2", "crm.problem.unknown_stage")])
