"""The site and its menus: what a copy elsewhere needs besides the content, and nothing that is no reader's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction, Site

from snippets.models import PortalSettings
from tests.factories import NoticeIndexPage, StandardPage, make_page
from tests.languages.acts import in_english
from tests.town import Town


def menus(api: Any, language: str = "zh-hans") -> dict[str, Any]:
    return api.detail("menus", Locale.objects.get(language_code=language))


def test_the_site_says_whose_it_is_and_on_what_terms(api, town, settings):
    settings.EXPORT_LICENCE = "署名即可使用。"
    site = Site.objects.get()
    PortalSettings.objects.create(
        site=site, site_name="示例市办事公开", host_name="示例市人民政府", contact_phone="12345"
    )

    shown = api.detail("sites", site)

    assert (shown["title"], shown["host"], shown["contact"]["phone"]) == ("示例市办事公开", "示例市人民政府", "12345")
    assert shown["licence"]["text"] == "署名即可使用。"
    assert shown["home"]["id"] == town.portal.pk
    assert [each["code"] for each in shown["languages"]] == ["zh-Hans", "zh-Hant", "en"]
    assert shown["languages"][2]["home_url"] == "http://testserver/en/"


def test_what_is_no_reader_s_business_is_not_told(api, town):
    PortalSettings.objects.create(site=Site.objects.get(), index_number_scheme="{organisation_code}/秘密-{serial}")

    assert "秘密" not in api.answer("sites/", fields="*").content.decode()


def test_asking_for_the_site_writes_nothing(api, town):
    api.list("sites")

    assert not PortalSettings.objects.exists()


def test_the_menus_are_those_of_the_pages(api, town: Town):
    notices = make_page(NoticeIndexPage, town.portal, title="公示公告")
    about = make_page(StandardPage, town.portal, title="关于本站", kind="about")
    frame = Client().get(town.portal.url).context["portal"]

    shown = menus(api)

    for name, links in (("main", frame["nav"]), ("foot", frame["footer_links"])):
        assert [(each["title"], each["url"].removeprefix("http://testserver")) for each in shown[name]] == [
            (str(each["title"]), each["url"]) for each in links
        ]
    assert [each["page"]["id"] for each in shown["main"] if each["page"]] == [notices.pk]
    assert [each["page"]["id"] for each in shown["foot"] if each["page"]] == [about.pk]


def test_the_menus_of_english_lead_to_what_is_translated(api, town: Town):
    in_english(town.portal)
    make_page(NoticeIndexPage, town.portal, title="公示公告")

    shown = menus(api, "en")

    assert shown["meta"]["locale"] == "en"
    assert {each["url"].removeprefix("http://testserver")[:4] for each in shown["main"]} == {"/en/"}
    assert api.list("menus", locale="en", fields="*") == [shown]


def test_a_menu_does_not_name_what_not_everybody_may_see(api, town: Town):
    notices = make_page(NoticeIndexPage, town.portal, title="内部公告")
    PageViewRestriction.objects.create(page=notices, restriction_type=PageViewRestriction.LOGIN)

    assert "内部公告" not in str(menus(api))
    assert notices.url not in {each["url"].removeprefix("http://testserver") for each in menus(api)["main"]}


@pytest.mark.parametrize("endpoint", ["sites", "menus"])
def test_the_answers_can_be_asked_about(client, db, town, endpoint):
    row = client.get(f"/api/v2/{endpoint}/").json()["items"][0]
    address = row["meta"]["detail_url"].removeprefix("http://testserver")
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
