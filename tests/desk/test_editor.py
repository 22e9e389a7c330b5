"""The form of disclosures and notices: its entries, its checklist, and no submission with gaps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pages.models import DisclosurePage, NoticePage
from snippets.models import CatalogueEntry
from tests.factories import make_disclosure, make_page
from tests.town import Town

TEXT_BLOCK = {
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "text",
    "body-0-id": "",
    "body-0-value": json.dumps({"blocks": [{"key": "a", "type": "unstyled", "text": "示例正文"}], "entityMap": {}}),
}
NO_ROWS = {
    f"{name}-{key}": value
    for name in ("attachments", "comments")
    for key, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", ""))
}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def new(model: Any, parent: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["pages", model._meta.model_name, parent.pk])


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def posted(town: Town, **changes: Any) -> dict[str, Any]:
    """Return what the browser posts of a complete disclosure."""
    return {
        "title": "示例水价",
        "entry": town.entries["water_price"].pk,
        "summary": "一句话",
        "generated_on": "2026-11-01",
        "document_number": "",
        "publicity": "active",
        "tags": "",
        "supersedes": "",
        "repeals": "",
        "slug": "",
        **TEXT_BLOCK,
        **NO_ROWS,
        **changes,
    }


def options(html: str) -> list[str]:
    """Return the entries offered, in their order."""
    select = html.split('name="entry"', 1)[1].split("</select>", 1)[0]
    return [part.split("<", 1)[0].strip() for part in select.split(">") if part[:1].isupper()]


def test_only_entries_of_the_own_catalogue_are_offered_and_what_is_owed_comes_first(town: Town) -> None:
    make_disclosure(town.water, town.entries["water_profile"])
    client = signed_in(town.editor("water"))

    offered = options(client.get(new(DisclosurePage, town.water)).content.decode())

    assert [each.split("（")[0] for each in offered] == ["B01 水价", "B02 抢修停水", "A01 企业概况"]
    assert "尚未公开" in offered[0]


def test_a_notice_is_offered_the_entries_it_can_serve(town: Town) -> None:
    client = signed_in(town.editor("water"))

    offered = options(client.get(new(NoticePage, town.water)).content.decode())

    assert [each.split("（")[0] for each in offered] == ["B02 抢修停水"]


def test_a_link_brings_its_entry_along(town: Town) -> None:
    client = signed_in(town.editor("water"))
    entry = town.entries["water_price"]

    html = client.get(f"{new(DisclosurePage, town.water)}?entry={entry.pk}").content.decode()

    assert f'<option value="{entry.pk}" selected>' in html


@pytest.mark.parametrize("asked", ["abc", "999999", "-1", "%00"])
def test_a_senseless_entry_in_the_link_is_ignored(town: Town, asked: str) -> None:
    client = signed_in(town.editor("water"))

    response = client.get(f"{new(DisclosurePage, town.water)}?entry={asked}")

    assert response.status_code == 200


def test_another_catalogues_entry_is_refused(town: Town) -> None:
    client = signed_in(town.editor("water"))
    foreign = town.entries["school_admission"]

    response = client.post(new(DisclosurePage, town.water), posted(town, entry=foreign.pk))

    assert response.status_code == 200
    assert not DisclosurePage.objects.exists()


def test_an_entry_that_left_the_catalogue_stays_choosable_on_its_page_only(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    client = signed_in(town.editor("water"))
    CatalogueEntry.objects.filter(pk=town.entries["water_price"].pk).update(valid_to="2020-01-01")

    kept, fresh = (
        options(client.get(address).content.decode()) for address in (edit(page), new(DisclosurePage, town.water))
    )

    assert kept[-1] == "B01 水价"
    assert "B01 水价" not in fresh


def test_a_draft_may_lack_nearly_everything(town: Town) -> None:
    client = signed_in(town.editor("water"))

    client.post(new(DisclosurePage, town.water), posted(town, summary="", generated_on="", **{"body-count": "0"}))

    assert DisclosurePage.objects.get().latest_revision is not None


def test_the_checklist_stands_on_top_with_a_link_to_each_gap(town: Town) -> None:
    page = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title="水价")

    html = signed_in(town.editor("water")).get(edit(page)).content.decode()

    assert "提交审核前还缺 3 项" in html
    for anchor in ("#id_summary-label", "#body", "#id_generated_on-label"):
        assert f'href="{anchor}"' in html
        assert f'id="{anchor[1:]}"' in html


def test_the_schedule_is_said_in_beijing_time_and_to_need_approval(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_profile"], owner=town.editor("water"))

    html = signed_in(town.editor("water")).get(edit(page)).content.decode()

    dialog = html.partition('id="schedule-publishing-dialog"')[2]
    assert "时间均为北京时间" in dialog
    assert "全部审核通过后才会生效" in dialog


def test_a_draft_with_gaps_is_not_submitted_and_says_why(town: Town) -> None:
    client = signed_in(town.editor("water"))
    page = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title="水价")
    bare = posted(town, summary="", generated_on="", **{"body-count": "0", "action-submit": "1"})

    response = client.post(edit(page), bare)

    html = response.content.decode()
    assert response.status_code == 200
    for sentence in ("请用一句话写明内容概述", "请填写生成日期", "正文还是空的"):
        assert sentence in html
    assert not DisclosurePage.objects.get(pk=page.pk).workflow_in_progress


@pytest.mark.parametrize(
    "broken",
    [
        {"body-count": None},
        {"body-count": "many"},
        {"body-count": "3"},
        {"body-0-order": "first"},
        {"body-0-type": None},
        {"attachments-TOTAL_FORMS": None},
    ],
    ids=str,
)
@pytest.mark.parametrize("button", ["action-save", "action-submit"])
def test_a_post_in_pieces_saves_nothing_and_says_so(town: Town, broken: dict[str, Any], button: str) -> None:
    client = signed_in(town.editor("water"))
    page = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title="水价")
    sent = {name: value for name, value in posted(town, **{button: "1"}, **broken).items() if value is not None}

    answers = [client.post(address, sent) for address in (edit(page), new(DisclosurePage, town.water))]

    said = [str(answer.context["form"].errors.as_data()) for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("正文没有完整提交" in each for each in said) == ("attachments-TOTAL_FORMS" not in broken)
    assert [each.title for each in DisclosurePage.objects.all()] == ["水价"]


def test_nor_is_a_new_one(town: Town) -> None:
    client = signed_in(town.editor("water"))

    response = client.post(new(DisclosurePage, town.water), posted(town, summary="", **{"action-submit": "1"}))

    assert "请用一句话写明内容概述" in response.content.decode()
    assert not DisclosurePage.objects.exists()


def test_a_complete_draft_is_submitted(town: Town) -> None:
    client = signed_in(town.editor("water"))

    client.post(new(DisclosurePage, town.water), posted(town, **{"action-submit": "1"}))

    page = DisclosurePage.objects.get()
    assert page.workflow_in_progress
    assert not page.live


def test_nobody_publishes_by_posting_the_button_of_old(town: Town) -> None:
    client = signed_in(town.administrator("portal"))
    page = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title="水价")

    client.post(edit(page), posted(town, **{"action-publish": "1"}))

    assert not DisclosurePage.objects.get(pk=page.pk).live
