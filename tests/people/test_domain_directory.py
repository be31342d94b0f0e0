from __future__ import annotations

from datetime import date

import pytest

from spm_app.kernel.ids import TeamId
from spm_app.people.domain import Team
from spm_app.people.domain.directory import COMING, GONE, HERE, Listed, Wanted, chart, chosen, listed, status_on
from tests.people.builders import person, seat

DAY = date(2026, 6, 1)
TITLES = {"REP": "Seller"}


def lines() -> list[Listed]:
    everybody = [
        person(1, "Ada"),
        person(2, "Bea", hired_on=date(2024, 1, 1)),
        person(3, "Carlo", left_on=date(2026, 1, 1)),
        person(4, "Dora", hired_on=date(2027, 1, 1)),
    ]
    return listed(everybody, [seat(1, team=1), seat(2, team=2, manager=1)], TITLES, DAY)


def names(found: list[Listed]) -> list[str]:
    return [each.person.name for each in found]


def test_somebody_is_to_come_here_or_gone() -> None:
    somebody = person(1, hired_on=date(2026, 1, 1), left_on=date(2026, 3, 1))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1))
    assert [status_on(somebody, day) for day in days] == [COMING, HERE, GONE]


def test_each_line_has_title_team_and_manager_in_words() -> None:
    ada, bea, carlo, _ = lines()
    assert (bea.title, bea.team, bea.manager, ada.manager) == ("Seller", "Team 2", "Ada", "")
    assert (carlo.title, carlo.team, carlo.team_id, carlo.status) == ("", "", None, GONE)


def test_a_title_without_a_name_shows_its_code() -> None:
    (line,) = listed([person(1)], [seat(1, manager=99)], {}, DAY)
    assert (line.title, line.manager) == ("REP", "")


def test_the_directory_shows_who_works_here_unless_asked_otherwise() -> None:
    assert names(chosen(lines(), Wanted())) == ["Ada", "Bea"]
    assert names(chosen(lines(), Wanted(status=""))) == ["Ada", "Bea", "Carlo", "Dora"]
    assert names(chosen(lines(), Wanted(status=GONE))) == ["Carlo"]


def test_words_and_team_narrow() -> None:
    assert names(chosen(lines(), Wanted(words="seller BE"))) == ["Bea"]
    assert names(chosen(lines(), Wanted(team="Team 1"))) == ["Ada"]
    assert names(chosen(lines(), Wanted(words="e2"))) == ["Bea"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Ada"), ("hired_on", "Bea"), ("manager", "Ada"), ("team", "Ada"), ("title", "Ada"), ("status", "Ada")],
)
def test_the_order_is_what_was_asked(sort: str, first: str) -> None:
    assert names(chosen(lines(), Wanted(sort=sort)))[0] == first
    assert len(chosen(lines(), Wanted(sort=sort, descending=True))) == 2


def test_the_chart_hangs_teams_under_teams_and_leads_first() -> None:
    top, low = Team(TeamId(1), "T1", "Top"), Team(TeamId(2), "T2", "Low", TeamId(1))
    staff = listed(
        [person(1, "Zoe"), person(2, "Ada"), person(3, "Bea")],
        [seat(1, team=2), seat(2, team=2, manager=1), seat(3, team=1)],
        TITLES,
        DAY,
    )
    (root,) = chart([top, low], staff)
    assert (root.team.name, root.size, names(list(root.members))) == ("Top", 3, ["Bea"])
    assert names(list(root.below[0].members)) == ["Zoe", "Ada"]
