"""The translation editor writes what a translator may: his own strings, and files, links and images within reach."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, Translation

from cms.languages.drafts import save_draft
from media.models import Image
from pages.models import DisclosurePage
from tests.factories import make_page, make_service_item
from tests.media.samples import png, upload
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import begin_translation, in_english

FIGURE = {"caption": "", "source": ""}
LINKED = '<p>见<a href="https://example.org/">说明</a>。</p>'


def an_image(owner: Any, title: str) -> Image:
    found: Image = Image.objects.create(
        title=title, description="示例", file=ContentFile(png(), "a.png"), owner_organisation_id=owner.pk
    )
    return found


@pytest.fixture
def page(town: Town) -> Any:
    """A public disclosure of the water company with an image and a link, whose translation has begun."""
    in_english(town.portal)
    figure = {**FIGURE, "picture": {"image": an_image(town.water, "水").pk, "decorative": False, "alt_text": "水"}}
    body = json.dumps([{"type": "image", "value": figure}, {"type": "text", "value": LINKED}])
    return make_page(DisclosurePage, town.water, entry=town.entries["water_price"], title="水价", body=body)


def segment(translation: Translation, end: str) -> OverridableSegment:
    found: OverridableSegment = translation.source.overridablesegment_set.get(context__path__endswith=end)
    return found


def put(user: Any, translation: Translation, end: str, value: Any) -> Any:
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment(translation, end).pk])
    return send(user, address, {"value": value})


def send(user: Any, address: str, data: dict[str, Any]) -> Any:
    return signed_in(user).put(address, urlencode(data), "application/x-www-form-urlencoded")


def test_an_image_of_the_own_office_takes_the_place_of_the_chinese_one(town, page):
    translation, own = begin_translation(page), an_image(town.water, "Water")

    answer = put(town.editor("water"), translation, ".picture.image", own.pk)

    assert answer.status_code == 201
    assert own.pk in [block.value["picture"].pk for block in copy_of(translation).body if block.block_type == "image"]


def copy_of(translation: Translation) -> Any:
    return save_draft(translation).as_object()


def test_an_image_that_was_deleted_meanwhile_is_named_at_submission(town, page):
    translation, own = begin_translation(page), an_image(town.water, "Water")
    put(town.editor("water"), translation, ".picture.image", own.pk)
    own.delete()
    copy = translation.get_target_instance()

    answer = signed_in(town.editor("water")).post(
        reverse("wagtailadmin_pages:edit", args=[copy.pk]), {"action": "submit"}
    )

    assert any("请另选" in str(message) for message in answer.wsgi_request._messages)
    assert not copy.workflow_in_progress


def test_an_image_of_another_office_is_refused_by_number(town, page):
    translation, others = begin_translation(page), an_image(town.education_office, "内部图片")

    answer = put(town.editor("water"), translation, ".picture.image", others.pk)

    assert answer.status_code == 400
    assert "不属于您任职的单位" in answer.json()["value"][0]
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "99999", "9" * 40, "\x00", "-1"])
def test_what_is_no_image_is_refused(town, page, value):
    translation = begin_translation(page)

    answer = put(town.editor("water"), translation, ".picture.image", value)

    assert answer.status_code == 400
    assert not SegmentOverride.objects.exists()


def test_a_link_leads_to_the_english_page(town, page):
    translation = begin_translation(page)

    answer = put(town.editor("water"), translation, "'", "https://example.org/en/")

    assert answer.status_code == 201
    assert "https://example.org/en/" in str(copy_of(translation).body)


def test_a_link_runs_no_script(town, page):
    translation = begin_translation(page)

    answer = put(town.editor("water"), translation, "'", "javascript:alert(1)")

    assert answer.status_code == 400
    assert not SegmentOverride.objects.exists()


def test_who_answers_and_who_approves_is_not_overridden(town, page):
    item = make_service_item(town.water, town.industries["waterworks"])

    offered = {
        path
        for source in (page, item)
        for path in begin_translation(source).source.overridablesegment_set.values_list("context__path", flat=True)
    }

    assert offered & {"entry", "provider", "industry", "supersedes", "repeals"} == set()


def test_an_editor_of_another_unit_writes_nothing(town, page):
    translation, person = begin_translation(page), town.editor("school")
    string = translation.source.stringsegment_set.first()
    po = upload("en.po", str(translation.export_po()).replace('msgstr ""', 'msgstr "x"').encode())

    answers = [
        put(person, translation, ".picture.image", an_image(town.water, "Water").pk),
        send(
            person,
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, string.pk]),
            {"value": "x"},
        ),
        signed_in(person).post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": po}),
        signed_in(person).post(reverse("wagtail_localize:stop_translation", args=[translation.pk])),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not SegmentOverride.objects.exists()
    assert not StringTranslation.objects.filter(translation_of__locale=translation.source.locale, data="x").exists()
    assert Translation.objects.get(pk=translation.pk).enabled


def test_strings_of_another_page_are_not_written_through_the_own_translation(town, page):
    own, others = begin_translation(page), begin_translation(town.school)
    string = others.source.stringsegment_set.first()
    address = reverse("wagtail_localize:edit_string_translation", args=[own.pk, string.pk])

    answer = send(town.editor("water"), address, {"value": "x"})

    assert answer.status_code == 404
    assert not StringTranslation.objects.filter(data="x").exists()


def test_a_file_for_translators_brings_its_strings_back(town, page):
    translation = begin_translation(page)
    po = translation.export_po()
    next(entry for entry in po if entry.msgid == "水价").msgstr = "Water prices"

    post_file(town.editor("water"), translation, str(po).encode())

    assert StringTranslation.objects.filter(data="Water prices").exists()


def post_file(user: Any, translation: Translation, content: bytes | None) -> Any:
    data = {} if content is None else {"file": upload("en.po", content)}
    return signed_in(user).post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), data)


@pytest.mark.parametrize("content", [None, b"", b"no po", b"\xff\xfe\x00", b'msgid "a"\nmsgstr "b"\n'])
def test_a_file_that_is_not_ours_is_refused_with_a_sentence(town, page, content):
    translation = begin_translation(page)

    answer = post_file(town.editor("water"), translation, content)

    assert answer.status_code == 302
    assert {message.level_tag for message in answer.wsgi_request._messages} == {"error"}


def test_a_string_without_a_value_is_refused(town, page):
    translation = begin_translation(page)
    string = translation.source.stringsegment_set.first()

    answer = send(
        town.editor("water"), reverse("wagtail_localize:edit_string_translation", args=[translation.pk, string.pk]), {}
    )

    assert answer.status_code == 400
    assert "value" in answer.json()


def test_a_translation_whose_copy_is_gone_is_not_found(town, page):
    translation = begin_translation(page)
    string = translation.source.stringsegment_set.first()
    DisclosurePage.objects.get(translation_key=page.translation_key, locale__language_code="en").delete()

    answers = [
        send(
            town.editor("water"),
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, string.pk]),
            {"value": "x"},
        ),
        signed_in(town.editor("water")).get(reverse("wagtail_localize:download_pofile", args=[translation.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
