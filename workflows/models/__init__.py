"""What the approval keeps: tasks, their states, and which workflow serves what."""

from .acts import ActKind, TierAct
from .fingerprint import Fingerprint
from .limits import ApprovalLimits
from .route import ApprovalRoute
from .tiered import ApprovalTier, ReturnReason, TieredApprovalTask, TieredTaskState, Told

__all__ = [
    "ActKind",
    "ApprovalLimits",
    "ApprovalRoute",
    "ApprovalTier",
    "Fingerprint",
    "ReturnReason",
    "TierAct",
    "TieredApprovalTask",
    "TieredTaskState",
    "Told",
]
