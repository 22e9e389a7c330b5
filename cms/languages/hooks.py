"""Hooks of the translations; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail_localize.views import edit_translation

from accounts.authority import governs
from cms.desk.work import ANSWERING
from pages.identity import is_source
from pages.models import OrganisationPage

from . import editor, views
from .drafts import NotReadyError, submit, translation_of
from .rights import may_edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

CONVERT_TO_ALIAS = "localize-convert-to-alias"
# What the translation editor posts when the text is ready. Nobody publishes: both submit.
READY = {"publish", "submit"}
TRANSLATION = "localize/translate/<int:translation_id>/"
ITEMS = "localize/api/snippets/<slug:app_label>/<slug:model_name>/"


@hooks.register("register_admin_urls", order=-10)
def guarded_urls() -> list[Any]:
    """Resolve before wagtail-localize's own; `reverse` finds the same addresses."""
    return [
        path("languages/", include("cms.languages.matrix_views")),
        path("localize/submit/page/<int:page_id>/", views.SubmitPage.as_view()),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", views.SubmitItem.as_view()),
        path("localize/update/<int:translation_source_id>/", views.UpdateTranslations.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_alias),
        path("localize/reports/translations/", views.TranslationsReport.as_view()),
        path("localize/reports/translations/results/", views.TranslationsReport.as_view(results_only=True)),
        path(f"{TRANSLATION}strings/<int:string_segment_id>/edit/", editor.edit_string),
        path(f"{TRANSLATION}overrides/<int:overridable_segment_id>/edit/", editor.edit_override),
        path(f"{TRANSLATION}pofile/download/", editor.standing(edit_translation.download_pofile)),
        path(f"{TRANSLATION}pofile/upload/", editor.upload_pofile),
        path(f"{TRANSLATION}preview/", editor.standing(edit_translation.preview_translation)),
        path(f"{TRANSLATION}preview/<str:mode>/", editor.standing(edit_translation.preview_translation)),
        path(f"{TRANSLATION}disable/", editor.standing(edit_translation.stop_translation)),
        path(ITEMS, views.ItemsApi.as_view({"get": "list"})),
        path(f"{ITEMS}<str:pk>/", views.ItemsApi.as_view({"get": "retrieve"})),
    ]


@hooks.register("register_page_header_buttons")
def to_the_matrix(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from an organisation to how far its translation has come."""
    is_organisation = issubclass(page.specific_class or Page, OrganisationPage) and is_source(page)
    if is_organisation and (user.is_superuser or governs(user, page, ANSWERING)):
        url = reverse("languages:matrix", args=[page.pk])
        yield Button(_("译文情况"), url, icon_name="wagtail-localize-language", priority=61)


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def submit_translation(request: HttpRequest, copy: Any) -> HttpResponse | None:
    """Submit a translation for approval where wagtail-localize would publish it."""
    translation = translation_of(copy) if hasattr(copy, "translation_key") else None
    if translation is None:
        return None
    # Wagtail asks this hook before it asks for the permission to edit a snippet.
    if not may_edit(request.user, copy):
        raise PermissionDenied
    if request.method != "POST" or request.POST.get("action") not in READY:
        return None
    try:
        submit(translation, request.user)
        messages.success(request, _("译文已提交审核；批准后公开。"))
    except NotReadyError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, _("译文没有提交：%(reasons)s") % {"reasons": _reasons(copy, error)})
    return views.back_to_editor(request, copy)


def _reasons(copy: Any, error: ValidationError) -> str:
    """Name the fields whose translation does not fit."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    labels = {field.name: field.verbose_name for field in copy._meta.fields}
    return " ".join(
        f"{labels.get(name, name)}：{message}" for name, found in error.message_dict.items() for message in found
    )


@hooks.register("construct_page_action_menu")
def no_alias(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Leave out what `views.refuse_alias` refuses."""
    menu_items[:] = [item for item in menu_items if item.name != CONVERT_TO_ALIAS]
