"""What a page allows, asked by Wagtail's views, actions and API alike."""

from __future__ import annotations

from wagtail.models.pages import PagePermissionTester


class NobodyPublishes(PagePermissionTester):
    """Publishing is the finishing act of an approval: superusers, to whom Wagtail allows everything, do not either.

    Privacy goes with it (it hides and shows a whole subtree at once, outside of revisions). Taking back what is
    scheduled stays open to superusers: it makes nothing public.
    """

    def can_publish(self) -> bool:
        """Nobody."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nobody: neither a new page, nor a copy or an alias that is public at once."""
        return False

    def can_unschedule(self) -> bool:
        """Only the operator."""
        return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)
