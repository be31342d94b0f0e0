"""KPIs as pure functions of plain facts."""
