"""A page in another language: copied from its source, as a draft, and approved like everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from snippets.wording import same_in_every_language

from .identity import is_source, source_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wagtail.models import Locale, Page
    from wagtail_localize.fields import BaseTranslatableField


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
