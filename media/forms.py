"""Upload forms: who owns the file, no macros, alternative text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from .files import macro_reason, read_all
from .reading import read
from .usage import REWORDED, is_settled

OWNER = _("所属单位")
# Pages, revisions and approvals refer to an image or document by its number: what stands behind it stays.
NOT_EXCHANGED = _("文件上传后不再更换：审核的是哪一份，公开的就是哪一份。要换文件，请另行上传，并在内容中改选。")
NOT_REWORDED = _("公开的内容或正在审核的内容使用着它，这一项随内容审核过，不再改动；要改，请另行上传并在内容中改选。")


class OwnerChoiceField(forms.ModelChoiceField):
    """A choice among organisations."""

    def label_from_instance(self, obj: Any) -> str:
        """Show the organisation's name."""
        return str(obj.title)


class OwnedFormMixin(forms.ModelForm):
    """The owner is the uploader's organisation: silently when there is one, by choice when there are several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail's form takes it out and keeps it nowhere.
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].help_text = NOT_EXCHANGED
            self.fields["file"].widget.attrs["disabled"] = True
        self._keep_what_was_approved()
        self._default_owner: Page | None = None
        if user is not None and "owner_organisation" in self.fields:
            self.fields["owner_organisation"] = self._any_owner() if user.is_superuser else self._own(user)

    def _keep_what_was_approved(self) -> None:
        if self.instance.pk and is_settled(self.instance):
            for name in self.fields.keys() & set(REWORDED):
                self.fields[name].disabled = True
                self.fields[name].help_text = NOT_REWORDED

    def _asks(self, name: str) -> bool:
        """Does this form ask for a field? The first step of the multiple uploader posts the file alone."""
        return not self.is_bound or self.add_prefix(name) in self.data

    def _any_owner(self) -> OwnerChoiceField:
        """The operator chooses among all organisations, which are too many for a list."""
        return OwnerChoiceField(
            queryset=Page.objects.filter(depth__gt=1),
            label=OWNER,
            required=self._asks("owner_organisation"),
            widget=AdminPageChooser,
        )

    def _own(self, user: Any) -> OwnerChoiceField:
        """Everybody else chooses among the own organisations; what a unit below owns may stay with it."""
        nodes = policy_registry.get_by_type(Page).instances_with_direct_explore_permission(user)
        source_locale = Locale.get_default()
        sources = [node for node in nodes if node.locale_id == source_locale.pk]
        self._default_owner = next(iter(sources), None)
        if self._default_owner and not self.instance.owner_organisation_id:
            self.initial["owner_organisation"] = self._default_owner.pk
        kept = {node.pk for node in sources} | {self.instance.owner_organisation_id}
        return OwnerChoiceField(
            queryset=Page.objects.filter(pk__in=kept - {None}),
            label=OWNER,
            required=self._asks("owner_organisation"),
            widget=forms.Select if len(kept - {None}) > 1 else forms.HiddenInput,
        )

    def clean_file(self) -> Any:
        """Refuse another file in the place of one that may have been read by a reviewer, or be public."""
        if self.instance.pk and "file" in self.changed_data:
            raise ValidationError(NOT_EXCHANGED)
        return self.cleaned_data["file"]

    def clean_owner_organisation(self) -> Page | None:
        """Fall back to the owner there is, then to the uploader's own organisation."""
        chosen: Page | None = self.cleaned_data.get("owner_organisation")
        # What an organisation is, its class says (accounts.tiers): this room knows no page type.
        if chosen is not None and not hasattr(chosen.specific_class, "tier_at"):
            raise ValidationError(_("“%(title)s”不是单位。") % {"title": chosen.title})
        return chosen or self.instance.owner_organisation or self._default_owner


class OwnedImageForm(OwnedFormMixin, BaseImageForm):
    """An image needs its alternative text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].label = _("替代文字")
            self.fields["description"].required = self._asks("description")
            if not self.fields["description"].disabled:
                self.fields["description"].help_text = _("给看不见图片的人读的一句话；说明图中的内容，不写“图片”。")


class OwnedDocumentForm(OwnedFormMixin, BaseDocumentForm):
    """A document carries no macros, and its text is kept for search and screening."""

    def clean_file(self) -> Any:
        """Refuse files with macros."""
        file = super().clean_file()
        if "file" in self.changed_data and (reason := macro_reason(file.name, read_all(file))):
            raise ValidationError(reason)
        return file

    def save(self, commit: bool = True) -> Any:
        """Keep the text of a new file with it."""
        if "file" in self.changed_data:
            self.instance.keep_text(read(self.instance.file.name, read_all(self.cleaned_data["file"])))
        return super().save(commit)
