"""What is refused, with a sentence."""

from __future__ import annotations

from django.urls import reverse

from pages.models import DisclosurePage, UnitPage
from snippets.models import ServiceItem
from tests.factories import make_person
from tests.town import Town

from .acts import draft, draft_service, signed_in, submit, submitted, told


def test_a_draft_in_review_is_not_deleted(town: Town) -> None:
    state = submitted(town)
    page = int(state.revision.object_id)

    response = signed_in(town.editor("water")).post(reverse("wagtailadmin_pages:delete", args=[page]))

    assert "正在审核中" in told(response)[0]
    assert DisclosurePage.objects.filter(pk=page).exists()


def test_nor_in_bulk(town: Town) -> None:
    page = int(submitted(town).revision.object_id)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    response = signed_in(town.editor("water")).post(f"{address}?id={page}")

    assert "正在审核中" in told(response)[0]
    assert DisclosurePage.objects.filter(pk=page).exists()


def test_nor_with_what_stands_above_it(town: Town) -> None:
    submitted(town)
    boss = make_person("boss", is_superuser=True)

    response = signed_in(boss).post(reverse("wagtailadmin_pages:delete", args=[town.water.pk]))

    assert told(response)
    assert UnitPage.objects.filter(pk=town.water.pk).exists()


def test_a_service_item_in_review_is_not_deleted(town: Town) -> None:
    item = draft_service(town)
    submit(item, town.editor("water"))
    address = reverse(item.snippet_viewset.get_url_name("delete"), args=[item.pk])

    response = signed_in(town.editor("water")).post(address)

    assert "正在审核中" in told(response)[0]
    assert ServiceItem.objects.filter(pk=item.pk).exists()


def test_a_draft_that_nobody_reviews_may_be_deleted(town: Town) -> None:
    page = draft(town)

    signed_in(town.editor("water")).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not DisclosurePage.objects.filter(pk=page.pk).exists()


def test_not_even_a_superuser_publishes_in_bulk(town: Town) -> None:
    page = draft(town)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = signed_in(make_person("boss", is_superuser=True)).post(f"{address}?id={page.pk}")

    page.refresh_from_db()
    assert "不能直接发布" in told(response)[0]
    assert not page.live
