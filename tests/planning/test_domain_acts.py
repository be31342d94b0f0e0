"""Whatever a planner does, in whatever order, a goal's sums stay exact and its locks hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spm_app.kernel.errors import Conflict, InvalidInput
from spm_app.kernel.ids import PersonId, TeamId
from spm_app.planning.domain import tree
from spm_app.planning.domain.making import Carrier, Sale, grown
from spm_app.planning.domain.tree import Level

ADA, BEA, CIA = PersonId(1), PersonId(2), PersonId(3)
GOAL = grown(
    "2027",
    120_001,
    (
        Carrier(ADA, "Ada", TeamId(1), "North"),
        Carrier(BEA, "Bea", TeamId(1), "North"),
        Carrier(CIA, "Cia", TeamId(2), "South"),
    ),
    [Sale(person, minor, at % 4) for person, minor in ((ADA, 200), (BEA, 150)) for at in range(48)],
)
KEYS = st.sampled_from([each.key for each in GOAL.walk()])


@given(st.lists(st.tuples(KEYS, st.one_of(st.booleans(), st.integers(0, 200_000))), max_size=8))
def test_sums_stay_exact_and_locks_hold(acts: list[tuple[str, bool | int]]) -> None:
    top = GOAL
    for key, act in acts:
        try:
            done = tree.locked(top, key, is_locked=act) if isinstance(act, bool) else tree.edited(top, key, act)
        except (Conflict, InvalidInput):
            continue
        assert all(not each.below or sum(b.amount for b in each.below) == each.amount for each in done.walk())
        assert all(each.amount >= 0 for each in done.walk())
        held = [each for each in top.walk() if each.is_locked and each.key != key and each.level is Level.QUARTER]
        assert all(tree.at(done, each.key).amount == each.amount for each in held)
        assert isinstance(act, bool) or tree.at(done, key).amount == act
        top = done
