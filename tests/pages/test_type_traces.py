"""Every table where the type of a page may be written down is known to the change of types."""

from __future__ import annotations

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

# Rewritten or rebuilt for the page when it changes its type (pages.lifecycle).
FOLLOWED = {
    "wagtailcore.Page.content_type",
    "wagtailcore.Revision.content_type",
    "wagtailcore.PageLogEntry.content_type",
    "wagtailcore.WorkflowState.content_type",
    "wagtailcore.ReferenceIndex.content_type",
    "wagtailadmin.EditingSession.content_type",
    "wagtailadmin.FormState.content_type",
    "wagtail_localize.TranslationSource.specific_content_type",
    "wagtailsearch.IndexEntry.content_type",
}
# Always the base type of a page, or the type of something that is no page.
NO_PAGE_TYPE = {
    "accounts.HandedItem.base_content_type",
    "workflows.Contributor.base_content_type",
    # Records, standard pages and service items: of these no type changes.
    "workflows.Review.content_type",
    "workflows.ScheduledPublication.content_type",
    "workflows.Withdrawal.content_type",
    "auth.Permission.content_type",
    "taggit.TaggedItem.content_type",
    "wagtail_localize.TranslatableObject.content_type",
    "wagtailcore.ModelLogEntry.content_type",
    "wagtailcore.ReferenceIndex.base_content_type",
    "wagtailcore.ReferenceIndex.to_content_type",
    "wagtailcore.Revision.base_content_type",
    "wagtailcore.Task.content_type",
    "wagtailcore.TaskState.content_type",
    "wagtailcore.UploadedFile.for_content_type",
    "wagtailcore.WorkflowContentType.content_type",
    "wagtailcore.WorkflowState.base_content_type",
}


def test_every_column_that_points_to_a_content_type_is_known():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is ContentType and not field.remote_field.parent_link
    }

    assert found == FOLLOWED | NO_PAGE_TYPE
