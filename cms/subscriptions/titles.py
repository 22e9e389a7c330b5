"""What news are called in the language of a subscription: as it is translated, else in Chinese, and marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

if TYPE_CHECKING:
    from collections.abc import Sequence


class Titles:
    """The titles of some records and their publishers, in the language that is spoken. At home no query, else one."""

    def __init__(self, records: Sequence[Any]) -> None:
        self.is_home = get_language() == settings.LANGUAGE_CODE
        self.found = {} if self.is_home or not records else _translations(records)

    def of(self, record: Any) -> str:
        """Return the title; one that is Chinese says so abroad."""
        if self.is_home or not record.page_id:
            return str(record.title)
        translated = self.found.get(record.page.translation_key)
        return translated or _("%(title)s（中文）") % {"title": record.title}

    def publisher(self, record: Any) -> str:
        """Return the name of who published it."""
        organisation = record.organisation
        return self.found.get(organisation.translation_key) or str(organisation.title)


def _translations(records: Sequence[Any]) -> dict[Any, str]:
    pages = [page for record in records for page in (record.page, record.organisation) if page is not None]
    keys = {page.translation_key for page in pages}
    live = Page.objects.filter(translation_key__in=keys, locale__language_code=get_language(), live=True, alias_of=None)
    return dict(live.values_list("translation_key", "title"))
