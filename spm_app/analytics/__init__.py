"""What the figures mean: KPIs, comparisons, leaderboards."""
