"""The English of the sample: the portal and its standard pages, one organisation of each kind, live service items.

Made the way a translator makes it, through wagtail-localize: submitted, string by string, saved as a draft; only the
approval is skipped, as for the Chinese sample.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib
from django.conf import settings
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.city import packs
from cms.languages.drafts import translate_strings
from pages.models import IndustryPage, NoticeIndexPage, OrganisationPage, ServiceIndexPage, StandardPage
from snippets.models import ServiceItem

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "en"
WORDS = Path(__file__).parent / "english.po"
# File of the pack → the column with the Chinese name.
NAMED = {"units.csv": "name", "service_items.csv": "name_zh"}
INTRODUCTION = re.compile(r"(.+)的示例介绍：服务谁、负责什么。")


def add_english(places: dict[str, Any]) -> int:
    """Translate what is not translated yet; return how many translations were added."""
    locale, _made = Locale.objects.get_or_create(language_code=ENGLISH)
    words = _words()
    # From the portal downwards, so that every copy stands below a translated one.
    waiting = [source for source in _sources(places) if not _is_translated(source, locale)]
    for source in waiting:
        _translate(source, locale, words)
    return len(waiting)


def _sources(places: dict[str, Any]) -> Iterator[Any]:
    """Yield the pages by their place in the tree, then the service items that are public."""
    # Read anew: a chain remembers its pages as they were before they got their profiles.
    chains = {page.pk for place in places.values() for page in place.chain}
    yield from OrganisationPage.objects.filter(pk__in=chains).order_by("path").specific()
    portal = places["portal"]
    for model in (StandardPage, ServiceIndexPage, NoticeIndexPage):
        yield from model.objects.child_of(portal).live().order_by("path")
    sectors = IndustryPage.objects.child_of(portal).live().filter(industry__parent=None)
    yield from sectors.select_related("industry").order_by("path")
    yield from ServiceItem.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE).order_by("code")


def _is_translated(source: Any, locale: Locale) -> bool:
    return bool(source.get_translations().filter(locale=locale, live=True).exists())


def _translate(source: Any, locale: Locale, words: dict[str, str]) -> None:
    kept, _made = TranslationSource.get_or_create_from_instance(source)
    translation, _made = Translation.objects.get_or_create(source=kept, target_locale=locale)
    texts = kept.stringsegment_set.values_list("string__data", flat=True)
    translate_strings(translation, {text: _english(text, source, words) for text in texts})
    # Nothing is live yet, so that wagtail-localize's own way of saving a draft does no harm, and is the cheapest.
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish(skip_permission_checks=True)


def _english(text: str, source: Any, words: dict[str, str]) -> str:
    """Return a string in English; what nobody translated stays Chinese."""
    if isinstance(source, IndustryPage):
        industry = source.industry
        return {source.title: industry.title_en, source.introduction: industry.summary_en}.get(text) or text
    if introduced := INTRODUCTION.fullmatch(text):
        name = words.get(introduced[1], introduced[1])
        return f"{name}: a sample introduction, whom it serves and what it is responsible for."
    return words.get(text, text)


def _words() -> dict[str, str]:
    """Return what the sample says, and the names of the pack."""
    words = {entry.msgid: entry.msgstr for entry in polib.pofile(str(WORDS))}
    for file, column in NAMED.items():
        with (packs.SAMPLE / file).open(encoding="utf-8", newline="") as rows:
            words |= {row[column]: row["name_en"] for row in csv.DictReader(rows)}
    return words
