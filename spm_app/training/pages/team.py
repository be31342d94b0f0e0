"""Who learnt what: for managers their team, for trainers and those who oversee everybody."""

from __future__ import annotations

import reflex as rx

from spm_app.kernel.rights import Role
from spm_app.training.state.results import TEAM_COLUMNS, TeamLearningState
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page

_STATES = ("assigned", "in_progress", "completed", "failed", "withdrawn")


def team_page() -> rx.Component:
    """One line for each person and course."""
    return data_table(
        TeamLearningState,
        TEAM_COLUMNS,
        caption="training.team",
        filters=(
            filter_choice(TeamLearningState, "course", "training.course", TeamLearningState.courses),
            filter_choice(
                TeamLearningState, "state", "training.stands", [(each, t(f"training.state.{each}")) for each in _STATES]
            ),
        ),
        empty=empty_state(t("training.nobody_yet"), t("training.team.none"), icon="users"),
    )


PAGE = Page(
    route="/team-learning",
    title="training.team",
    body=team_page,
    load=(TeamLearningState.load,),
    roles=(Role.MANAGER, Role.TRAINER, Role.COMP_ADMIN, Role.EXEC, Role.AUDITOR),
    group="learning",
    icon="users",
    live=("training",),
)
