"""Service items leave the public and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from accounts.withdrawable import Leaving, WithdrawableMixin, WithdrawalKind
from ledger.changes import announce, gathering, topic_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import Revision

    from accounts.withdrawable import Withdrawn


class WithdrawableItemMixin(WithdrawableMixin):
    """A service item. Its row in the side table stands while it is not public, and only then."""

    pk: Any

    @property
    def withdrawal(self) -> Withdrawn | None:
        """Return how it, or the item it translates, left the public."""
        if self.live:
            return None
        rows = _rows_of(type(self)).filter(item__translation_key=self.translation_key)  # type: ignore[attr-defined]
        found: Withdrawn | None = rows.select_related("withdrawn_by", "withdrawn_to", "withdrawn_revision").first()
        return found

    def leave_public(self, leaving: Leaving, user: Any = None) -> dict[str, Any]:
        """Leave, and write down how."""
        memory = {"last_published_at": self._published_at()}
        self.unpublish(log_action=False)
        self._note(leaving)
        return memory

    def return_to_public(self, revision: Revision, memory: dict[str, Any], user: Any = None) -> None:
        """Publish the version again, with the date it had."""
        revision.publish(user=user, changed=False, skip_permission_checks=True)
        model: Any = type(self)
        model._default_manager.filter(pk=self.pk).update(last_published_at=memory.get("last_published_at"))
        announce(topics=[topic_of(model, self.pk)])

    def unpublish(self, set_expired: bool = False, *args: Any, **kwargs: Any) -> None:
        """Leave the public on whatever path: the address always has an answer."""
        stock: Any = super()
        with gathering():
            was_live = self.live
            stock.unpublish(set_expired, *args, **kwargs)
            if was_live:
                self._note(Leaving(WithdrawalKind.EXPIRED if set_expired else WithdrawalKind.GONE))

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish in one transaction; what is public again was not withdrawn."""
        stock: Any = super()
        with gathering():
            answer = stock.publish(*args, **kwargs)
            _rows_of(type(self)).filter(item=self.pk, item__live=True).delete()
            return answer

    def _published_at(self) -> str | None:
        at = getattr(self, "last_published_at", None)
        return at.isoformat() if at else None

    def _note(self, leaving: Leaving) -> None:
        """Write down how a source left; a translation has no row: its readers are led to the source."""
        item: Any = self
        if item.locale.language_code != settings.LANGUAGE_CODE:
            return
        rows = _rows_of(type(self))
        row = rows.filter(item=self.pk).first() or rows.model(item_id=self.pk)
        row.note_leaving(leaving, timezone.now())
        row.save()


def readable_item(row: Withdrawn) -> Any:
    """Return the version that was public; nothing is got done through what was withdrawn."""
    assert row.withdrawn_revision is not None  # noqa: S101 (for the type checker; who calls has asked)
    item = row.withdrawn_revision.as_object()
    item.link = ""
    return item


def _rows_of(model: Any) -> QuerySet[Any]:
    """Return the side table, which stands on the model whose mixin this is."""
    found: QuerySet[Any] = model._meta.get_field("withdrawal_row").related_model._default_manager.all()
    return found
