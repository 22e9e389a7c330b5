"""Every table where the type of a page is written down, besides the page's own row.

`tests/pages/test_type_traces.py` asks Django for all columns that point to a content type, so that none is forgotten.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail_localize.models import TranslationSource, get_schema_version

from .sealing import reseal

if TYPE_CHECKING:
    from .sealing import Steps

BATCH = 100


def content_type_of(model: type[Page]) -> ContentType:
    """Return the content type of exactly this class."""
    return ContentType.objects.get_for_model(model, for_concrete_model=False)


def revisions_of(page: Page) -> Any:
    """Return the revisions of a page."""
    return Revision.objects.filter(base_content_type=content_type_of(Page), object_id=str(page.pk))


def rewrite_revisions(page: Page, steps: Steps, new: type[Page]) -> None:
    """Reseal the typed values in every revision: a draft or an old version published later must not undo the change."""
    content_type = content_type_of(new)
    keys = list(revisions_of(page).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = list(Revision.objects.filter(pk__in=keys[start : start + BATCH]))
        for revision in batch:
            revision.content = {**reseal(revision.content, steps), "content_type": content_type.pk}
            revision.content_type = content_type
        # Not save(): that would make the last one the page's latest revision, and touch approvals.
        Revision.objects.bulk_update(batch, ["content", "content_type"])


def rewrite_translation_source(page: Page, steps: Steps, new: type[Page]) -> None:
    """Reseal what wagtail-localize keeps of the page; its segments follow, its translated strings stay."""
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).first()
    if source is None:
        return
    content_type = content_type_of(new)
    content = {**reseal(json.loads(source.content_json), steps), "content_type": content_type.pk}
    source.content_json = json.dumps(content, ensure_ascii=False)
    source.specific_content_type = content_type
    source.schema_version = get_schema_version(new._meta.app_label)
    source.save(update_fields=["content_json", "specific_content_type", "schema_version"])
    source.refresh_segments()


def restamp(page: Page, old: type[Page], new: type[Page]) -> None:
    """Write the new type wherever the old one stands for this page. Revisions and translations have their own way."""
    before, after = content_type_of(old), content_type_of(new)
    at_page = {"content_type": before, "object_id": str(page.pk)}
    Page.objects.filter(pk=page.pk).update(content_type=after)
    PageLogEntry.objects.filter(page=page.pk, content_type=before).update(content_type=after)
    WorkflowState.objects.filter(**at_page).update(content_type=after)
    EditingSession.objects.filter(**at_page).update(content_type=after)
    # What somebody has typed into the old type's form and not saved cannot be read by the new one.
    FormState.objects.filter(**at_page).delete()
    ReferenceIndex.objects.filter(**at_page).update(content_type=after)


def restamp_the_departed(old: type[Page], new: type[Page]) -> None:
    """Write the new type where the old one stands for pages that are gone."""
    before, after = content_type_of(old), content_type_of(new)
    PageLogEntry.objects.filter(content_type=before).update(content_type=after)
    WorkflowState.objects.filter(content_type=before).update(content_type=after)
    Revision.objects.filter(content_type=before).update(content_type=after)
    for model in (EditingSession, FormState, ReferenceIndex):
        model.objects.filter(content_type=before).delete()
