"""Names for the numbers that identify rows, so that one is never taken for another."""

from typing import NewType

PersonId = NewType("PersonId", int)
TeamId = NewType("TeamId", int)
TitleId = NewType("TitleId", int)
PositionId = NewType("PositionId", int)
AccountId = NewType("AccountId", int)
ProductId = NewType("ProductId", int)
DealId = NewType("DealId", int)
ImportId = NewType("ImportId", int)
GoalId = NewType("GoalId", int)
QuotaId = NewType("QuotaId", int)
PlanId = NewType("PlanId", int)
PlanVersionId = NewType("PlanVersionId", int)
RunId = NewType("RunId", int)
DisputeId = NewType("DisputeId", int)
CourseId = NewType("CourseId", int)
CourseVersionId = NewType("CourseVersionId", int)
AttemptId = NewType("AttemptId", int)
BadgeId = NewType("BadgeId", int)
JobId = NewType("JobId", int)
