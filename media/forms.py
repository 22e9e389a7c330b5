"""Upload forms: who owns the file, no macros, alternative text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .files import UnreadableFileError, extract_text, macro_reason, read_all


class OwnerChoiceField(forms.ModelChoiceField):
    """A choice among the organisations a person is appointed to."""

    def label_from_instance(self, obj: Any) -> str:
        """Show the organisation's name."""
        return str(obj.title)


class OwnedFormMixin(forms.ModelForm):
    """The owner is the uploader's organisation: silently when there is one, by choice when there are several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self, "user", None)
        if user is None or user.is_superuser or "owner_organisation" not in self.fields:
            return
        nodes = policy_registry.get_by_type(Page).instances_with_direct_explore_permission(user)
        self.fields["owner_organisation"] = OwnerChoiceField(
            queryset=Page.objects.filter(pk__in=[node.pk for node in nodes]),
            label=_("所属单位"),
            # Required would break the first step of the multiple uploader, which posts the file alone.
            required=False,
            widget=forms.HiddenInput if len(nodes) == 1 else forms.Select,
        )
        self._default_owner = nodes[0] if nodes else None

    def clean_owner_organisation(self) -> Page | None:
        """Fall back to the owner there is, then to the uploader's own organisation."""
        chosen: Page | None = self.cleaned_data.get("owner_organisation")
        return chosen or self.instance.owner_organisation or getattr(self, "_default_owner", None)


class OwnedImageForm(OwnedFormMixin, BaseImageForm):
    """An image needs its alternative text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].label = _("替代文字")
            self.fields["description"].help_text = _("给看不见图片的人读的一句话；说明图中的内容，不写“图片”。")
            # The multiple uploader saves the file first and asks for the text in its second step.
            self.fields["description"].required = self.instance.pk is not None


class OwnedDocumentForm(OwnedFormMixin, BaseDocumentForm):
    """A document carries no macros, and its text is kept for search and screening."""

    def clean_file(self) -> Any:
        """Refuse files with macros."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and (reason := macro_reason(file.name, read_all(file))):
            raise ValidationError(reason)
        return file

    def save(self, commit: bool = True) -> Any:
        """Keep the text of a new file with it."""
        if "file" in self.changed_data:
            try:
                self.instance.extracted_text = extract_text(
                    self.instance.file.name, read_all(self.cleaned_data["file"])
                )
            except UnreadableFileError:
                self.instance.extracted_text = ""
        return super().save(commit)
