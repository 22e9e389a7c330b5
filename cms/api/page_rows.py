"""What all endpoints of pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from pages.models import BasePage, OrganisationPage
from pages.presentation.withdrawn import readable
from pages.withdrawing import WithdrawablePageMixin

from .filters import ReadFilterSet, since, until
from .serializers import PageSerializer
from .values import Moment
from .views import ReadViewSet
from .withdrawn import WithdrawableRows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from accounts.withdrawable import Withdrawn


class PageViewSet(ReadViewSet):
    """List and detail of pages of one type."""

    base_serializer_class = PageSerializer
    meta_fields: ClassVar[list[str]] = [
        "type",
        "detail_url",
        "html_url",
        "slug",
        "locale",
        "first_published_at",
        "last_published_at",
    ]
    orderings: ClassVar[dict[str, str]] = {
        "id": "pk",
        "title": "title",
        "tree": "path",
        "first_published_at": "first_published_at",
        "last_published_at": "last_published_at",
    }
    default_order: ClassVar[tuple[str, ...]] = ("tree",)
    joined: ClassVar[tuple[str, ...]] = ("locale",)

    def get_queryset(self) -> QuerySet:
        """Return what everybody may see."""
        return self.public.pages(self.model)


class WithdrawablePages(WithdrawableRows):
    """Mixin for endpoints of pages that can be withdrawn."""

    def withdrawn_subject(self, pk: int) -> Any:
        """Return a disclosure, notice or standard page that was public once."""
        view: Any = self
        page = view.public.unrestricted(view.model._default_manager.filter(pk=pk, live=False)).first()
        found = page.specific if page is not None else None
        return found if isinstance(found, WithdrawablePageMixin) else None

    def under_notice(self, row: Withdrawn) -> Any:
        """Return the page without files and pictures."""
        return readable(row)


class PageFilters(ReadFilterSet):
    """When a page was published."""

    published_after = since(Moment, _("首次发布不早于"), "first_published_at")
    published_before = until(Moment, _("首次发布早于"), "first_published_at")
    updated_after = since(Moment, _("最近发布不早于"), "last_published_at")
    updated_before = until(Moment, _("最近发布早于"), "last_published_at")


def page_types(base: type[BasePage]) -> dict[str, type[BasePage]]:
    """Return the page types that editors can make, by the name the API gives them."""
    found = [model for model in apps.get_models() if issubclass(model, base) and model.is_creatable]
    return {model._meta.label: model for model in sorted(found, key=lambda each: str(each._meta.label))}


def type_choices(base: type[BasePage]) -> list[tuple[str, Any]]:
    """Return the page types as choices."""
    return [(label, model._meta.verbose_name) for label, model in page_types(base).items()]


def models_of(levels: Iterable[str]) -> list[type[BasePage]]:
    """Return the page types of organisations at some levels."""
    return [model for model in page_types(OrganisationPage).values() if model.level in levels]


def type_ids(models: Iterable[type[BasePage]]) -> list[int]:
    """Return the content types of page types."""
    return [each.pk for each in ContentType.objects.get_for_models(*models).values()]
