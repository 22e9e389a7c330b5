"""What the approval keeps: tasks, their states, and which workflow serves what."""

from .route import ApprovalRoute
from .tiered import ApprovalTier, TieredApprovalTask, TieredTaskState

__all__ = ["ApprovalRoute", "ApprovalTier", "TieredApprovalTask", "TieredTaskState"]
