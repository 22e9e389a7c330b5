"""What a page allows, asked by Wagtail's views, actions and API alike."""

from __future__ import annotations

from typing import Any

from wagtail.models.pages import PagePermissionTester

from accounts.withdrawable import WithdrawableMixin


class NobodyPublishes(PagePermissionTester):
    """Publishing is the finishing act of an approval: superusers, to whom Wagtail allows everything, do not either.

    Privacy goes with it (it hides and shows a whole subtree at once, outside of revisions); so do deleting and moving
    what is public. Taking back what is scheduled stays open to superusers: it makes nothing public.
    """

    def can_publish(self) -> bool:
        """Nobody."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nobody: neither a new page, nor a copy or an alias that is public at once."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody deletes what is public, or what has something public below it: it is withdrawn first."""
        public = self.page.get_descendants(inclusive=True).live().exists()
        return bool(not public and super().can_delete(ignore_bulk=ignore_bulk))

    def can_move(self) -> bool:
        """Move a draft as one deletes it; only the operator moves an organisation, with all that is public in it.

        A public record stays where it is: at another office it would be that office's word.
        """
        if hasattr(self.page.specific_class, "tier_at"):
            return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)
        return self.can_delete(ignore_bulk=True)

    def can_move_to(self, destination: Any) -> bool:
        """Wagtail asks only this where it moves by API."""
        return bool(self.can_move() and super().can_move_to(destination))

    def can_unpublish(self) -> bool:
        """What can be withdrawn leaves the public by a withdrawal alone: with a reason, and reviewed."""
        return not issubclass(self.page.specific_class, WithdrawableMixin) and super().can_unpublish()

    def can_unschedule(self) -> bool:
        """Only the operator."""
        return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)
