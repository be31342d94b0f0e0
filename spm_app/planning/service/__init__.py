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
    renew,
    step,
    targets,
)
from spm_app.planning.service.progress import Line, Progress, progress

__all__ = [
    "GoalView",
    "Line",
    "Progress",
    "create_goal",
    "edit",
    "goal",
    "goals",
    "lock",
    "progress",
    "put_back",
    "quotas",
    "renew",
    "step",
    "targets",
]
