"""How somebody works for the company, as a form offers it."""

from __future__ import annotations

from spm_app.people.domain import Engagement
from spm_app.ui.i18n import t

#: Employees first: most people are.
ENGAGEMENTS = [(each.value, t(f"people.engagement.{each.value}")) for each in Engagement]
