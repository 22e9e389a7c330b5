"""What the translation editor sends: wagtail-localize asks whose translation it is, but not what is put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation
from wagtail_localize.views import edit_translation as stock

from pages.chosen_files import files_of, strange_files

from .drafts import composed

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = (200, 201)


def _translation(number: int) -> Translation:
    """Find a translation whose copy still stands; wagtail-localize fails where it does not."""
    translation: Translation = get_object_or_404(Translation, pk=number)
    try:
        translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return translation


def standing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 for a translation whose copy was deleted."""

    def ask(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        _translation(translation_id)
        return view(request, translation_id, *args, **kwargs)

    return ask


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Keep the translation of one string."""
    _translation(translation_id)
    try:
        answer: HttpResponse = stock.edit_string_translation(request, translation_id, string_segment_id)
    except MultiValueDictKeyError:
        return _refused(_("缺少译文。"))
    return answer


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
    """Keep another image, file or link for the copy, where this person might put it on a page too."""
    translation = _translation(translation_id)
    try:
        with transaction.atomic():
            answer: HttpResponse = stock.edit_override(request, translation_id, overridable_segment_id)
            if request.method == "PUT" and answer.status_code in WRITTEN:
                _look_at(translation, overridable_segment_id, request.user)
    except MultiValueDictKeyError:
        return _refused(_("缺少要换上的内容。"))
    except ValidationError as error:
        return _refused(*error.messages)
    return answer


def _look_at(translation: Translation, segment: int, user: Any) -> None:
    """Compose the copy with what was written just now. Raises ValidationError; the transaction takes it back."""
    context = OverridableSegment.objects.get(pk=segment).context
    value = SegmentOverride.objects.get(context=context, locale=translation.target_locale).data
    if "\x00" in value or check_url(value) is None:
        raise ValidationError(_("不接受这个链接。"))
    try:
        with transaction.atomic():
            files = files_of(composed(translation))
    except (ValueError, OverflowError, AttributeError, DataError) as error:
        raise ValidationError(_("找不到要换上的内容。")) from error
    if user.is_superuser:
        return
    kept = files_of(translation.source.get_source_instance()) | files_of(translation.get_target_instance())
    if reasons := list(strange_files(user, files - kept)):
        raise ValidationError(reasons)


def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take over the strings of a file for translators."""
    _translation(translation_id)
    try:
        answer: HttpResponse = stock.upload_pofile(request, translation_id)
    except KeyError:
        # No file was sent, or one that does not say which translation it is for.
        messages.error(request, _("请上传从这份译文下载的 PO 文件。"))
        return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
    return answer


def _refused(*reasons: str) -> HttpResponse:
    return JsonResponse({"value": list(reasons)}, status=400)
