"""The sample shows everything, says of itself that it is one, and stays as it is at a second start."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, get_page_models

from accounts.models import Appointment, User
from accounts.tiers import Tier, tier_of
from blocks.story import content_stream_block
from cms.demo.people import PASSWORD, PEOPLE
from cms.demo.places import find_places
from cms.demo.profiles import PROFILES
from pages.models import (
    CityPortalPage,
    DisclosurePage,
    NoticePage,
    OrganisationPage,
    PublicationRecord,
    RecordPage,
    UnitPage,
)
from snippets.models import PortalSettings, ServiceItem
from workflows.models import (
    ActKind,
    Review,
    ReviewState,
    ScheduledPublication,
    ScheduleState,
    TieredTaskState,
    Withdrawal,
    WithdrawalState,
)


class SampleTests(TestCase):
    """One load for all facts."""

    said: StringIO

    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = StringIO()
        call_command("load_demo", stdout=cls.said)

    def test_every_typed_field_of_a_showcase_unit_is_filled(self) -> None:
        places = find_places()

        missing = {
            name: [field for field in places[name].profile_fields if getattr(places[name], field) in (None, "")]
            for name in PROFILES
        }
        # A permit number that is valid would look real.
        assert {name: fields for name, fields in missing.items() if fields} == {"sewage": ["permit_number"]}

    def test_the_foot_of_a_page_has_every_mark_of_a_registered_site(self) -> None:
        html = (
            self.client.get("/", headers={"host": "127.0.0.1"}).content.decode().partition('<footer class="footer">')[2]
        )

        assert [
            mark for mark in ("主办", "承办", "12345", "标识码", "ICP备", "公网安备", "站点地图") if mark not in html
        ] == []

    def test_every_page_type_has_content(self) -> None:
        abstract = {Page, OrganisationPage}
        present = {type(page) for page in Page.objects.live().specific()}

        missing = {model for model in get_page_models() if model not in abstract and model is not RecordPage} - present

        assert missing == set()

    def test_every_kind_of_block_is_shown_somewhere(self) -> None:
        shown = {block.block_type for page in DisclosurePage.objects.live() for block in page.body}

        assert set(content_stream_block().child_blocks) - {"sealed"} - shown == set()

    def test_every_state_of_approval_is_there(self) -> None:
        states = set(TaskState.objects.values_list("status", flat=True))
        waiting = TieredTaskState.objects.filter(status="in_progress").values_list("task__tieredapprovaltask__tier")

        assert states >= {"in_progress", "approved", "rejected"}
        assert {tier for (tier,) in waiting} == {1, 2, 3}
        assert DisclosurePage.objects.filter(live=False, title__startswith="草稿").exists()
        assert PublicationRecord.objects.filter(is_public=False).exists()

    def test_what_time_brings_about_is_there(self) -> None:
        waiting = TieredTaskState.objects.filter(status="in_progress")

        assert waiting.filter(due_at__lt=timezone.now(), held_until=None).count() == 1
        assert waiting.filter(acts__kind=ActKind.TRANSFERRED).count() == 1
        assert waiting.exclude(held_until=None).exists()
        assert NoticePage.objects.exclude(late_reason="").filter(live=False).count() == 1
        assert ScheduledPublication.objects.filter(state=ScheduleState.WAITING).count() == 1
        assert Withdrawal.objects.filter(state=WithdrawalState.REQUESTED).count() == 1
        assert Review.objects.filter(state=ReviewState.WAITING, withdrawal=None).exists()

    def test_everything_invented_is_marked(self) -> None:
        records = [*DisclosurePage.objects.all(), *NoticePage.objects.all()]

        assert [
            page.title for page in records if page.locale.language_code == "zh-hans" and "示例" not in page.title
        ] == []
        assert PortalSettings.objects.get().is_sample

    def test_each_notice_serves_the_entry_it_is_about(self) -> None:
        served = dict(NoticePage.objects.values_list("title", "entry__title"))

        assert served["示例路管网抢修，临时停水（示例）"] == "抢修停水信息"
        assert "人员招聘" in served["示例岗位公开招聘公告（示例）"]
        assert "临时变更" in served["示例路公交线路临时绕行（示例）"]

    def test_what_the_portal_suggests_to_search_for_is_found(self) -> None:
        found = {
            word: Page.objects.live().filter(locale=portal.locale).search(word.strip()).count()
            for portal in CityPortalPage.objects.all()
            for word in portal.popular_searches.replace("；", ";").split(";")
        }

        assert len(found) == 10
        assert [word for word, number in found.items() if not number] == []

    def test_each_role_has_an_account_that_works_and_is_printed(self) -> None:
        for person in PEOPLE:
            user = User.objects.get(username=person.username)
            assert user.check_password(PASSWORD)
            assert person.username in self.said.getvalue()
        tiers = {tier_of(each.organisation) for each in Appointment.objects.select_related("organisation")}
        assert tiers == set(Tier)

    def test_the_home_page_and_each_showcase_are_public_in_english(self) -> None:
        copies = Page.objects.filter(locale__language_code="en", live=True)

        assert copies.filter(depth=2, title="Dalian").exists()
        assert {"WaterPage", "SchoolPage", "HospitalPage", "CommunityPage"} <= {
            type(page).__name__ for page in copies.type(UnitPage).specific()
        }
        assert ServiceItem.objects.filter(locale__language_code="en", live=True).exists()
        water = OrganisationPage.objects.get(locale__language_code="en", title="Dalian Water Supply Group Co. Ltd.")
        assert "a sample introduction" in water.introduction
        assert water.supervision_phone
        assert water.hours

    def test_services_and_units_stand(self) -> None:
        assert ServiceItem.objects.filter(live=True).exists()
        assert UnitPage.objects.live().count() >= 60

    def test_a_second_start_changes_nothing(self) -> None:
        before = Page.objects.count(), Revision.objects.count(), User.objects.count()

        call_command("load_demo", stdout=StringIO())

        assert (Page.objects.count(), Revision.objects.count(), User.objects.count()) == before
