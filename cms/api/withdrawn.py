"""What the API answers for a row that has left the public: under a notice, elsewhere, or gone, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from accounts.withdrawable import WITH_TARGET, WithdrawalKind
from blocks.links import page_address

from . import problems
from .openapi import ProblemShape
from .public import PublicView
from .serializers import Address, Shape, detail_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from accounts.withdrawable import Withdrawn

    Context = Mapping[str, Any]

GONE, MOVED = 410, 308


def _target(row: Withdrawn) -> Any:
    """Return the page it leads to, where everybody may read that."""
    target = row.withdrawn_to
    return target if target is not None and PublicView().pages().filter(pk=target.pk).exists() else None


def _target_address(row: Withdrawn, context: Context) -> str | None:
    target = _target(row)
    return page_address(target, context) if target is not None else None


class WithdrawalShape(Shape):
    """How something left the public."""

    kind = serializers.ChoiceField(WithdrawalKind.choices, source="withdrawal_kind")
    kind_label = serializers.CharField(source="get_withdrawal_kind_display")
    reason = serializers.CharField(source="withdrawal_reason", help_text=gettext_lazy("向公众说明的原因。"))
    at = serializers.DateTimeField(source="withdrawn_at", allow_null=True)
    by = serializers.CharField(
        source="withdrawn_by.title",
        default=None,
        allow_null=True,
        help_text=gettext_lazy("作出撤下决定的单位；期满自动撤下的为空。"),
    )
    to = Address(_target_address, allow_null=True, help_text=gettext_lazy("转到或替代它的页面。"))


class RowWithdrawal(WithdrawalShape):
    """The same of a row; null while it is public, as in every list."""

    def get_attribute(self, row: Any) -> Any:
        """Ask only what is not public."""
        return None if row.live else getattr(row, "withdrawal", None)


class GoneShape(ProblemShape):
    """The answer for what has left the public."""

    withdrawal = WithdrawalShape()


def read_answer(row: Withdrawn, context: Context) -> HttpResponse:
    """Lead to where the withdrawal points, or say that the row is gone."""
    target = _target(row) if row.withdrawal_kind in WITH_TARGET else None
    address = detail_address(target.specific_deferred, context) if target is not None else None
    request = context["request"]
    withdrawal = WithdrawalShape(row, context=dict(context)).data
    if address is None:
        return problems.answer(request, problems.WITHDRAWN, row.withdrawal_reason, withdrawal=withdrawal)
    answer = problems.answer(request, problems.MOVED, _("已转到新的地址，见 Location。"), withdrawal=withdrawal)
    query = request.META.get("QUERY_STRING", "")
    answer["Location"], answer["Cache-Control"] = f"{address}?{query}" if query else address, "no-cache"
    return answer


class WithdrawableRows:
    """Mixin for endpoints whose rows can be withdrawn: they answer for those that were public once."""

    other_answers: ClassVar[dict[int, Any]] = {MOVED: GoneShape, GONE: GoneShape}

    def withdrawn_subject(self, pk: int) -> Any:
        """Return the page or item that has left the public; None where there is none."""
        raise NotImplementedError

    def under_notice(self, row: Withdrawn) -> Any:
        """Return the version that stays readable."""
        raise NotImplementedError

    def answer_missing(self, pk: int) -> HttpResponse:
        """Answer for a row that is not public."""
        view: Any = self
        subject = self.withdrawn_subject(pk)
        row = subject.withdrawal if subject is not None else None
        if row is None:
            raise Http404
        if row.withdrawal_kind == WithdrawalKind.NOTICE and row.withdrawn_revision is not None:
            shown: HttpResponse = view.answer_row(self.under_notice(row))
            return shown
        return read_answer(row, view.get_serializer_context())
