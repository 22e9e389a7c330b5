"""A translation is a draft and obeys approval: no way of wagtail-localize's leads round it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from pages.models import CityPortalPage, DepartmentPage, OrganisationPhone, StandardPage
from snippets.models import ServiceItem
from tests.factories import make_page, make_person, make_service_item
from tests.town import Town
from tests.workflows.acts import decide, signed_in

from .acts import begin_translation, english, in_english, translate_strings


@pytest.fixture
def speaking(town: Town) -> Town:
    """The town with a public English home page."""
    in_english(town.portal, {"示例市办事公开网": "Sample City"})
    return town


def copy_of(source: Any) -> Any:
    found = type(source).objects.filter(translation_key=source.translation_key, locale=english()).first()
    return found


def submit_page(user: Any, page: Any, **data: Any) -> Any:
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return signed_in(user).post(address, {"locales": [english().pk], **data})


def finish(user: Any, copy: Any, action: str = "submit") -> Any:
    return signed_in(user).post(reverse("wagtailadmin_pages:edit", args=[copy.pk]), {"action": action})


def test_an_editor_has_his_own_page_translated_and_the_copy_is_a_draft(speaking):
    answer = submit_page(speaking.editor("water"), speaking.water)

    copy = copy_of(speaking.water)
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert not copy.live


def test_an_editor_cannot_have_anothers_page_translated(speaking):
    answer = submit_page(speaking.editor("school"), speaking.water)

    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")
    assert copy_of(speaking.water) is None


def test_a_reviewer_does_not_translate(speaking):
    submit_page(speaking.reviewer("water"), speaking.water)

    assert copy_of(speaking.water) is None


def test_untranslated_ancestors_become_drafts_and_no_aliases(speaking):
    submit_page(speaking.editor("school"), speaking.school)

    ancestors = copy_of(speaking.school).get_ancestors().filter(depth__gt=2)
    assert ancestors.count() == 2
    assert not ancestors.filter(live=True).exists()
    assert not Page.objects.exclude(alias_of=None).exists()


def test_an_ancestor_that_was_copied_as_a_draft_can_still_be_translated(speaking):
    submit_page(speaking.editor("school"), speaking.school)

    submit_page(speaking.editor("education_office"), speaking.education_office)

    assert Translation.objects.filter(source__object_id=speaking.education_office.translation_key).exists()
    assert not copy_of(speaking.education_office).live


def test_what_stands_below_is_not_translated_along(speaking):
    submit_page(speaking.editor("district"), speaking.district, include_subtree="on")

    assert copy_of(speaking.district) is not None
    assert copy_of(speaking.school) is None


def test_the_home_page_is_translated_first(town):
    answer = submit_page(town.editor("water"), town.water)

    assert answer.status_code == 302
    assert copy_of(town.water) is None


def test_what_is_not_public_in_chinese_is_not_translated(speaking):
    draft = make_page(StandardPage, speaking.water, live=False, title="草稿")

    submit_page(speaking.editor("water"), draft)

    assert copy_of(draft) is None


def test_the_english_copy_goes_through_the_tiers_of_its_source(speaking):
    translation = begin_translation(speaking.water)
    translate_strings(translation, {"示例自来水公司": "Sample Waterworks"})
    speaking.reviewer("water")
    copy = copy_of(speaking.water)

    finish(speaking.editor("water"), copy)

    assert copy.get_workflow() == speaking.water.get_workflow()
    assert copy.current_workflow_task_state.approver.pk == speaking.water.pk
    assert not copy_of(speaking.water).live


def test_approved_by_every_tier_it_is_public_with_the_words_that_were_approved(speaking):
    translation = begin_translation(speaking.water)
    translate_strings(translation, {"示例自来水公司": "Sample Waterworks"})
    copy = copy_of(speaking.water)
    reviewers = speaking.reviewer("water"), speaking.reviewer("water_office")
    finish(speaking.editor("water"), copy)
    translate_strings(translation, {"示例自来水公司": "Changed afterwards"})

    for reviewer in reviewers:
        decide(reviewer, copy.current_workflow_task_state)
        copy = copy_of(speaking.water)

    assert copy.live
    assert copy.title == "Sample Waterworks"


def test_the_button_publish_submits_even_for_a_superuser(speaking):
    begin_translation(speaking.water)
    copy = copy_of(speaking.water)
    operator = make_person("operator", is_superuser=True, is_staff=True)

    finish(operator, copy, "publish")

    copy = copy_of(speaking.water)
    assert not copy.live
    assert copy.workflow_in_progress


def test_a_live_translation_stays_as_it_is_until_its_new_text_is_approved(speaking):
    in_english(speaking.water, {"示例自来水公司": "Sample Waterworks"})
    translation = Translation.objects.get(source__object_id=speaking.water.translation_key)
    translate_strings(translation, {"示例自来水公司": "Sample Water Company"})

    finish(speaking.editor("water"), copy_of(speaking.water))

    copy = copy_of(speaking.water)
    assert (copy.live, copy.title) == (True, "Sample Waterworks")
    assert copy.get_latest_revision_as_object().title == "Sample Water Company"


def test_in_review_it_is_not_submitted_twice(speaking):
    begin_translation(speaking.water)
    copy = copy_of(speaking.water)
    finish(speaking.editor("water"), copy)
    revisions = copy.revisions.count()

    finish(speaking.editor("water"), copy)

    assert copy.revisions.count() == revisions


def test_an_editor_of_another_unit_cannot_submit_or_translate(speaking):
    translation = begin_translation(speaking.water)
    segment = translation.source.stringsegment_set.first()
    stranger = signed_in(speaking.editor("school"))

    finish(speaking.editor("school"), copy_of(speaking.water))
    answers = [
        stranger.get(reverse("wagtailadmin_pages:edit", args=[copy_of(speaking.water).pk])),
        stranger.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])),
        stranger.post(reverse("wagtail_localize:stop_translation", args=[translation.pk])),
        stranger.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]), {"value": "x"}
        ),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not copy_of(speaking.water).workflow_in_progress
    assert Translation.objects.get(pk=translation.pk).enabled


def test_taking_over_changes_publishes_nothing(speaking):
    in_english(speaking.water, {"示例自来水公司": "Sample Waterworks"})
    translation = Translation.objects.get(source__object_id=speaking.water.translation_key)
    speaking.water.introduction = "新的介绍"
    speaking.water.save_revision().publish(skip_permission_checks=True)
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    answer = signed_in(speaking.editor("water")).post(address, {"publish_translations": "on"})

    assert answer.status_code == 302
    assert copy_of(speaking.water).introduction == ""
    translation = Translation.objects.get(pk=translation.pk)
    assert translation.source.stringsegment_set.filter(string__data="新的介绍").exists()


def test_an_editor_of_another_unit_cannot_take_over_changes(speaking):
    in_english(speaking.water)
    translation = Translation.objects.get(source__object_id=speaking.water.translation_key)
    before = translation.source.last_updated_at

    signed_in(speaking.editor("school")).post(
        reverse("wagtail_localize:update_translations", args=[translation.source_id]), {}
    )

    assert Translation.objects.get(pk=translation.pk).source.last_updated_at == before


def test_a_translation_is_not_turned_into_an_alias(speaking):
    begin_translation(speaking.water)
    copy = copy_of(speaking.water)

    signed_in(speaking.editor("water")).post(reverse("wagtail_localize:convert_to_alias", args=[copy.pk]))

    copy.refresh_from_db()
    assert copy.alias_of_id is None
    assert not copy.live


def test_the_report_shows_what_is_within_ones_reach(speaking):
    begin_translation(speaking.water)
    begin_translation(speaking.school)

    page = signed_in(speaking.editor("water")).get(reverse("wagtail_localize:translations_report"))

    titles = page.content.decode()
    assert "示例自来水公司" in titles
    assert "示例小学" not in titles


def test_the_editor_shows_the_strings_and_the_way_into_approval(speaking):
    begin_translation(speaking.water)

    page = signed_in(speaking.editor("water")).get(
        reverse("wagtailadmin_pages:edit", args=[copy_of(speaking.water).pk])
    )

    assert page.status_code == 200
    assert 'name="action" value="submit"' in page.content.decode()
    assert "js-translation-editor" in page.content.decode()


def test_a_text_too_long_for_its_field_is_named(speaking):
    translation = begin_translation(speaking.water)
    translate_strings(translation, {"示例自来水公司": "x" * 300})

    answer = finish(speaking.editor("water"), copy_of(speaking.water))

    said = [str(message) for message in answer.wsgi_request._messages]
    assert any("255" in text for text in said)
    assert not copy_of(speaking.water).workflow_in_progress


def test_a_text_too_long_for_a_row_is_refused_before_anybody_reviews_it(speaking):
    speaking.water.phones = [OrganisationPhone(label="服务热线", number="12345")]
    speaking.water.save_revision().publish(skip_permission_checks=True)
    translation = begin_translation(speaking.water)
    translate_strings(translation, {"服务热线": "x" * 60})

    answer = finish(speaking.editor("water"), copy_of(speaking.water))

    assert any("50" in str(message) for message in answer.wsgi_request._messages)
    assert not copy_of(speaking.water).workflow_in_progress


def test_a_phone_keeps_its_number_and_gets_an_english_label(speaking):
    speaking.water.phones = [OrganisationPhone(label="服务热线", number="12345")]
    speaking.water.save_revision().publish(skip_permission_checks=True)

    copy = in_english(speaking.water, {"服务热线": "Hotline", "12345": "999"})

    assert [(phone.label, phone.number) for phone in copy.phones.all()] == [("Hotline", "12345")]
    assert [phone.label for phone in speaking.water.phones.all()] == ["服务热线"]


def test_a_string_with_a_null_character_is_kept_without_it(speaking):
    translation = begin_translation(speaking.water)

    translate_strings(translation, {"示例自来水公司": "Sample\x00 Waterworks"})

    assert copy_of(speaking.water).draft_title == "Sample Waterworks"


def test_withdrawn_in_chinese_it_is_withdrawn_in_english(speaking):
    copy = in_english(speaking.water)

    speaking.water.unpublish()

    copy.refresh_from_db()
    assert not copy.live


def test_no_page_is_made_in_english_alone(speaking):
    copy = CityPortalPage.objects.get(locale=english())

    assert not DepartmentPage.can_create_at(copy)
    with pytest.raises(Exception, match="外文页面须由中文页面翻译而来"):
        copy.add_child(instance=DepartmentPage(title="Office", locale=english()))


def test_a_new_page_makes_no_copies(speaking):
    before = Page.objects.filter(locale=english()).count()

    make_page(StandardPage, speaking.water, title="新页面")

    assert Page.objects.filter(locale=english()).count() == before


class TestServiceItems:
    """The same for snippets, where Wagtail asks even less."""

    @pytest.fixture
    def item(self, town: Town) -> ServiceItem:
        item = make_service_item(town.water, town.industries["waterworks"], title="水费查询")
        item.save_revision().publish(skip_permission_checks=True)
        item.refresh_from_db()
        return item

    def submit(self, user: Any, item: ServiceItem) -> Any:
        address = reverse("wagtail_localize:submit_snippet_translation", args=["snippets", "serviceitem", item.pk])
        return signed_in(user).post(address, {"locales": [english().pk]})

    def edit(self, user: Any, item: ServiceItem, **data: Any) -> Any:
        address = reverse("wagtailsnippets_snippets_serviceitem:edit", args=[item.pk])
        return signed_in(user).post(address, data) if data else signed_in(user).get(address)

    def test_its_own_editor_has_it_translated_as_a_draft(self, town, item):
        self.submit(town.editor("water"), item)

        assert copy_of(item).live is False

    def test_another_editor_does_not(self, town, item):
        self.submit(town.editor("school"), item)

        assert copy_of(item) is None

    def test_it_is_submitted_and_approved_by_the_providers_chain(self, town, item):
        translation = begin_translation(item)
        translate_strings(translation, {"水费查询": "Water bill query"})
        reviewers = town.reviewer("water"), town.reviewer("water_office")

        self.edit(town.editor("water"), copy_of(item), action="submit")
        assert copy_of(item).live is False
        for reviewer in reviewers:
            decide(reviewer, copy_of(item).current_workflow_task_state)

        copy = copy_of(item)
        assert (copy.live, copy.title, copy.code) == (True, "Water bill query", item.code)

    def test_a_superuser_does_not_publish_it(self, town, item):
        begin_translation(item)
        operator = make_person("operator", is_superuser=True, is_staff=True)

        self.edit(operator, copy_of(item), action="publish")

        assert copy_of(item).live is False

    def test_the_editor_opens_for_its_own_unit_only(self, town, item):
        translation = begin_translation(item)
        segment = translation.source.stringsegment_set.first()
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        body = {"data": "value=Bill", "content_type": "application/x-www-form-urlencoded"}

        assert self.edit(town.editor("water"), copy_of(item)).status_code == 200
        assert signed_in(town.editor("water")).put(address, **body).status_code == 201
        assert self.edit(town.editor("school"), copy_of(item)).status_code in (302, 403)
        assert signed_in(town.editor("school")).put(address, **body).status_code in (302, 403)

    def test_withdrawn_in_chinese_it_is_withdrawn_in_english(self, item):
        translation = begin_translation(item)
        copy_of(item).get_latest_revision().publish(skip_permission_checks=True)
        assert copy_of(item).live

        item.unpublish()

        assert translation.get_target_instance().live is False
