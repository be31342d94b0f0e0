"""The front door of planning: goals from draft to published, and the quotas that come of them."""

from spm_app.planning.service.goals import (
    GoalView,
    create_goal,
    edit,
    goal,
    goals,
    lock,
    put_back,
    quotas,
    step,
    targets,
)

__all__ = [
    "GoalView",
    "create_goal",
    "edit",
    "goal",
    "goals",
    "lock",
    "put_back",
    "quotas",
    "step",
    "targets",
]
