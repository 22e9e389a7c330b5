"""What people wrote, approved or withdrew since the first load stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowState

from cms.city.loading import load
from snippets.models import CatalogueEntry, ServiceItem
from tests.factories import make_person

from .conftest import PackFolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(pack: PackFolder) -> ServiceItem:
    load(pack.plan()[0])
    return ServiceItem.objects.get()


def again(pack: PackFolder) -> tuple[ServiceItem, list[str]]:
    """Load a changed row; return the item and what the report remarks."""
    pack.replace("services.csv", "https://example.org/", "https://example.org/new")
    report = load(pack.plan()[0])
    return ServiceItem.objects.get(), [each for each in report.remarks if "预约挂号" in each]


def workflow_of(item: Any, status: str) -> None:
    """Let it have gone through a workflow, whose people have left."""
    kind = ContentType.objects.get_for_model(item)
    WorkflowState.objects.create(
        content_type=kind, base_content_type=kind, object_id=item.pk, workflow=Workflow.objects.first(), status=status
    )


def test_what_was_withdrawn_is_not_published_again(pack: PackFolder, item: ServiceItem) -> None:
    item.unpublish()

    found, remarks = again(pack)

    assert (found.live, len(remarks)) == (False, 1)


def test_what_the_chain_approved_is_not_reverted(pack: PackFolder, item: ServiceItem) -> None:
    item.title = "预约挂号（新）"
    item.save_revision(user=make_person("author")).publish(skip_permission_checks=True)

    found, remarks = again(pack)

    assert (found.title, found.link, len(remarks)) == ("预约挂号（新）", "https://example.org/", 1)


@pytest.mark.parametrize("status", ["in_progress", "needs_changes"])
def test_the_draft_of_an_author_who_left_is_not_published(pack: PackFolder, item: ServiceItem, status: str) -> None:
    item.title = "没有批准的"
    item.save_revision()
    workflow_of(item, status)

    found, remarks = again(pack)

    assert (found.title, found.link, len(remarks)) == ("预约挂号", "https://example.org/", 1)


def test_what_was_approved_stays_when_its_author_has_left(pack: PackFolder, item: ServiceItem) -> None:
    workflow_of(item, "approved")

    found, remarks = again(pack)

    assert (found.link, len(remarks)) == ("https://example.org/", 1)


def test_what_only_loads_have_written_follows_the_pack(pack: PackFolder, item: ServiceItem) -> None:
    found, remarks = again(pack)

    assert (found.link, found.live, remarks) == ("https://example.org/new", True, [])


def test_the_tiers_of_an_entry_are_never_lowered(pack: PackFolder) -> None:
    load(pack.plan()[0])
    CatalogueEntry.objects.update(approval_tiers=3)

    report = load(pack.plan()[0])

    assert set(CatalogueEntry.objects.values_list("approval_tiers", flat=True)) <= {3}
    assert report.updated["entry"] == 0
