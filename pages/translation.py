"""A page in another language: copied from its source, as a draft, and approved like everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from snippets.wording import same_in_every_language

from .identity import is_source, source_locale_id, source_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wagtail.models import Locale
    from wagtail_localize.fields import BaseTranslatableField


def newer_source(copy: Page) -> Page | None:
    """Return the source of a translation where it was published after the translation, or after what was translated."""
    taken = TranslationSource.objects.filter(object_id=OuterRef("translation_key"), locale=OuterRef("locale"))
    sources = Page.objects.filter(translation_key=copy.translation_key, locale_id=source_locale_id(), live=True)
    translated = sources.annotate(translated_at=Subquery(taken.values("last_updated_at")[:1]))
    later = Q(last_published_at__gt=copy.last_published_at) | Q(last_published_at__gt=F("translated_at"))
    found: Page | None = translated.filter(later).first() if copy.last_published_at else None
    return found


class TranslationMixin:
    """What wagtail-localize does with a page of ours."""

    # Text is translated by default. Subclasses add what is no text.
    override_translatable_fields: ClassVar[list[BaseTranslatableField]] = same_in_every_language("slug")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Offer new pages in the source language only; the others are made by translating."""
        stock: Any = super()
        return bool(is_source(parent) and stock.can_create_at(parent))

    def clean(self) -> None:
        """Refuse a page that is a translation of nothing: rows, register and approval hang on the source."""
        stock: Any = super()
        stock.clean()
        page: Any = self
        if page.locale_id and not is_source(page) and source_of(page) is page:
            raise ValidationError(_("外文页面须由中文页面翻译而来，不能单独新建。"))

    def copy_for_translation(
        self,
        locale: Locale,
        copy_parents: bool = False,
        alias: bool = False,
        exclude_fields: Sequence[str] | None = None,
    ) -> Page:
        """Copy as a draft, untranslated ancestors too: Wagtail's aliases of live pages would be public at once."""
        stock: Any = super()
        copy: Page = stock.copy_for_translation(locale, copy_parents=copy_parents, exclude_fields=exclude_fields)
        return copy
