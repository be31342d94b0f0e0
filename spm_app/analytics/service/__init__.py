"""The front door of analytics: KPIs with their comparison, months, pipeline by stage, the leaderboard, a team."""

from spm_app.analytics.service.figures import Choices, Overview, Reading, choices, overview, team_with_code
from spm_app.analytics.service.ranking import Ranking, Team, board, team

__all__ = [
    "Choices",
    "Overview",
    "Ranking",
    "Reading",
    "Team",
    "board",
    "choices",
    "overview",
    "team",
    "team_with_code",
]
