"""Hooks of the roof."""

from workflows.outside import hooks as outside_hooks  # noqa: F401 (registers)
from workflows.sheet import hooks as sheet_hooks  # noqa: F401 (registers)

from .audit import hooks as audit_hooks  # noqa: F401 (registers)
from .countersigning import hooks as countersigning_hooks  # noqa: F401 (registers)
from .desk import hooks as desk_hooks  # noqa: F401 (registers)
from .editing import hooks as editing_hooks  # noqa: F401 (registers)
from .front_preview import hooks as front_preview_hooks  # noqa: F401 (registers)
from .inbox import hooks as inbox_hooks  # noqa: F401 (registers)
from .languages import hooks as languages_hooks  # noqa: F401 (registers)
from .languages import listing as languages_listing  # noqa: F401 (registers)
from .people import hooks as people_hooks  # noqa: F401 (registers)
from .sign_in import hooks as sign_in_hooks  # noqa: F401 (registers)
from .subscriptions import hooks as subscriptions_hooks  # noqa: F401 (registers)
from .tokens import hooks as tokens_hooks  # noqa: F401 (registers)
from .webhooks import hooks as webhooks_hooks  # noqa: F401 (registers)
from .words import hooks as words_hooks  # noqa: F401 (registers)
