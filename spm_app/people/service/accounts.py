"""Use cases about accounts: who may sign in, as what, and one's own choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm_app.infra import audit, bus, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Permission, Role, require
from spm_app.people.domain import Account, NewAccount, NewPerson, normal
from spm_app.people.domain.accounts import LANGUAGES, THEMES, password_problems, role_problems
from spm_app.people.service import passwords, staff
from spm_app.people.service.sessions import count, own_attempts
from spm_app.people.store import accounts as store
from spm_app.people.store import persons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm_app.infra.db import Work
    from spm_app.kernel.ids import PersonId
    from spm_app.kernel.rights import Actor

_TOPIC = "accounts"


def create_account(actor: Actor, person_id: PersonId, new: NewAccount) -> None:
    """Let a person sign in. Raises InvalidInput with every problem, Conflict when they can already."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with unit_of_work() as work:
        _open(work, actor, person_id, new)


def create_administrator(name: str, sign_in_name: str, password: str, email: str = "") -> PersonId:
    """A person with the role of system administrator, on the word of whoever holds the machine (`spm admin create`)."""
    with unit_of_work() as work:
        zone = persons.company(work)
        today = zone.calendar.day_of(clock.now()) if zone else clock.now().date()
        person_id = staff.enter(work, None, NewPerson(name=name, hired_on=today, email=email))
        _open(work, None, person_id, NewAccount(sign_in_name, password, frozenset({Role.SYSADMIN})))
        return person_id


def accounts(actor: Actor) -> tuple[Account, ...]:
    """Every account, in order of the names."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with reading() as work:
        return store.accounts(work)


def account(actor: Actor, person_id: PersonId) -> Account:
    """One's own account, or anybody's for who manages them."""
    if person_id != actor.person_id:
        require(actor, Permission.MANAGE_ACCOUNTS)
    with reading() as work:
        return store.account(work, person_id)


def set_roles(actor: Actor, person_id: PersonId, roles: Iterable[Role]) -> None:
    """What the person is here to do from now on. Nobody changes their own; incompatible pairs are refused."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    _of_another(actor, person_id)
    wanted = frozenset(roles)
    if problems := role_problems(wanted):
        raise InvalidInput("people.form_has_errors", problems)
    with unit_of_work() as work:
        before = store.account(work, person_id).roles
        store.set_roles(work, person_id, wanted)
        audit.record(work, actor, "account.roles_set", f"person:{person_id}", before=before, after=wanted)
        bus.publish(work, _TOPIC, str(person_id))


def disable_account(actor: Actor, person_id: PersonId) -> None:
    """Nobody signs in by it any more, and who has is out at once."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    _of_another(actor, person_id)
    with unit_of_work() as work:
        store.set_disabled(work, store.account(work, person_id).person_id, clock.now())
        ended = store.end_sessions(work, person_id)
        audit.record(work, actor, "account.disabled", f"person:{person_id}", sessions=ended)
        bus.publish(work, _TOPIC, str(person_id))


def enable_account(actor: Actor, person_id: PersonId) -> None:
    """Signing in works again, with the same password and roles. Raises Conflict for who has left."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    _of_another(actor, person_id)
    with unit_of_work() as work:
        if persons.person(work, person_id).left_on is not None:
            raise Conflict("people.person_has_left")
        store.set_disabled(work, person_id, None)
        audit.record(work, actor, "account.enabled", f"person:{person_id}")
        bus.publish(work, _TOPIC, str(person_id))


def reset_password(actor: Actor, person_id: PersonId, password: str) -> None:
    """A new password for somebody who forgot theirs; their sessions end."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    _of_another(actor, person_id)
    hashed = passwords.hashed(password)
    with unit_of_work() as work:
        _check_password(work, person_id, password)
        store.set_password(work, person_id, hashed, clock.now())
        store.end_sessions(work, person_id)
        audit.record(work, actor, "account.password_reset", f"person:{person_id}")
        bus.publish(work, _TOPIC, str(person_id))


def change_password(actor: Actor, old: str, new: str, *, keep_session: int | None = None) -> None:
    """One's own, by knowing the old one, not by trying: Conflict to wait. Every other session of the person ends."""
    tries = own_attempts(actor.person_id)
    attempt = count(tries)
    with reading() as work:
        kept = store.credentials_of(work, actor.person_id).password_hash
    if not passwords.matches(old, kept):
        raise InvalidInput("people.form_has_errors", [Problem("old", "people.problem.password_wrong")])
    hashed = passwords.hashed(new)
    with unit_of_work() as work:
        store.forget_attempts(work, attempt, tries)
        _check_password(work, actor.person_id, new)
        store.set_password(work, actor.person_id, hashed, clock.now())
        store.end_sessions(work, actor.person_id, but=keep_session)
        audit.record(work, actor, "account.password_changed", f"person:{actor.person_id}")
        bus.publish(work, _TOPIC, str(actor.person_id))


def set_language(actor: Actor, language: str) -> None:
    """The language that the person reads."""
    if language not in LANGUAGES:
        raise InvalidInput("people.language_unknown")
    with unit_of_work() as work:
        persons.set_language(work, actor.person_id, language)
        audit.record(work, actor, "account.language_set", f"person:{actor.person_id}", language=language)


def set_theme(actor: Actor, theme: str) -> None:
    """Light, dark, or as the system has it."""
    if theme not in THEMES:
        raise InvalidInput("people.theme_unknown")
    with unit_of_work() as work:
        store.set_theme(work, actor.person_id, theme)
        audit.record(work, actor, "account.theme_set", f"person:{actor.person_id}", theme=theme)


def _open(work: Work, actor: Actor | None, person_id: PersonId, new: NewAccount) -> None:
    person = persons.person(work, person_id)
    name = normal(new.sign_in_name)
    problems = [*role_problems(new.roles), *password_problems(new.password, person.name, name)]
    if not name:
        problems.append(Problem("sign_in_name", "people.problem.missing"))
    if store.is_taken(work, name):
        problems.append(Problem("sign_in_name", "people.problem.sign_in_name_taken"))
    if problems:
        raise InvalidInput("people.form_has_errors", problems)
    if store.has_account(work, person_id):
        raise Conflict("people.account_exists")
    made = Account(person_id, person.name, name, new.roles, clock.now())
    store.add(work, made, passwords.hashed(new.password))
    audit.record(work, actor, "account.created", f"person:{person_id}", sign_in_name=name, roles=new.roles)
    bus.publish(work, _TOPIC, str(person_id))


def _check_password(work: Work, person_id: PersonId, password: str) -> None:
    known = store.account(work, person_id)
    if problems := password_problems(password, known.name, known.sign_in_name):
        raise InvalidInput("people.form_has_errors", problems)


def _of_another(actor: Actor, person_id: PersonId) -> None:
    if actor.person_id == person_id:
        raise Conflict("people.own_account")
