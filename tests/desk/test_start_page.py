"""The start page: what I have to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty
from pages.models import RosterState
from pages.roster import set_roster_state
from tests.factories import appoint, make_disclosure, make_page, make_person, make_unit
from tests.town import Town
from tests.workflows.acts import decide, draft, draft_service, signed_in, submit, submitted

HOME = reverse("wagtailadmin_home")


def home(user: Any) -> str:
    return signed_in(user).get(HOME).content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_reviewer_sees_how_many_wait_and_the_oldest_five(town: Town) -> None:
    reviewer = town.reviewer("water")
    for number in range(7):
        submitted(town, title=f"第{number}件")

    page = home(reviewer)

    assert "查看全部 7 件" in page
    assert "第0件" in page
    assert "第4件" in page
    assert "第5件" not in page


def test_a_reviewer_sees_what_a_second_person_must_look_at(town: Town) -> None:
    superior = town.reviewer("water_office")
    decide(town.reviewer("water"), submitted(town, entry="water_outage", title="抢修停水"))

    page = home(superior)

    assert "待我复核" in page
    assert "抢修停水" in page
    assert "即时公开 · 事后复审" in page
    assert "待我复核" not in home(town.reviewer("water"))


def test_an_editor_sees_what_came_back_and_why(town: Town) -> None:
    reviewer = town.reviewer("water")
    decide(reviewer, submitted(town, title="退回的"), "reject", "缺依据文件号")

    page = home(town.editor("water"))

    assert "退回的" in page
    assert "缺依据文件号" in page
    assert "待我审核" not in page


def test_what_was_submitted_again_is_under_way_and_no_more_returned(town: Town) -> None:
    reviewer, editor = town.reviewer("water"), town.editor("water")
    page = draft(town, title="改过的")
    decide(reviewer, submit(page, editor), "reject", "缺依据文件号")
    page.save_revision(user=editor)

    page.current_workflow_state.resume(editor)

    shown = home(editor)
    assert "缺依据文件号" not in shown
    assert "等待“示例自来水公司”审核" in shown


def test_drafts_of_pages_and_service_items_are_found_again(town: Town) -> None:
    draft(town, title="没写完的水价")
    draft_service(town, title="没写完的服务")
    other = make_page(type(draft(town)), town.water, live=False, entry=town.entries["water_price"], title="别人的草稿")
    other.save_revision(user=town.administrator("water"))

    page = home(town.editor("water"))

    assert "没写完的水价" in page
    assert "没写完的服务" in page
    assert "别人的草稿" not in page


def test_what_the_own_organisation_owes_leads_to_a_form_with_the_entry_chosen(town: Town) -> None:
    make_disclosure(town.water, town.entries["water_profile"])

    page = home(town.editor("water"))

    price, outage = town.entries["water_price"], town.entries["water_outage"]
    assert f"/admin/pages/add/pages/disclosurepage/{town.water.pk}/?entry={price.pk}" in page
    assert f"/admin/pages/add/pages/noticepage/{town.water.pk}/?entry={outage.pk}" in page
    assert f"?entry={town.entries['water_profile'].pk}" not in page


def test_a_reviewer_is_not_told_what_others_have_to_write(town: Town) -> None:
    assert "本单位目录缺项" not in home(town.reviewer("water"))


def test_wagtails_own_panels_are_gone(town: Town) -> None:
    submitted(town)

    page = home(town.editor("water"))

    for heading in ("等待您审核", "您的审核中的页面和条目", "您锁定的页面"):
        assert heading not in page


def test_a_superuser_without_appointment_has_a_start_page_too(town: Town) -> None:
    page = home(make_person("boss", is_superuser=True))

    assert "系统运维人员" in page


@pytest.mark.parametrize("duty", [Duty.EDITOR, Duty.REVIEWER])
def test_the_start_page_costs_no_more_queries_when_there_is_more_to_do(town: Town, duty: str) -> None:
    town.reviewer("water")
    person = town.editor("water") if duty == Duty.EDITOR else town.reviewer("water")
    client = signed_in(person)

    def more(count: int) -> None:
        for number in range(count):
            submitted(town, title=f"在审{number}")
            draft(town, title=f"草稿{number}")
            decide(town.reviewer("water"), submitted(town, title=f"退回{number}"), "reject", "请补充")

    more(5)
    client.get(HOME)
    few = queries(client, HOME)
    more(20)

    assert queries(client, HOME) <= few
    assert few <= 40


def test_a_person_with_many_organisations_sees_a_few_of_them(town: Town) -> None:
    editor = town.editor("water")
    for _number in range(6):
        appoint(editor, make_unit(town.water_office, industry=town.industries["waterworks"]))

    page = home(editor)

    assert page.count("本单位目录缺项") == 3
    assert "共 7 项任命" in page


def test_what_waits_for_an_event_is_no_gap(town: Town) -> None:
    set_roster_state(town.water, RosterState.INCLUDED, "示例文件", date(2026, 1, 5))

    page = home(town.editor("water"))

    # B02, emergency repairs: there was none.
    assert '<span class="count">2</span>' in page
    assert page.count("已逾期") == 2
    assert page.index("水价") < page.index("有则公开") < page.index("抢修停水")


def test_each_duty_leads_to_the_pages_of_the_unit(town: Town) -> None:
    page = home(town.editor("water"))

    assert f'href="{reverse("wagtailadmin_explore", args=[town.water.pk])}"' in page


def test_the_account_asks_for_one_name_and_keeps_it_whole(town: Town) -> None:
    editor = town.editor("water")
    editor.first_name, editor.last_name = "小明", "王"
    editor.save()
    client, address = signed_in(editor), reverse("wagtailadmin_account")
    form = next(panel for panel in client.get(address).context["panels_by_tab"].values())[0].get_form()
    assert form.initial["first_name"] == "王小明"

    assert type(form)({"first_name": "王大明", "email": "wang@example.org"}, instance=editor).save()

    editor.refresh_from_db()
    assert editor.get_full_name() == "王大明"
