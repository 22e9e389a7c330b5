"""The administration searches through the same index."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from pages.models import UnitPage


@pytest.fixture
def root_user(client, town):
    client.force_login(User.objects.create_superuser("root", "root@example.org", "root"))
    return client


@pytest.mark.parametrize("query", ["城市供水", '"城市供水"', "城市供"])
def test_the_page_search_finds_and_counts_by_type(root_user, town, query):
    unit = town.hall
    unit.title = "星海城市供水公司"
    unit.save()

    response = root_user.get(reverse("wagtailadmin_pages:search"), {"q": query})

    assert [page.title for page in response.context["page_obj"]] == ["星海城市供水公司"]
    assert response.context["content_types"] == [(unit.cached_content_type, 1)]


def test_the_chooser_completes_titles(root_user, town):
    town.hall.title = "星海城市供水公司"
    town.hall.save()

    response = root_user.get(reverse("wagtailadmin_choose_page_search"), {"q": "城市供"})

    assert "星海城市供水公司" in response.text


@pytest.mark.parametrize("query", ["\x00", "NEAR(", '"', "！" * 300])
def test_no_query_breaks_the_explorer(root_user, town, query):
    response = root_user.get(reverse("wagtailadmin_explore", args=[town.portal.pk]), {"q": query})

    assert response.status_code == 200


def test_a_type_of_pages_can_be_searched(town):
    assert [page.pk for page in UnitPage.objects.search(town.school.title)] == [town.school.pk]
