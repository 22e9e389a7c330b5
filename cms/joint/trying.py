"""接通测试: ask an address before it is written down, and see what would be shown."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from ledger.events import record

from .asking import Outcome, State, answer_of, question_for
from .blocks import link_of, shown
from .kinds import SourceError, kinds
from .models import LONGEST, OutsideSource

LONGEST_QUERY = 100


class TryForm(forms.Form):
    """What is asked."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    address = forms.CharField(label=gettext_lazy("地址"), max_length=500)
    words = forms.CharField(label=gettext_lazy("搜索词"), max_length=LONGEST_QUERY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(each.code, str(each.title)) for each in kinds().values()]
        self.fields["address"].help_text = "\n".join(f"{each.title}：{each.about}" for each in kinds().values())
        for each in self.fields.values():
            each.widget.attrs["class"] = "input"

    def clean(self) -> dict[str, Any]:
        """Refuse an address that its kind cannot ask."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "kind" in cleaned and "address" in cleaned:
            try:
                kinds()[cleaned["kind"]].check(cleaned["address"])
            except ValueError as error:
                raise ValidationError({"address": str(error)}) from error
        return cleaned

    @property
    def source(self) -> OutsideSource:
        """Return what is asked, unsaved."""
        return OutsideSource(kind=self.cleaned_data["kind"], address=self.cleaned_data["address"], deadline=LONGEST)


def keeps_the_sources(user: Any) -> bool:
    """Does this person keep the list of sources?"""
    return bool(policy_registry.get_by_type(OutsideSource).user_has_permission(user, "change"))


class TryView(WagtailAdminTemplateMixin, FormView):
    """The form, and below it what came back."""

    template_name = "joint/try.html"
    form_class = TryForm
    page_title = gettext_lazy("接通测试")
    header_icon = "search"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in who keeps the sources."""
        if not keeps_the_sources(request.user):
            raise PermissionDenied
        stock: Any = super()
        return stock.dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Take over what a row of the list says."""
        return {name: self.request.GET.get(name, "")[:500] for name in ("kind", "address")}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: TryForm) -> HttpResponse:
        """Ask, record that it was asked, and show what came of it."""
        outcome, milliseconds = tried(form.source, form.cleaned_data["words"])
        facts = {"host": urlsplit(form.source.address).hostname, "source_kind": form.source.kind}
        record("joint.tried", actor=self.request.user, outcome=outcome["state"], **facts)
        return self.render_to_response(self.get_context_data(form=form, outcome=outcome, milliseconds=milliseconds))


def tried(source: OutsideSource, words: str) -> tuple[dict[str, Any], int]:
    """Ask a source once, past all that is kept of it; return what came of it, and how long it took."""
    language, begun = "zh-hans", time.monotonic()
    if not source.source_kind or source.source_kind.ask is None:
        return {"state": "link", "link": link_of(source, words, language)}, 0
    try:
        outcome = shown(Outcome(State.ANSWERED, answer_of(source, question_for(source, words, language))))
    except SourceError as error:
        outcome = {"state": State.SILENT.value, "why": error.why}
    return outcome, round((time.monotonic() - begun) * 1_000)
