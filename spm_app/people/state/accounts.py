"""Who may sign in, and as what: the table, and the drawer in which one account is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import PersonId
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Role
from spm_app.people import service as people
from spm_app.people.domain import Account, NewAccount, SignInSession
from spm_app.people.state.forms import checked
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say, say_error, say_problem
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("name", "people.name", kind="link"),
    Column("sign_in_name", "people.account.sign_in_name"),
    Column("roles", "people.account.roles", sorts=False),
    Column("state", "people.account.state", kind="pill"),
    Column("last_seen", "people.account.last_seen"),
    Column("created", "people.account.created", shown=False),
)


class AccountsState(Listing, rx.State):
    """Every account."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _filters: ClassVar[tuple[str, ...]] = ("role",)
    _file_name: ClassVar[str] = "accounts"

    roles: list[dict[str, str]] = []

    async def _prepare(self) -> None:
        lang = await language_of(self)
        self.roles = [{"value": role.value, "label": say(lang, f"people.role.{role.value}")} for role in Role]

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        sought, role = ask.search.casefold(), ask.filters.get("role", "")
        kept = [each for each in people.accounts(actor) if _matches(each, sought, role)]
        kept.sort(key=lambda each: _place(each, ask.sort), reverse=ask.descending)
        zone = people.zone()
        return Answer([_row(each, actor, zone) for each in kept[ask.offset : ask.offset + ask.size]], len(kept))


class OneAccountState(rx.State):
    """The account in the drawer. A password that was made up is shown until the drawer closes, and kept nowhere."""

    is_open: bool = False
    is_new: bool = False
    is_own: bool = False
    name: str = ""
    sign_in_name: str = ""
    is_locked: bool = False
    held: dict[str, bool] = {}
    sessions: list[dict[str, str]] = []
    made_up: str = ""
    candidates: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    refused: str = ""
    _id: PersonId = PersonId(0)
    _visit: str = ""

    @rx.event
    @allow(Role.SYSADMIN)
    async def load(self):
        """Open the drawer on the account that the address names; once a visit, not at each live update."""
        asked = number_in(str(self.router.url.query_parameters.get("account", "")))
        visit = f"{self.router.session.session_id} {asked}"
        if asked and visit != self._visit:
            self._id, self._visit, self.is_open, self.made_up = PersonId(asked), visit, True, ""
            await self._read()

    @rx.event
    @allow(Role.SYSADMIN)
    async def begin(self):
        """Open the drawer for a new account."""
        everybody, have = await rx.run_in_thread(partial(_without_account, await actor_of(self)))
        self.candidates = [{"value": str(each.id), "label": each.name} for each in everybody if each.id not in have]
        self.held, self.problems, self.refused, self.made_up = {role.value: False for role in Role}, {}, "", ""
        self.is_new, self.is_open, self.sessions = True, True, []

    @rx.event
    @allow(Role.SYSADMIN)
    async def set_open(self, is_open: bool):
        """Closing forgets the password that was shown."""
        self.is_open, self.made_up = is_open, ""

    @rx.event
    @allow(Role.SYSADMIN)
    async def hold(self, role: str, is_held: bool):
        """Tick a role, not yet saved."""
        if role in set(Role):
            self.held = {**self.held, role: is_held}

    @rx.event
    @allow(Role.SYSADMIN)
    async def save_roles(self):
        """What the person is here to do from now on; the next event of theirs knows."""
        wanted = [Role(each) for each, is_held in self.held.items() if is_held]
        return await self._do(partial(people.set_roles, person_id=self._id, roles=wanted), "people.account.saved")

    @rx.event
    @allow(Role.SYSADMIN)
    async def lock(self):
        """Out at once, and not in again."""
        return await self._do(partial(people.disable_account, person_id=self._id), "people.account.now_locked")

    @rx.event
    @allow(Role.SYSADMIN)
    async def unlock(self):
        """In again with the same password and roles."""
        return await self._do(partial(people.enable_account, person_id=self._id), "people.account.now_open")

    @rx.event
    @allow(Role.SYSADMIN)
    async def end_sessions(self):
        """Signed out everywhere."""
        return await self._do(partial(people.sign_out_everywhere, person_id=self._id), "people.account.signed_out")

    @rx.event
    @allow(Role.SYSADMIN)
    async def make_password(self):
        """A made-up password, shown once."""
        fresh = people.made_up_password()
        done = await self._do(
            partial(people.reset_password, person_id=self._id, password=fresh), "people.account.was_reset"
        )
        self.made_up = fresh if done else ""
        return done

    @rx.event
    @allow(Role.SYSADMIN)
    async def create(self, form: dict[str, Any]):
        """Let somebody sign in; their first password is made up and shown once."""
        fresh = people.made_up_password()
        roles = frozenset(Role(each) for each, is_held in self.held.items() if is_held)
        try:
            with checked(form) as read:
                self._id, name = PersonId(read.chosen("person")), read.needed("sign_in_name")
        except InvalidInput as wrong:
            self.problems = {each.at: say_problem(await language_of(self), each) for each in wrong.problems}
            return None
        new = NewAccount(name, fresh, roles)
        done = await self._do(partial(people.create_account, person_id=self._id, new=new), "people.account.saved")
        self.made_up = fresh if done else ""
        return done

    async def _do(self, act: Callable[[Actor], object], said: str) -> list[Any] | None:
        actor, lang = await actor_of(self), await language_of(self)
        self.problems, self.refused = {}, ""
        try:
            await rx.run_in_thread(partial(act, actor))
        except (InvalidInput, Conflict) as wrong:
            found = wrong.problems if isinstance(wrong, InvalidInput) else ()
            self.problems = {each.at: say_problem(lang, _spoken(each, lang)) for each in found}
            self.refused = self.problems.get("roles", say_error(lang, wrong))
            return None
        await self._read()
        return [rx.toast.success(say(lang, said)), AccountsState.load]

    async def _read(self) -> None:
        actor, lang = await actor_of(self), await language_of(self)
        known, sessions, zone = await rx.run_in_thread(partial(_one, actor, self._id))
        self.is_new, self.problems, self.refused = False, {}, ""
        self.is_own = known.person_id == actor.person_id
        self.name, self.sign_in_name, self.is_locked = known.name, known.sign_in_name, known.disabled_at is not None
        self.held = {role.value: role in known.roles for role in Role}
        self.sessions = [
            {"device": each.device, "address": each.address, "seen": words.instant(each.seen_at, lang, zone)}
            for each in sessions
        ]


