"""What the approval keeps: tasks, their states, and which workflow serves what."""

from .acts import ActKind, TierAct
from .fingerprint import Fingerprint
from .limits import ApprovalLimits
from .proposal import Proposal, ProposalState
from .route import ApprovalRoute
from .tiered import ApprovalTier, ReturnReason, TieredApprovalTask, TieredTaskState, Told

__all__ = [
    "ActKind",
    "ApprovalLimits",
    "ApprovalRoute",
    "ApprovalTier",
    "Fingerprint",
    "Proposal",
    "ProposalState",
    "ReturnReason",
    "TierAct",
    "TieredApprovalTask",
    "TieredTaskState",
    "Told",
]
