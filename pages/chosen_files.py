"""Only files within one's reach are put on a page: a number from elsewhere shows and, once approved, publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from media.models import Document, Image
from media.privacy import is_used_by_a_live_page
from snippets.screening.forms import ScreenedForm

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = (Document, Image)
Chosen = set[tuple[Any, str]]


class OwnFilesForm(ScreenedForm, WagtailAdminPageForm):
    """Wagtail's choosers accept any number that is posted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the page shows already was chosen by somebody who might.
        self._kept = files_of(self.instance) if self.is_bound else set()

    def _post_clean(self) -> None:
        """Look at the page as it was typed, and at the rows beside it."""
        super()._post_clean()
        if self.for_user is None or self.for_user.is_superuser:
            return
        chosen = files_of(self.instance) | set(self._in_rows())
        for reason in strange_files(self.for_user, chosen - self._kept):
            self.add_error(None, ValidationError(reason))

    def _in_rows(self) -> Iterator[tuple[Any, str]]:
        """Yield what the rows of the page choose; they are validated only after the page."""
        for rows in self.formsets.values():
            for row in rows.forms:
                for name, field in row.fields.items():
                    model = getattr(getattr(field, "queryset", None), "model", None)
                    if model in FILES and str(row[name].value() or "").isdecimal():
                        yield model, str(row[name].value())


def files_of(content: Any) -> Chosen:
    """Return the files that a page or item refers to as it is now, saved or not."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in FILES}
    references = ReferenceIndex._extract_references_from_object(content)
    return {(kinds[kind], str(number)) for kind, number, *_path in references if kind in kinds}


def strange_files(user: Any, chosen: Chosen) -> Iterator[str]:
    """Say of each kind of file which of those chosen this person may not choose."""
    for model in FILES:
        if strange := _out_of_reach(user, model, {number for kind, number in chosen if kind is model}):
            names = {"kind": model._meta.verbose_name, "numbers": "、".join(sorted(strange))}
            yield _("其中的%(kind)s（编号 %(numbers)s）不属于您任职的单位。") % names


def _out_of_reach(user: Any, model: Any, numbers: set[str]) -> set[str]:
    if not numbers:
        return set()
    reach = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, {"choose"})
    mine = {str(pk) for pk in reach.filter(pk__in=numbers).values_list("pk", flat=True)}
    others = model.objects.filter(pk__in=numbers - mine)
    return {str(file.pk) for file in others if not is_used_by_a_live_page(file)}
