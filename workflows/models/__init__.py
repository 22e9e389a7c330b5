"""What the approval keeps: tasks, their states, and which workflow serves what."""

from .acts import ActKind, TierAct
from .bulk import BulkApproval, BulkItem, Outcome
from .bundle import Bundle, BundleMember, BundleState
from .contributor import Contributor
from .fingerprint import Fingerprint
from .limits import ApprovalLimits
from .outside import OutsideComment, OutsideLink
from .proposal import Proposal, ProposalState
from .review import Review, ReviewState
from .route import ApprovalRoute
from .saved import SavedQueue
from .schedule import ScheduledPublication, ScheduleState
from .screening import ScreeningTask, ScreeningTaskState
from .subject import about, rows_about
from .tiered import ApprovalTier, ReturnReason, TieredApprovalTask, TieredTaskState, Told
from .withdrawal import Withdrawal, WithdrawalState

__all__ = [
    "ActKind",
    "ApprovalLimits",
    "ApprovalRoute",
    "ApprovalTier",
    "BulkApproval",
    "BulkItem",
    "Bundle",
    "BundleMember",
    "BundleState",
    "Contributor",
    "Fingerprint",
    "Outcome",
    "OutsideComment",
    "OutsideLink",
    "Proposal",
    "ProposalState",
    "ReturnReason",
    "Review",
    "ReviewState",
    "SavedQueue",
    "ScheduleState",
    "ScheduledPublication",
    "ScreeningTask",
    "ScreeningTaskState",
    "TierAct",
    "TieredApprovalTask",
    "TieredTaskState",
    "Told",
    "Withdrawal",
    "WithdrawalState",
    "about",
    "rows_about",
]