def _one(actor: Actor, person_id: PersonId) -> tuple[Account, tuple[SignInSession, ...], str]:
    return people.account(actor, person_id), people.sessions_of(actor, person_id), people.zone()


def _without_account(actor: Actor) -> tuple[tuple[Any, ...], set[PersonId]]:
    return people.choices(actor).persons, {each.person_id for each in people.accounts(actor)}


def _spoken(problem: Problem, lang: str) -> Problem:
    """Roles are named in the person's language, not by their codes."""
    said = {name: say(lang, f"people.role.{code}") for name, code in problem.args.items() if isinstance(code, Role)}
    return replace(problem, args={**problem.args, **said})


def _matches(each: Account, sought: str, role: str) -> bool:
    return sought in f"{each.name} {each.sign_in_name}".casefold() and (not role or role in each.roles)


def _place(each: Account, sort: str) -> tuple[str, str]:
    by = {
        "sign_in_name": each.sign_in_name,
        "state": str(each.disabled_at is not None),
        "last_seen": each.last_seen_at.isoformat() if each.last_seen_at else "",
        "created": each.created_at.isoformat(),
    }
    return by.get(sort, each.name.casefold()), each.name.casefold()


def _row(each: Account, actor: Actor, zone: str) -> dict[str, object]:
    locked = each.disabled_at is not None
    return {
        "name": each.name,
        "href": f"/settings/accounts?account={each.person_id}",
        "sign_in_name": each.sign_in_name,
        "roles": ", ".join(say(actor.language, f"people.role.{role}") for role in sorted(each.roles)),
        "state": Pill(Text("people.account.locked" if locked else "people.account.open"), "bad" if locked else "good"),
        "last_seen": words.instant(each.last_seen_at, actor.language, zone),
        "created": words.instant(each.created_at, actor.language, zone),
    }
