"""Signing in, sessions, roles and passwords, on each database."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher, Type
from sqlalchemy import text

from spm_app.infra import audit, clock
from spm_app.infra.db import reading, unit_of_work
from spm_app.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.people.domain import NewAccount, NewPerson
from spm_app.people.domain.accounts import ABSOLUTE, IDLE, password_problems
from spm_app.people.domain.throttle import MOST_PER_ADDRESS, MOST_PER_NAME, WINDOW
from spm_app.people.service import passwords
from spm_app.people.store import accounts
from tests.people.builders import GOOD, START, House

#: Before any test puts a quicker one in its place.
OF_THE_PRODUCT = passwords._hasher

OTHER = "staple and several words"


def acts() -> list[str]:
    with reading() as work:
        return [each.act for each in audit.page(work, size=200)]


def test_the_right_password_begins_a_session(house: House) -> None:
    begun = people.sign_in(" REMO ", GOOD, address="10.0.0.1", agent="Firefox")
    known = people.who(begun.token)
    assert known is not None
    assert (known.actor, known.theme) == (begun.who.actor, "system")
    assert known.actor.roles == {Role.REP}
    assert acts()[0] == "session.started"


@pytest.mark.parametrize(("name", "password"), [("remo", "wrong"), ("nobody", GOOD), ("", "")])
def test_a_refusal_says_the_same_for_any_reason(house: House, name: str, password: str) -> None:
    with pytest.raises(NotAllowed, match="sign_in_refused"):
        people.sign_in(name, password)
    assert acts()[0] == "session.refused"


def test_the_log_never_keeps_what_was_typed(house: House) -> None:
    with pytest.raises(NotAllowed):
        people.sign_in("my-password-in-the-wrong-field", GOOD)
    with reading() as work:
        assert "my-password" not in str(audit.page(work, size=1))


def test_only_a_digest_of_the_token_is_kept(house: House) -> None:
    token = people.sign_in("remo", GOOD).token
    with reading() as work:
        kept = work.session.execute(text("SELECT * FROM user_session")).all()
    assert token not in str(kept)


def test_no_token_and_a_made_up_one_are_nobody(house: House) -> None:
    assert people.who("") is None
    assert people.who("made-up") is None


def test_guessing_one_name_is_stopped_and_forgotten_after_a_while(house: House, fixed_clock: datetime) -> None:
    for _ in range(MOST_PER_NAME):
        with pytest.raises(NotAllowed):
            people.sign_in("remo", "wrong", address="10.0.0.1")
    with pytest.raises(Conflict, match="sign_in_wait"):
        people.sign_in("remo", GOOD, address="10.0.0.2")
    with clock.at(fixed_clock + WINDOW):
        assert people.sign_in("remo", GOOD).token


def test_guessing_many_names_from_one_address_is_stopped(house: House) -> None:
    with unit_of_work() as work:
        key = hashlib.sha256(b"address:10.0.0.9").hexdigest()
        accounts.add_attempts(work, (key,) * MOST_PER_ADDRESS, clock.now())
    with pytest.raises(Conflict):
        people.sign_in("remo", GOOD, address="10.0.0.9")
    assert people.sign_in("remo", GOOD, address="10.0.0.8").token


def test_whoever_signed_in_starts_anew(house: House) -> None:
    for _ in range(3):
        for _ in range(MOST_PER_NAME - 1):
            with pytest.raises(NotAllowed):
                people.sign_in("remo", "wrong")
        people.sign_in("remo", GOOD)


def test_a_session_ends_by_rest_and_by_age(house: House, fixed_clock: datetime) -> None:
    token = people.sign_in("remo", GOOD).token
    with clock.at(fixed_clock + IDLE - timedelta(minutes=1)):
        assert people.who(token)
    with clock.at(fixed_clock + 2 * IDLE - timedelta(minutes=2)):
        assert people.who(token), "being seen keeps it alive"
    with clock.at(fixed_clock + 3 * IDLE):
        assert people.who(token) is None
    fresh = people.sign_in("remo", GOOD).token
    hours = int(ABSOLUTE / timedelta(hours=6))
    for step in range(1, hours):
        with clock.at(fixed_clock + step * timedelta(hours=6)):
            assert people.who(fresh)
    with clock.at(fixed_clock + ABSOLUTE):
        assert people.who(fresh) is None


def test_signing_out_ends_that_session_alone(house: House) -> None:
    one, other = people.sign_in("remo", GOOD).token, people.sign_in("remo", GOOD).token
    people.sign_out(one)
    people.sign_out("unknown")
    assert people.who(one) is None
    assert people.who(other)


def test_a_person_sees_and_ends_their_own_sessions(house: House) -> None:
    here, there = people.sign_in("remo", GOOD, agent="Firefox"), people.sign_in("remo", GOOD, agent="Safari")
    listed = people.sessions(house.rep, here.who.session_id)
    assert sorted((each.agent, each.is_this) for each in listed) == [("Firefox", True), ("Safari", False)]
    people.revoke(house.rep, there.who.session_id)
    assert people.who(there.token) is None
    with pytest.raises(NotFound):
        people.revoke(house.lead, here.who.session_id)
    assert people.who(here.token)


def test_who_manages_accounts_sees_and_ends_the_sessions_of_others(house: House) -> None:
    token = people.sign_in("remo", GOOD).token
    assert len(people.sessions_of(house.root, house.rep.person_id)) == 1
    assert people.sign_out_everywhere(house.root, house.rep.person_id) == 1
    assert people.who(token) is None
    for act in (people.sessions_of, people.sign_out_everywhere):
        with pytest.raises(NotAllowed):
            act(house.office, house.rep.person_id)


def test_a_locked_account_is_out_at_once_and_back_when_unlocked(house: House) -> None:
    token = people.sign_in("remo", GOOD).token
    people.disable_account(house.root, house.rep.person_id)
    assert people.who(token) is None
    with pytest.raises(NotAllowed):
        people.sign_in("remo", GOOD)
    people.enable_account(house.root, house.rep.person_id)
    assert people.sign_in("remo", GOOD)


def test_who_has_left_is_not_let_in_again(house: House, fixed_clock: datetime) -> None:
    people.leave(house.root, house.rep.person_id, fixed_clock.date() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        people.sign_in("remo", GOOD)
    with pytest.raises(Conflict, match="has_left"):
        people.enable_account(house.root, house.rep.person_id)


def test_another_role_counts_for_the_session_that_is_open(house: House) -> None:
    token = people.sign_in("remo", GOOD).token
    people.set_roles(house.root, house.rep.person_id, {Role.AUDITOR, Role.TRAINER})
    known = people.who(token)
    assert known is not None
    assert known.actor.roles == {Role.AUDITOR, Role.TRAINER}


def test_roles_that_check_each_other_are_refused(house: House) -> None:
    with pytest.raises(InvalidInput) as refused:
        people.set_roles(house.root, house.rep.person_id, {Role.COMP_ADMIN, Role.FINANCE})
    assert [each.at for each in refused.value.problems] == ["roles"]


def test_nobody_changes_their_own_account(house: House) -> None:
    own = house.root.person_id
    with pytest.raises(Conflict):
        people.set_roles(house.root, own, {Role.AUDITOR})
    for act in (people.disable_account, people.enable_account):
        with pytest.raises(Conflict):
            act(house.root, own)
    with pytest.raises(Conflict):
        people.reset_password(house.root, own, OTHER)


def test_a_reset_ends_the_sessions(house: House) -> None:
    token = people.sign_in("remo", GOOD).token
    people.reset_password(house.root, house.rep.person_id, OTHER)
    assert people.who(token) is None
    assert people.sign_in("remo", OTHER)
    with pytest.raises(NotAllowed):
        people.sign_in("remo", GOOD)


def test_a_weak_password_is_refused_at_every_door(house: House) -> None:
    with pytest.raises(InvalidInput):
        people.reset_password(house.root, house.rep.person_id, "short")
    with pytest.raises(InvalidInput):
        people.change_password(house.rep, GOOD, "remo-remo-remo-1")


def test_changing_ones_password_takes_the_old_one_and_keeps_this_session(house: House) -> None:
    here, there = people.sign_in("remo", GOOD), people.sign_in("remo", GOOD)
    with pytest.raises(InvalidInput):
        people.change_password(house.rep, "wrong", OTHER)
    people.change_password(house.rep, GOOD, OTHER, keep_session=here.who.session_id)
    assert people.who(here.token)
    assert people.who(there.token) is None


def test_ones_old_password_is_not_found_by_trying(house: House) -> None:
    for number in range(MOST_PER_NAME):
        with pytest.raises(InvalidInput):
            people.change_password(house.rep, f"guess {number}", OTHER)
    with pytest.raises(Conflict, match="sign_in_wait"):
        people.change_password(house.rep, GOOD, OTHER)
    people.sign_in("remo", GOOD)


def test_an_account_is_opened_once_with_a_name_of_its_own(house: House) -> None:
    new = NewAccount("remo", GOOD, frozenset())
    with pytest.raises(InvalidInput) as taken:
        people.create_account(house.root, house.rep.person_id, new)
    assert [each.key for each in taken.value.problems] == ["people.problem.sign_in_name_taken"]
    with pytest.raises(Conflict, match="account_exists"):
        people.create_account(house.root, house.rep.person_id, NewAccount("other", GOOD, frozenset()))
    nameless = people.hire(house.root, NewPerson("Nora New", START))
    with pytest.raises(InvalidInput) as missing:
        people.create_account(house.root, nameless, NewAccount(" ", GOOD, frozenset()))
    assert [each.at for each in missing.value.problems] == ["sign_in_name"]


def test_only_who_manages_accounts_manages_accounts(house: House) -> None:
    who, of = house.office, house.rep.person_id
    refused = (
        lambda: people.accounts(who),
        lambda: people.account(who, of),
        lambda: people.set_roles(who, of, set()),
        lambda: people.disable_account(who, of),
        lambda: people.enable_account(who, of),
        lambda: people.reset_password(who, of, OTHER),
        lambda: people.create_account(who, of, NewAccount("x", GOOD, frozenset())),
    )
    before = len(acts())
    for act in refused:
        with pytest.raises(NotAllowed):
            act()
    assert len(acts()) == before


def test_the_list_says_who_was_seen_when(house: House, fixed_clock: datetime) -> None:
    people.sign_in("remo", GOOD)
    seen = {each.sign_in_name: each.last_seen_at for each in people.accounts(house.root)}
    assert (seen["remo"], seen["lia"]) == (fixed_clock, None)
    assert people.account(house.rep, house.rep.person_id).sign_in_name == "remo"


def test_language_and_theme_are_ones_own(house: House) -> None:
    token = people.sign_in("remo", GOOD).token
    people.set_language(house.rep, "it")
    people.set_theme(house.rep, "dark")
    known = people.who(token)
    assert known is not None
    assert (known.actor.language, known.theme) == ("it", "dark")
    with pytest.raises(InvalidInput):
        people.set_language(house.rep, "xx")
    with pytest.raises(InvalidInput):
        people.set_theme(house.rep, "pink")


def test_passwords_are_hashed_as_owasp_says_for_a_server() -> None:
    assert OF_THE_PRODUCT.type is Type.ID
    assert (OF_THE_PRODUCT.memory_cost, OF_THE_PRODUCT.time_cost, OF_THE_PRODUCT.parallelism) == (19 * 1024, 2, 1)


def test_a_password_hashed_with_other_parameters_is_hashed_anew(house: House) -> None:
    weak = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(GOOD)
    with unit_of_work() as work:
        accounts.set_password(work, house.rep.person_id, weak)
    people.sign_in("remo", GOOD)
    with reading() as work:
        assert accounts.credentials_of(work, house.rep.person_id).password_hash != weak


def test_a_made_up_password_is_good_and_never_the_same() -> None:
    made = {people.made_up_password() for _ in range(50)}
    assert len(made) == 50
    assert all(password_problems(each) == () for each in made)
