"""What the tests of languages do again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object


def english() -> Locale:
    """Return the English locale."""
    return Locale.objects.get_or_create(language_code="en")[0]


def begin_translation(source: Any) -> Translation:
    """Submit a page or item for translation into English: the copy is a draft."""
    translate_object(source, [english()])
    found: Translation = Translation.objects.get(source__object_id=source.translation_key)
    return found


def translate_strings(translation: Translation, translate: Callable[[str], str] | dict[str, str]) -> list[str]:
    """Translate every string by a function or a table (what it lacks stays); return the Chinese strings."""
    seen = []
    by = translate.get if isinstance(translate, dict) else translate
    for segment in translation.source.stringsegment_set.select_related("string", "context").order_by("order"):
        seen.append(segment.string.data)
        if text := by(segment.string.data):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )
    return seen


def in_english(source: Any, words: dict[str, str] | None = None) -> Any:
    """Make the live English copy of a page; `words` is what differs from the Chinese."""
    translation = begin_translation(source)
    translate_strings(translation, words or {})
    translation.save_target(publish=False)
    copy = translation.get_target_instance()
    copy.get_latest_revision().publish(skip_permission_checks=True)
    copy.refresh_from_db()
    return copy
