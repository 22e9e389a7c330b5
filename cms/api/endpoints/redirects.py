"""Redirects: where what used to stand under an address is found now, or that it is gone, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from wagtail.contrib.redirects.models import Redirect

from accounts.withdrawable import WITH_TARGET, WithdrawalKind
from blocks.links import absolute_url, page_address

from ..backends import LocaleBackend, OrderBackend
from ..filters import FilterBackend, ReadFilterSet, since, text_filter, until
from ..redirected import last_words
from ..serializers import Address, PageRef, ReadSerializer
from ..values import Moment
from ..views import ReadViewSet
from ..withdrawn import WithdrawalShape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    Context = Mapping[str, Any]

PERMANENT, TEMPORARY, GONE = 301, 302, 410


class RedirectFilters(ReadFilterSet):
    """From where, since when."""

    old_path = text_filter(_("原来的路径，例如 /old"))
    created_after = since(Moment, _("建立时间不早于"), "created_at")
    created_before = until(Moment, _("建立时间早于"), "created_at")


class RedirectWithdrawal(WithdrawalShape):
    """How the page it leads to left the public; null while it is public."""

    # Whether everybody may read the target has been asked for all rows together.
    to = Address(
        lambda row, context: page_address(row.withdrawn_to, context) if row.withdrawn_to else None,
        allow_null=True,
        help_text=_("转到或替代它的页面。"),
    )


def old_address(row: Redirect, context: Context) -> str:
    """Return the address that leads on."""
    root = row.site.root_url if row.site else ""
    path = quote(row.old_path, safe="/?&=;%:@+,$!*'()~#")
    return f"{root}{path}" if root else absolute_url(path, context)


def new_address(row: Any, context: Context) -> str | None:
    """Return where it leads; None where the page has left the public without leaving anything to read."""
    page, withdrawal = row.redirect_page, row.withdrawal
    if page is None:
        return absolute_url(row.redirect_link, context)
    if withdrawal is not None:
        return _left_address(page, withdrawal, context)
    address, route = page_address(page, context), row.redirect_page_route_path
    return f"{address.rstrip('/')}{route}" if address and route else address or None


def _left_address(page: Any, withdrawal: Any, context: Context) -> str | None:
    target = withdrawal.withdrawn_to if withdrawal.withdrawal_kind in WITH_TARGET else None
    if target is not None and target.live:
        return page_address(target, context) or None
    keeps_text = withdrawal.withdrawal_kind == WithdrawalKind.NOTICE and withdrawal.withdrawn_revision_id is not None
    return (page_address(page, context) or None) if keeps_text else None


class RedirectSerializer(ReadSerializer):
    """A redirect."""

    from_url = Address(old_address, help_text=_("原来的地址。"))
    to_url = Address(new_address, allow_null=True, help_text=_("现在的地址；已不再公开的为 null。"))
    status = serializers.SerializerMethodField()
    is_permanent = serializers.BooleanField(help_text=_("永久的答复 301，临时的答复 302。"))
    page = PageRef(allow_null=True, help_text=_("指向的公开页面；指向别处的、已撤下的为 null。"))
    page_withdrawal = RedirectWithdrawal(
        source="withdrawal", allow_null=True, help_text=_("指向的页面怎样撤下；公开中的为 null。")
    )
    created_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field({"type": "integer", "enum": [PERMANENT, TEMPORARY, GONE]})
    def get_status(self, row: Any) -> int:
        """Return what to answer under the old address."""
        if new_address(row, self.context) is None:
            return GONE
        return PERMANENT if row.is_permanent else TEMPORARY


class RedirectsAPIViewSet(ReadViewSet):
    """The redirects."""

    endpoint = "redirects"
    named = _("跳转")
    about = _(
        "跳转：原来的地址现在到哪里（301 永久、302 临时），或者已不再公开（410，withdrawal 写明原因）。"
        "只列指向公开页面、曾经公开的页面和外部地址的。"
    )
    model = Redirect
    base_serializer_class = RedirectSerializer
    filterset_class = RedirectFilters
    filter_backends: ClassVar[list] = [LocaleBackend, FilterBackend, OrderBackend]
    body_fields: ClassVar[list[str]] = [
        "id",
        "old_path",
        "from_url",
        "to_url",
        "status",
        "is_permanent",
        "page",
        "page_withdrawal",
        "created_at",
    ]
    meta_fields: ClassVar[list[str]] = ["type", "detail_url"]
    orderings: ClassVar[dict[str, str]] = {"id": "pk", "old_path": "old_path", "created_at": "created_at"}
    joined: ClassVar[tuple[str, ...]] = ("site", "redirect_page__locale")

    def get_queryset(self) -> QuerySet:
        """Return those whose end everybody may know."""
        return self.public.redirects()

    def place_of(self, row: Redirect) -> None:
        """Return none: it stands nowhere in the tree."""
        return

    def _shown(self, rows: Sequence[Any], default: set[str]) -> Any:
        left = last_words([row.redirect_page for row in rows if row.redirect_page and not row.redirect_page.live])
        targets = [word.withdrawn_to_id for word in left.values() if word.withdrawn_to_id]
        public = set(self.public.pages().filter(pk__in=targets).values_list("pk", flat=True)) if targets else set()
        for row in rows:
            row.withdrawal = left.get(row.redirect_page_id)
            if row.withdrawal is not None and row.withdrawal.withdrawn_to_id not in public:
                row.withdrawal.withdrawn_to = None
            row.page = row.redirect_page if row.redirect_page and row.redirect_page.live else None
        return super()._shown(rows, default)
