"""An outsider reads one version of a draft by a link, while it is good, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ledger.models import Event
from pages.models import DisclosureAttachment
from tests.town import Town
from tests.workflows.acts import decide, draft, draft_service, submit, words
from workflows.models import OutsideLink
from workflows.outside import public
from workflows.outside.links import create_link, revoke_link

from .acts import document, outsider, shown

MARK = "草稿 · 仅供征求意见"


def test_the_draft_is_read_without_account_and_says_that_it_is_one(town: Town) -> None:
    _link, address = shown(town, body=[("text", "<p>拟定单价三元。</p>")])

    response = outsider().get(address)

    page = words(response)
    assert response.status_code == 200
    assert "拟定单价三元。" in page
    assert MARK in page
    assert 'content="noindex, nofollow"' in page
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert "wagtail-userbar" not in page
    assert "/admin/" not in page


def test_the_public_page_bears_no_mark(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile")
    decide(reviewer, submit(page, town.editor("water")))

    assert MARK not in words(outsider().get(page.get_url()))


def test_a_service_is_shown_as_well(town: Town) -> None:
    item = draft_service(town)
    _link, token = create_link(revision=item.latest_revision, user=town.editor("water"), days=1, purpose="市司法局")

    page = words(outsider().get(reverse("outside:draft", args=[token])))

    assert item.title in page
    assert MARK in page


def test_the_link_stays_with_its_version(town: Town) -> None:
    page = draft(town, title="第一稿")
    _link, address = shown(town, page=page)
    page.title = "第二稿"
    page.save_revision(user=town.editor("water"))

    answer = words(outsider().get(address))

    assert "第一稿" in answer
    assert "第二稿" not in answer


def test_a_link_is_over_after_its_days(town: Town, clock: Any) -> None:
    _link, address = shown(town, days=3)
    clock.shift(timedelta(days=3, seconds=1))

    response = outsider().get(address)

    assert response.status_code == 404
    assert "这个链接打不开了" in words(response)
    assert "示例水价" not in words(response)


def test_a_revoked_link_opens_nothing(town: Town) -> None:
    link, address = shown(town)
    assert revoke_link(link=link, user=town.editor("water"))
    assert not revoke_link(link=link, user=town.editor("water"))

    assert outsider().get(address).status_code == 404
    assert outsider().post(address, {"name": "某", "text": "某"}).status_code == 404


def test_a_link_is_over_when_its_version_is_public(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile")
    _link, address = shown(town, page=page)

    decide(reviewer, submit(page, town.editor("water")))

    assert outsider().get(address).status_code == 404


@pytest.mark.parametrize("change", ["cut", "turned", "signed by itself"])
def test_a_forged_token_opens_nothing(town: Town, change: str) -> None:
    _link, address = shown(town)
    token = address.split("/")[2]
    forged = {"cut": token[:-1], "turned": token[::-1], "signed by itself": f"{token}.{token}"}[change]

    assert outsider().get(f"/draft/{forged}/").status_code == 404


def test_the_token_itself_is_kept_nowhere(town: Town) -> None:
    _link, address = shown(town)
    secret = address.split("/")[2].split(".")[0]

    assert not OutsideLink.objects.filter(token_hash__contains=secret).exists()
    assert not Event.objects.filter(data__icontains=secret).exists()


def test_each_opening_is_counted_and_noted(town: Town) -> None:
    link, address = shown(town)

    for _time in range(2):
        outsider(REMOTE_ADDR="192.0.2.7").get(address)

    link.refresh_from_db()
    assert link.openings == 2
    events = Event.objects.filter(kind="outside.opened")
    assert [event.address for event in events] == ["192.0.2.7"] * 2
    assert {event.organisation_id for event in events} == {town.water.pk}


def test_a_machine_that_hammers_is_sent_away(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    _link, address = shown(town)
    monkeypatch.setattr(public, "OPENINGS", (2, 60))

    codes = [outsider(REMOTE_ADDR="192.0.2.7").get(address).status_code for _time in range(3)]

    assert codes == [200, 200, 429]
    assert outsider(REMOTE_ADDR="192.0.2.8").get(address).status_code == 200


def test_the_files_of_the_draft_are_read_through_the_link_only(town: Town) -> None:
    page = draft(town)
    table, other = document(town), document(town, "other.txt")
    page.attachments.add(DisclosureAttachment(title="附表", document=table))
    page.save_revision(user=town.editor("water"))
    link, address = shown(town, page=page)
    client = outsider()

    answer = words(client.get(address))
    file = f"{address}files/{table.pk}/"
    assert file in answer
    assert table.url not in answer

    response = client.get(file)
    assert b"".join(response.streaming_content) == b"secret table"
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    # `response.close()` would close the database as well.
    for close in response._resource_closers:
        close()
    assert client.get(table.url).status_code == 404
    assert client.get(f"{address}files/{other.pk}/").status_code == 404

    revoke_link(link=link, user=town.editor("water"))
    assert client.get(file).status_code == 404
