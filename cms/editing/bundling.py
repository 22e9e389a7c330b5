"""Submit several drafts as one bundle: published together or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState, get_default_page_content_type

from accounts.responsibility import is_unfinished
from pages.checklist import blocking_gaps
from pages.models import DisclosurePage, NoticePage
from workflows.bundles import FEWEST, MOST, submit_bundle
from workflows.queue import organisations_at

from ..desk.tool import OrganisationToolView
from .reach import organisation_to_fill

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

# The latest of so many drafts are offered.
SHOWN = 200
# More would fill the screen; the next try tells the rest.
MOST_LINES = 10


class BundleForm(forms.Form):
    """Which drafts, under which name, and why together."""

    title = forms.CharField(label=gettext_lazy("批次名称"), max_length=100)
    reason = forms.CharField(
        label=gettext_lazy("为什么要一起公开"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("审核员能看到，例如：同一次调价的价格、依据和办理指南须同时生效。"),
    )
    drafts = forms.MultipleChoiceField(
        label=gettext_lazy("草稿"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选择草稿。")},
    )

    def __init__(self, *args: Any, drafts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["drafts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(str(draft.pk), draft.bundle_label) for draft in drafts]
        for name in ("title", "reason"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean_drafts(self) -> list[str]:
        """Ask for as many as a bundle has."""
        chosen: list[str] = self.cleaned_data["drafts"]
        if not FEWEST <= len(chosen) <= MOST:
            raise ValidationError(_("一个批次须有 %(fewest)d 到 %(most)d 件。") % {"fewest": FEWEST, "most": MOST})
        return chosen


def drafts_below(organisation: Any) -> list[Any]:
    """Return the latest drafts of an organisation and those below it that are not in review. Three queries."""
    in_review = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    found = []
    for model in (DisclosurePage, NoticePage):
        drafts = model.objects.descendant_of(organisation).filter(
            is_unfinished(), ~Exists(in_review), has_unpublished_changes=True
        )
        found += list(drafts.select_related("latest_revision").order_by("-latest_revision_created_at")[:SHOWN])
    found.sort(key=lambda draft: draft.latest_revision_created_at, reverse=True)
    owners = organisations_at({draft.path for draft in found})
    for draft in found:
        owner = owners.get(draft.path)
        draft.bundle_label = f"{draft.draft_title}（{owner.title}）" if owner else draft.draft_title
    return found[:SHOWN]


class BundleDraftsView(OrganisationToolView):
    """Choose drafts, say why they belong together, submit them as one."""

    template_name = "editing/bundle.html"
    form_class = BundleForm
    page_title = gettext_lazy("成批提交")
    header_icon = "folder-open-1"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        self.organisation = organisation_to_fill(request.user, kwargs["pk"])
        self.drafts = drafts_below(self.organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the drafts."""
        return {**super().get_form_kwargs(), "drafts": self.drafts}

    def form_valid(self, form: BundleForm) -> HttpResponse:
        """Submit all, or say what each still lacks."""
        chosen = set(form.cleaned_data["drafts"])
        subjects = [each.get_latest_revision_as_object() for each in self.drafts if str(each.pk) in chosen]
        lacking = [f"《{draft}》：{gap.sentence}" for draft in subjects for gap in blocking_gaps(draft)]
        try:
            if lacking:
                raise ValidationError([_("还不能提交，一件也没有提交："), *lacking[:MOST_LINES]])
            bundle = submit_bundle(
                user=self.request.user,
                organisation=self.organisation,
                title=form.cleaned_data["title"],
                reason=form.cleaned_data["reason"],
                subjects=subjects,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("approval:bundle", args=[bundle.pk]))
