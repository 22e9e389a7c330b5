"""What everybody may see: live, under no view restriction, and for files: used by such a page."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, get_page_models

from .redirected import withdrawn_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model


def unrestricted(pages: QuerySet, restricted: Iterable[str]) -> QuerySet:
    """Keep the pages that stand under none of some tree paths."""
    for path in restricted:
        pages = pages.exclude(path__startswith=path)
    return pages


class PublicView:
    """What the public sees during one request; the restrictions are asked for once."""

    @cached_property
    def restricted(self) -> tuple[str, ...]:
        """Return the tree paths with a restriction; it holds for all that stands below."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def pages(self, model: type[Page] = Page) -> QuerySet:
        """Return the pages of a type that everybody may see."""
        # Wagtail's own bare pages (the root, the welcome page) are no content of ours.
        types = ContentType.objects.get_for_models(*(each for each in get_page_models() if each is not Page))
        return self.unrestricted(
            model._default_manager.filter(live=True, content_type__in=[each.pk for each in types.values()])
        )

    def unrestricted(self, pages: QuerySet) -> QuerySet:
        """Keep the pages that stand under no restriction."""
        return unrestricted(pages, self.restricted)

    def files(self, model: type[Model]) -> QuerySet:
        """Return the images or documents that a public page uses."""
        references: Any = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(model),
            base_content_type=ContentType.objects.get_for_model(Page),
        ).annotate(page=Cast("object_id", BigIntegerField()), key=Cast("to_object_id", BigIntegerField()))
        used = references.filter(page__in=self.pages().order_by().values("pk"))
        return model._default_manager.filter(pk__in=used.values("key"))

    def redirects(self) -> QuerySet:
        """Return the redirects to other sites, to public pages, and to what was public once."""
        left = self.unrestricted(withdrawn_pages())
        known = Q(redirect_page__in=self.pages().order_by().values("pk"))
        known |= Q(redirect_page__in=left.order_by().values("pk"))
        return Redirect.objects.filter(known | (Q(redirect_page=None) & ~Q(redirect_link="")))
