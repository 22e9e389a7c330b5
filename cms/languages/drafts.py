"""A translation as a draft of its copy, and its way into approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from accounts.one_at_a_time import hold

if TYPE_CHECKING:
    from wagtail.models import Locale, Revision

PORTAL_DEPTH = 2


class NotReadyError(Exception):
    """Why something cannot be translated or submitted now, in a sentence."""


def translation_of(copy: Any) -> Translation | None:
    """Return the translation that is kept for a copy in another language."""
    found = Translation.objects.filter(source__object_id=copy.translation_key, target_locale=copy.locale_id)
    translation: Translation | None = found.filter(enabled=True).select_related("source", "target_locale").first()
    return translation


def require_source(source: Any, locale: Locale) -> None:
    """Refuse to translate what is not public itself, and pages of a portal that does not speak the language yet.

    Raises NotReadyError.
    """
    if not source.live:
        raise NotReadyError(_("“%(title)s”的中文版尚未公开；请先公开中文版，再译成外文。") % {"title": source})
    if not isinstance(source, Page) or source.depth <= PORTAL_DEPTH:
        return
    portal = source.get_ancestors().get(depth=PORTAL_DEPTH)
    if not portal.get_translations().filter(locale=locale, live=True).exists():
        # Wagtail leads into the tree of a language through its live portal only.
        raise NotReadyError(_("首页还没有公开的%(language)s版；请先翻译首页。") % {"language": locale})


def composed(translation: Translation) -> Any:
    """Return the copy with the strings as they are now, not saved; Chinese where a string is not translated.

    Raises ValidationError where an image or file that the translation put in is gone.
    """
    try:
        return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    except ObjectDoesNotExist as error:
        raise ValidationError(_("找不到译文换上的图片或文件，请另选。")) from error


@transaction.atomic
def save_draft(translation: Translation, user: Any = None) -> Revision:
    """Write the strings as they are now into a new draft of the copy; what is public stays as it is.

    wagtail-localize's own `save_target` writes into the live row first. Raises ValidationError where a translated
    text does not fit its field.
    """
    copy = composed(translation)
    if isinstance(copy, Page):
        copy.slug = find_available_slug(copy.get_parent(), copy.slug, ignore_page_id=copy.pk)
        _check_rows(copy)
    revision: Revision = copy.save_revision(user=user, log_action=True)
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    return revision


def _check_rows(page: Page) -> None:
    """Refuse texts that do not fit a row of the page; Wagtail checks rows in its forms only."""
    for relation in get_all_child_relations(page):
        for row in getattr(page, relation.get_accessor_name()).all():
            try:
                row.clean_fields(exclude={relation.field.name})
            except ValidationError as error:
                raise ValidationError([f"{row}：{' '.join(error.messages)}"]) from error


@transaction.atomic
def submit(translation: Translation, user: Any) -> None:
    """Save the draft and submit it to those who approve the source. Raises NotReadyError, ValidationError."""
    copy = translation.get_target_instance()
    hold((type(copy), copy.pk))
    if copy.workflow_in_progress:
        raise NotReadyError(_("“%(title)s”正在审核中；由提交人撤回或审核员退回之后才能再提交。") % {"title": copy})
    require_source(translation.source.get_source_instance(), translation.target_locale)
    save_draft(translation, user)
    copy = translation.get_target_instance()
    if state := copy.current_workflow_state:
        state.resume(user)
    else:
        copy.submit_for_approval(user)


def translate_strings(translation: Translation, words: dict[str, str]) -> list[str]:
    """Keep the translations of the strings that `words` knows; return the strings it lacks."""
    missing = []
    for segment in translation.source.stringsegment_set.select_related("string").order_by("order"):
        text = words.get(segment.string.data)
        if text is None:
            missing.append(segment.string.data)
            continue
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            locale_id=translation.target_locale_id,
            context_id=segment.context_id,
            defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL, "has_error": False},
        )
    return missing
