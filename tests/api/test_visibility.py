"""Only what is live and free to all is shown; files only while such a page uses them."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from media.models import Document, Image
from tests.factories import make_disclosure, make_notice, make_service_item, make_unit

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


def make_document(title: str = "文件") -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"x", "file.pdf"), file_size=1, file_hash="0" * 40)


def body_with(document: Document) -> list:
    return [("form", {"title": "表格", "document": document, "sample": None, "use": ""})]


def test_drafts_are_not_shown(api, town):
    draft = make_unit(town.street, title="未公开单位", live=False)
    paper = make_disclosure(town.water, town.entries["water_price"], title="未公开水价", live=False)
    item = make_service_item(town.water, town.industries["waterworks"], live=False)

    assert "未公开单位" not in api.titles("organisations") | api.titles("pages")
    assert "未公开水价" not in api.titles("disclosures") | api.titles("pages")
    assert api.list("service-items") == []
    for endpoint, row in [("organisations", draft), ("disclosures", paper), ("pages", paper), ("service-items", item)]:
        assert api.answer(f"{endpoint}/{row.pk}/").status_code == 404


def test_what_was_withdrawn_is_gone(api, town):
    paper = make_disclosure(town.water, town.entries["water_price"])

    paper.unpublish()

    assert api.list("disclosures") == []
    assert api.answer(f"disclosures/{paper.pk}/").status_code == 410


def test_a_draft_of_a_live_page_does_not_show(api, town):
    paper = make_disclosure(town.water, town.entries["water_price"], title="水价")
    paper.title = "水价（修改中）"

    paper.save_revision()

    assert api.detail("disclosures", paper)["title"] == "水价"


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_what_stands_under_a_restriction_is_not_shown(api, town, kind):
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    make_service_item(town.water, town.industries["waterworks"], title="水费查询")

    PageViewRestriction.objects.create(page=town.water_office, restriction_type=kind, password="x")

    assert not {"市水务局", "示例自来水公司"} & api.titles("organisations")
    assert api.list("disclosures") == []
    assert api.answer(f"organisations/{town.water.pk}/").status_code == 404
    assert api.refusal("pages/", child_of=town.water_office.pk)["parameter"] == "child_of"
    assert api.list("service-items")[0]["provider"] is None


def test_wagtails_own_bare_pages_are_not_shown(api, town):
    Page.objects.get(depth=1).add_child(instance=Page(title="Welcome", slug="welcome"))

    assert "Welcome" not in api.titles("pages")


def test_the_organisation_of_a_record_is_its_own_or_none(api, town):
    paper = make_disclosure(town.water, town.entries["water_price"])

    town.water.unpublish()

    assert api.detail("disclosures", paper)["organisation"] is None


def test_a_predecessor_that_left_keeps_its_number_only(api, town):
    old = make_disclosure(town.water, town.entries["water_price"], title="旧水价")
    new = make_disclosure(town.water, town.entries["water_price"], title="新水价", supersedes=old)
    Page.objects.filter(pk=old.pk).update(live=False)

    (ended,) = api.detail("disclosures", new)["validity"]["ends"]

    assert ended["index_number"] == old.record.index_number
    assert ended["detail_url"] is None


def test_a_document_is_shown_while_a_live_page_uses_it(api, town):
    used, of_draft, unused = make_document("用着"), make_document("草稿用"), make_document("没用")
    paper = make_disclosure(town.water, town.entries["water_price"], body=body_with(used))
    make_notice(town.water, body=body_with(of_draft), live=False)

    assert api.titles("documents") == {"用着"}
    assert api.answer(f"documents/{of_draft.pk}/").status_code == 404
    assert api.answer(f"documents/{unused.pk}/").status_code == 404

    paper.unpublish()

    assert api.list("documents") == []


def test_an_attachment_counts_as_used(api, town):
    document = make_document("附件")
    paper = make_disclosure(town.water, town.entries["water_price"])
    paper.attachments.create(title="附件一", document=document)
    paper.save_revision().publish(skip_permission_checks=True)

    assert api.titles("documents") == {"附件"}
    assert api.detail("disclosures", paper)["attachments"][0]["title"] == "附件一"


def test_an_image_is_shown_while_a_live_page_uses_it(api, town):
    used, unused = (
        Image.objects.create(title=title, description="图", file=get_test_image_file(size=(1000, 500)))
        for title in ("用着", "没用")
    )
    picture = {"image": used, "decorative": False, "alt_text": "取水口"}
    make_disclosure(town.water, town.entries["water_price"], body=[("image", {"picture": picture})])

    (shown,) = api.list("images")

    assert shown["title"] == "用着"
    assert [each["width"] for each in shown["renditions"]] == [400, 800, 1000]
    assert api.answer(f"images/{unused.pk}/").status_code == 404
