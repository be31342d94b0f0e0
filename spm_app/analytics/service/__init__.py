"""The front door of analytics: KPIs with their comparison, pipeline, leaderboard, a team, the year."""

from spm_app.analytics.service.figures import Choices, Overview, Reading, choices, overview, team_with_code
from spm_app.analytics.service.ranking import Ranking, Team, board, set_listed, team
from spm_app.analytics.service.steering import Steering, steering

__all__ = [
    "Choices",
    "Overview",
    "Ranking",
    "Reading",
    "Steering",
    "Team",
    "board",
    "choices",
    "overview",
    "set_listed",
    "steering",
    "team",
    "team_with_code",
]
