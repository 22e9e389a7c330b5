"""What the approval keeps: tasks, their states, and which workflow serves what."""

from .acts import ActKind, TierAct
from .bulk import BulkApproval, BulkItem, Outcome
from .fingerprint import Fingerprint
from .limits import ApprovalLimits
from .outside import OutsideComment, OutsideLink
from .proposal import Proposal, ProposalState
from .route import ApprovalRoute
from .saved import SavedQueue
from .screening import ScreeningTask, ScreeningTaskState
from .tiered import ApprovalTier, ReturnReason, TieredApprovalTask, TieredTaskState, Told

__all__ = [
    "ActKind",
    "ApprovalLimits",
    "ApprovalRoute",
    "ApprovalTier",
    "BulkApproval",
    "BulkItem",
    "Fingerprint",
    "Outcome",
    "OutsideComment",
    "OutsideLink",
    "Proposal",
    "ProposalState",
    "ReturnReason",
    "SavedQueue",
    "ScreeningTask",
    "ScreeningTaskState",
    "TierAct",
    "TieredApprovalTask",
    "TieredTaskState",
    "Told",
]
