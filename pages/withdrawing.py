"""Pages leave the public and come back; their old address answers for ever.

What is written down of it, and what is answered, registers itself later (`pages.withdrawal_rows`,
`pages.presentation.withdrawn`): both read the models that stand on this mixin.
"""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from accounts.withdrawable import Leaving, WithdrawableMixin, WithdrawalKind
from ledger.changes import announce

from .identity import is_source, source_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision

    from accounts.withdrawable import Withdrawn


@singledispatch
def note_leaving(page: Any, leaving: Leaving) -> None:
    """Write down how a page left the public."""


@singledispatch
def note_return(page: Any, memory: dict[str, Any]) -> None:
    """Write down that a page is public again, as it was before."""


@singledispatch
def answer_withdrawn(page: Any, request: HttpRequest, row: Withdrawn) -> HttpResponse:
    """Answer under the old address of a page that has left the public."""
    raise Http404


class WithdrawablePageMixin(WithdrawableMixin):
    """A page that can be withdrawn: disclosures, notices, standard pages."""

    @property
    def withdrawal(self) -> Withdrawn | None:
        """Return what the public is told of the page, or of the one it translates."""
        row = self._withdrawal_row(source_of(self)) if not self.live else None
        return row if row is not None and row.withdrawal_kind else None

    def _withdrawal_row(self, source: Any) -> Withdrawn | None:
        found: Withdrawn | None = getattr(source, "withdrawal_row", None)
        return found

    @property
    def withdrawal_kinds(self) -> Collection[str]:
        """A translation alone just leaves: its readers are led to the source."""
        page: Any = self
        return super().withdrawal_kinds if is_source(page) else (WithdrawalKind.GONE,)

    def leave_public(self, leaving: Leaving, user: Any = None) -> dict[str, Any]:
        """Leave with everything that hangs on it: translations, files, pictures."""
        page: Any = self
        at = page.last_published_at
        memory = {"last_published_at": at.isoformat() if at else None, **self._memory()}
        page.unpublish(log_action=False)
        note_leaving(page, leaving)
        return memory

    def _memory(self) -> dict[str, Any]:
        return {}

    def return_to_public(self, revision: Revision, memory: dict[str, Any], user: Any = None) -> None:
        """Publish the version again, with the date it had."""
        page: Any = self
        revision.publish(user=user, changed=False, skip_permission_checks=True)
        at = memory.get("last_published_at")
        if at:
            Page.objects.filter(pk=page.pk).update(last_published_at=datetime.fromisoformat(at))
            announce(page)
        note_return(page, memory)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Keep the address of a source that was public once."""
        page: Any = self
        if not path_components and not self.live and is_source(page) and self.withdrawal is not None:
            return RouteResult(page)
        stock: Any = super()
        return stock.route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer what the withdrawal says. A preview shows the draft."""
        is_preview = getattr(request, "is_preview", False)
        row = None if self.live or is_preview else self.withdrawal
        if row is not None:
            return answer_withdrawn(self, request, row)
        stock: Any = super()
        return stock.serve(request, *args, **kwargs)
