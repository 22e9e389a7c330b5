"""What an act of the workflows is about: a page, or a snippet with a workflow, whatever its model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import QuerySet

_Row = TypeVar("_Row", bound=models.Model)


class AboutSubject(models.Model):
    """Abstract: keeps the subject's title and organisation beside its number, for it may go before the row does."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=64)
    title = models.CharField(_("标题"), max_length=255)
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="+", verbose_name=_("单位")
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """Return what it is about, as its specific class; None where that is gone."""
        model = self.content_type.model_class()
        found = model._base_manager.filter(pk=self.object_id).first() if model is not None else None
        return getattr(found, "specific", found)

    @property
    def responsible_organisation(self) -> Any:
        """Return whose matter it is, for the events."""
        return self.organisation


def about(subject: Any) -> dict[str, Any]:
    """Return the fields that say what a row is about."""
    base = subject.get_base_content_type() if hasattr(subject, "get_base_content_type") else None
    return {
        "content_type": base or ContentType.objects.get_for_model(subject),
        "object_id": str(subject.pk),
        "title": str(subject)[:255],
        "organisation_id": subject.responsible_organisation.pk,
    }


def rows_about(model: type[_Row], subject: Any) -> QuerySet[_Row]:
    """Return the rows of a model about a subject."""
    fields = about(subject)
    return model._default_manager.filter(content_type=fields["content_type"], object_id=fields["object_id"])
