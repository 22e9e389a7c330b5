"""The inbox: my letters only, what waits and what is settled, marked as read by opening."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Duty
from cms.inbox.menu import InboxMenuItem
from ledger.letters import Message, settle, write
from ledger.models import Letter
from tests.factories import appoint, make_person
from tests.town import Town
from tests.workflows.acts import decide, signed_in, submitted, words

INBOX = "/admin/inbox/"


def told(person: Any, subject: str = "示例通知", **more: Any) -> Letter:
    (letter,) = write([person], Message(more.pop("kind", "approval.published"), subject, **more))
    return letter


def in_menu(person: Any) -> str:
    request = RequestFactory().get("/admin/")
    request.user = person
    return str(InboxMenuItem().render_component(request).label)


def test_each_reads_his_own(town: Town) -> None:
    reader, other = town.reviewer("water"), town.editor("water")
    letter = told(other, "给编辑员的")

    assert "给编辑员的" not in words(signed_in(reader).get(INBOX))
    assert "给编辑员的" in words(signed_in(other).get(INBOX))
    assert signed_in(reader).get(reverse("inbox:letter", args=[letter.pk])).status_code == 404


def test_opening_marks_as_read_and_leads_to_its_place(town: Town) -> None:
    reader = town.reviewer("water")
    letter = told(reader, url="/admin/approval/")

    response = signed_in(reader).get(reverse("inbox:letter", args=[letter.pk]))

    assert response.url == "/admin/approval/"
    assert not Letter.objects.inbox_of(reader).unread().exists()


def test_a_letter_without_a_place_is_shown(town: Town) -> None:
    reader = town.reviewer("water")
    letter = told(reader, body="<b>原文</b>")

    assert "&lt;b&gt;原文&lt;/b&gt;" in words(signed_in(reader).get(reverse("inbox:letter", args=[letter.pk])))


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_letter_leads_off_this_site(town: Town, url: str) -> None:
    reader = town.reviewer("water")
    letter = told(reader, url=url)

    assert signed_in(reader).get(reverse("inbox:letter", args=[letter.pk])).status_code == 200


def test_what_a_colleague_decided_says_so_and_counts_no_more(town: Town) -> None:
    reader, colleague = town.reviewer("water"), make_person("colleague", first_name="示例同事")
    appoint(colleague, town.water, Duty.REVIEWER)
    state = submitted(town)
    client = signed_in(reader)
    assert "需要处理" in words(client.get(INBOX))
    assert in_menu(reader) == "通知（1）"

    decide(colleague, state)

    page = words(client.get(INBOX))
    assert "已由示例同事办理" in page
    assert in_menu(reader) == "通知"
    assert "示例水价" not in words(client.get(INBOX + "?show=to_act"))


def test_the_inbox_is_narrowed(town: Town) -> None:
    reader = town.reviewer("water")
    told(reader, "公开了")
    told(reader, "任命了", kind="people.appointed")
    told(reader, "要办的", must_act=True, matter="test:1")
    told(reader, "办过的", must_act=True, matter="test:2")
    settle("test:2")
    Letter.objects.filter(subject="公开了").update(read_at="2026-11-01T00:00Z")

    def shown(query: str) -> list[str]:
        response = signed_in(reader).get(INBOX + query)
        return sorted(row["letter"].subject for row in response.context["rows"])

    assert shown("") == sorted(["公开了", "任命了", "要办的", "办过的"])
    assert shown("?show=unread") == sorted(["任命了", "要办的"])
    assert shown("?show=to_act") == ["要办的"]
    assert shown("?area=people") == ["任命了"]
    assert len(shown("?show=nonsense&area=nonsense&page=99")) == 4


def test_one_is_marked_and_all_are_marked(town: Town) -> None:
    reader, other = town.reviewer("water"), town.editor("water")
    first, _second, _third = (told(reader) for _letter in range(3))
    foreign = told(other)
    client = signed_in(reader)

    client.post("/admin/inbox/read/", {"letter": foreign.pk})
    client.post("/admin/inbox/read/", {"letter": "x"})
    assert Letter.objects.unread().count() == 4

    client.post("/admin/inbox/read/", {"letter": first.pk})
    assert Letter.objects.inbox_of(reader).unread().count() == 2

    response = client.post("/admin/inbox/read/", {"next": "https://evil.example/"})
    assert response.url == INBOX
    assert [letter.recipient for letter in Letter.objects.unread()] == [other]


def test_a_full_inbox_takes_as_many_queries_as_an_empty_one(town: Town, django_assert_max_num_queries: Any) -> None:
    reader = town.reviewer("water")
    for number in range(40):
        told(reader, f"通知 {number}", must_act=True, matter=f"test:{number}")
    settle("test:3", by=town.editor("water"))
    client = signed_in(reader)
    client.get(INBOX)

    with django_assert_max_num_queries(20):
        response = client.get(INBOX)

    assert len(response.context["rows"]) == 25
    assert "?page=2" in words(response)


def test_mail_by_choice_stands_on_the_account_page(town: Town) -> None:
    client = signed_in(town.reviewer("water"))
    page = words(client.get(reverse("wagtailadmin_account")))
    assert "每个工作日上午 8 时汇总一封" in page
    assert "submitted_notifications" not in page

    fields = {"name_email-first_name": "示例", "name_email-email": "a@example.org", "mail-delivery": "daily"}
    client.post(reverse("wagtailadmin_account"), _filled(client) | fields)

    assert town.reviewer("water").mail_preference.delivery == "daily"


def _filled(client: Client) -> dict[str, Any]:
    """Return what the other parts of the account page ask for, as they are."""
    panels = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"].values()
    forms = [panel.get_form() for panels in panels for panel in panels]
    values = {
        form.add_prefix(name): form.get_initial_for_field(field, name)
        for form in forms
        for name, field in form.fields.items()
    }
    return {name: value for name, value in values.items() if value not in (None, "")}
