"""An outsider says what he thinks; editor and approver read it; it approves nothing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.models import WorkflowState

from ledger.models import Event, Letter
from tests.town import Town
from tests.workflows.acts import draft, signed_in, submit, words
from workflows.models import OutsideComment
from workflows.outside.links import create_link
from workflows.outside.public import COMMENTS

from .acts import outsider, say, shown

# Of nobody: the check digit is right.
ID_NUMBER = "11010519491231002X"


def test_a_comment_reaches_approver_and_editor(town: Town) -> None:
    reviewer, editor = town.reviewer("water"), town.editor("water")
    page = draft(town)
    _link, address = shown(town, page=page)

    response = say(outsider(), address, "单价应含税。<script>x</script>")

    assert response.status_code == 302
    assert "已收到" in words(outsider().get(response.url))
    state = submit(page, editor)
    for client, url in (
        (signed_in(reviewer), reverse("approval:item", args=[state.pk])),
        (signed_in(editor), reverse("approval:outside", args=[page.latest_revision_id])),
    ):
        answer = words(client.get(url))
        assert "单价应含税。&lt;script&gt;" in answer
        assert "李律师" in answer
    assert "收到 1 条外部意见" in words(signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_who_made_the_link_is_told_once_until_he_has_read(town: Town) -> None:
    _link, address = shown(town)

    for _time in range(3):
        say(outsider(), address)

    assert Letter.objects.get(kind="outside.commented").recipient == town.editor("water")
    assert Event.objects.filter(kind="outside.commented").count() == 3

    Letter.objects.update(read_at="2026-11-01T00:00Z")
    say(outsider(), address)
    assert Letter.objects.filter(kind="outside.commented").count() == 2


def test_what_is_wrong_is_said_and_nothing_is_kept(town: Town) -> None:
    _link, address = shown(town)
    client = outsider()

    for name, text in (("", "某"), ("某", ""), ("某" * 41, "某"), ("某", "某" * 2_001)):
        assert say(client, address, text, name).status_code == 422
    filled = client.post(address, {"name": "某", "text": "某", "website": "https://spam.example"})

    assert filled.status_code == 422
    assert not OutsideComment.objects.exists()


def test_a_flood_is_stopped_and_the_text_is_not_lost(town: Town) -> None:
    _link, address = shown(town)
    client = outsider()

    for _time in range(COMMENTS[0]):
        assert say(client, address).status_code == 302
    response = say(client, address, "第六条意见")

    assert response.status_code == 422
    assert "第六条意见" in words(response)
    assert OutsideComment.objects.count() == COMMENTS[0]


def test_a_form_from_elsewhere_is_refused(town: Town) -> None:
    _link, address = shown(town)

    assert say(outsider(enforce_csrf_checks=True), address).status_code == 403


def test_links_are_made_by_editor_and_approver_only(town: Town) -> None:
    page = draft(town)
    url = reverse("approval:outside", args=[page.latest_revision_id])
    asked = {"purpose": "市司法局", "days": "7"}
    assert signed_in(town.reviewer("water")).post(url, asked).status_code == 404

    submit(page, town.editor("water"))

    assert signed_in(town.reviewer("school")).get(url).status_code == 404
    for person in (town.reviewer("water"), town.editor("water")):
        response = signed_in(person).post(url, asked)
        assert "http://localhost/draft/" in words(response)
        assert "no-store" in response["Cache-Control"]
    assert Event.objects.filter(kind="outside.link_created").count() == 2


def test_a_link_lasts_fourteen_days_at_most(town: Town) -> None:
    page = draft(town)
    url = reverse("approval:outside", args=[page.latest_revision_id])

    response = signed_in(town.editor("water")).post(url, {"purpose": "某", "days": "15"})

    assert "有效期最长 14 天" in words(response)
    assert not page.latest_revision.outside_links.exists()


def test_personal_data_is_shown_to_nobody_outside(town: Town) -> None:
    page = draft(town, body=[("text", f"<p>联系人身份证号 {ID_NUMBER}。</p>")])
    url = reverse("approval:outside", args=[page.latest_revision_id])

    response = signed_in(town.editor("water")).post(url, {"purpose": "某", "days": "7"})

    assert "不能给外单位看" in words(response)
    assert ID_NUMBER not in words(response)
    assert not page.latest_revision.outside_links.exists()


def test_a_link_is_revoked_on_the_screen(town: Town) -> None:
    link, address = shown(town)
    url = reverse("approval:outside_revoke", args=[link.revision_id, link.pk])
    assert signed_in(town.editor("school")).post(url).status_code == 404

    signed_in(town.editor("water")).post(url)

    assert outsider().get(address).status_code == 404
    assert Event.objects.filter(kind="outside.link_revoked").count() == 1


def test_many_links_and_comments_cost_no_query_each(town: Town, django_assert_max_num_queries: Any) -> None:
    page, editor = draft(town), town.editor("water")
    for number in range(20):
        link, _token = create_link(revision=page.latest_revision, user=editor, days=1, purpose=f"单位{number}")
        OutsideComment.objects.create(link=link, name="某", text="某")
    client, url = signed_in(editor), reverse("approval:outside", args=[page.latest_revision_id])
    client.get(url)

    with django_assert_max_num_queries(35):
        client.get(url)


def test_the_editor_is_offered_to_show_a_draft_but_not_what_is_public(town: Town) -> None:
    page, client = draft(town), signed_in(town.editor("water"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert reverse("approval:outside", args=[page.latest_revision_id]) in words(client.get(edit))

    page.latest_revision.publish(skip_permission_checks=True)

    assert "/admin/approval/outside/" not in words(client.get(edit))
