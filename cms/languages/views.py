"""wagtail-localize's views where they ask too little: each asks about the page or item, and none publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from .drafts import NotReadyError, require_source
from .rights import may_translate, within_reach

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


def _refuse_others(user: Any, source: Any) -> None:
    if not may_translate(user, source):
        raise PermissionDenied(_("只有“%(title)s”的编辑员可以翻译它。") % {"title": source})


class SubmitMixin:
    """Submit one page or item for translation, without whatever stands below it."""

    request: HttpRequest
    object: Any

    def get_object(self) -> Any:
        """Find it, for whoever writes it."""
        stock: Any = super()
        found = stock.get_object()
        _refuse_others(self.request.user, found)
        return found

    def get_form(self) -> forms.Form:
        """Offer the languages it is not translated into yet. The subtree is others' and is theirs to translate."""
        stock: Any = super()
        form: forms.Form = stock.get_form()
        form.fields["include_subtree"] = forms.BooleanField(
            required=False, disabled=True, initial=False, widget=forms.HiddenInput
        )
        begun = Translation.objects.filter(source__object_id=self.object.translation_key).values("target_locale")
        live = self.object.get_translations(inclusive=True).filter(live=True).values("locale")
        # A draft copy without a translation is an ancestor of something translated before.
        locales: Any = form.fields["locales"]
        locales.queryset = Locale.objects.exclude(pk__in=begun).exclude(pk__in=live)
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the copies; say what stands in the way."""
        stock: Any = super()
        try:
            with transaction.atomic():
                for locale in form.cleaned_data["locales"]:
                    require_source(self.object, locale)
                answer: HttpResponse = stock.form_valid(form)
        except NotReadyError as error:
            return self._stay(str(error))
        except ObjectDoesNotExist:
            # wagtail-localize swallows the reason why a copy could not be made and looks for it in vain.
            return self._stay(_("“%(title)s”不完整，不能翻译；请先改好中文版。") % {"title": self.object})
        return answer

    def _stay(self, message: str) -> HttpResponse:
        messages.error(self.request, message)
        return HttpResponseRedirect(self.request.get_full_path())


class SubmitPage(SubmitMixin, SubmitPageTranslationView):
    """Submit a page for translation."""


class SubmitItem(SubmitMixin, SubmitSnippetTranslationView):
    """Submit a service item for translation."""


class UpdateTranslations(UpdateTranslationsView):
    """Take over what changed in the source; the translation is submitted like any other text."""

    def get_object(self) -> Any:
        """Find the source, for whoever writes it."""
        found = super().get_object()
        _refuse_others(self.request.user, found.get_source_instance())
        return found

    def get_form(self) -> forms.Form:
        """Leave out “publish immediately”."""
        form: forms.Form = super().get_form()
        form.fields["publish_translations"] = forms.BooleanField(
            required=False, disabled=True, initial=False, widget=forms.HiddenInput
        )
        return form


class TranslationsReport(TranslationsReportView):
    """The state of the translations within one's reach."""

    def get_queryset(self) -> QuerySet[Translation]:
        """List them, the latest first."""
        return within_reach(super().get_queryset(), self.request.user).order_by("-pk")


class ItemsApi(SnippetViewSet):
    """The items one may choose in the translation editor."""

    def get_queryset(self) -> QuerySet[Any]:
        """List only what the person may see."""
        policy = policy_registry.get_by_type(self.get_model())
        found: QuerySet[Any] = policy.instances_user_has_any_permission_for(self.request.user, {"view", "change"})
        return found


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Refuse to turn a translation into an alias: it would show the source's text without approval."""
    messages.error(request, _("外文页面不能改为中文页面的副本：副本不经审核就会公开。需要停用的，请撤回它。"))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page_id]))


def back_to_editor(request: HttpRequest, copy: Any) -> HttpResponse:
    """Return to where the copy is translated."""
    return HttpResponseRedirect(AdminURLFinder(request.user).get_edit_url(copy) or reverse("wagtailadmin_home"))
