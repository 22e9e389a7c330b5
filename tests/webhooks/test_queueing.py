"""From sealed events to deliveries: in order, exactly once, for the right subtree, with no draft and no name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cms.public_events.kinds import OUTWARD
from cms.webhooks import queueing
from cms.webhooks.queueing import queue_deliveries
from ledger.events import Subject, record
from ledger.models import Webhook, WebhookDelivery, WebhookState
from ledger.sealing import seal_events
from pages.models import DisclosurePage, PublicationRecord
from tests.factories import make_disclosure, make_page, make_service_item
from tests.town import Town
from workflows.withdrawing import Plan, withdraw

from .acts import follow, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told(**of: Any) -> list[tuple[str, int]]:
    found = WebhookDelivery.objects.filter(**of).order_by("sequence")
    return [(each.kind, json.loads(each.body)["data"]["id"]) for each in found]


def test_a_publication_is_told_with_where_to_read_it(town: Town) -> None:
    follow(town.water)
    page = make_disclosure(town.water, town.entries["water_price"], title="水价", owner=town.editor("water"))
    queue()

    delivery = WebhookDelivery.objects.get()
    message = json.loads(delivery.body)
    assert set(message) == {"type", "timestamp", "data"}
    assert message["type"] == "content.published"
    assert message["data"] == {
        "sequence": delivery.sequence,
        "endpoint": "disclosures",
        "id": page.pk,
        "language": "zh-hans",
        "index_number": PublicationRecord.objects.get(page=page.pk).index_number,
        "html_url": settings.BASE_URL + page.get_url_parts()[2],
        "api_url": f"{settings.BASE_URL}/api/v2/disclosures/{page.pk}/",
        "includes_descendants": False,
        "withdrawal": None,
        "scope": None,
    }
    assert "水价" not in delivery.body
    assert "water-editor" not in delivery.body


def test_a_draft_a_review_and_a_schedule_are_told_of_never(town: Town) -> None:
    follow(town.portal)
    draft = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title="草稿")
    draft.submit_for_approval(town.editor("water"))
    queue()

    assert not WebhookDelivery.objects.exists()


def test_what_was_rolled_back_is_told_of_never(town: Town) -> None:
    follow(town.portal)
    with transaction.atomic():
        make_disclosure(town.water, town.entries["water_price"])
        transaction.set_rollback(True)
    queue()

    assert not WebhookDelivery.objects.exists()


def test_a_withdrawal_says_how_and_a_return_is_a_publication(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    town.reviewer("portal")
    follow(town.water)
    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan("notice", "价格有误。"))
    queue()

    message = json.loads(WebhookDelivery.objects.get().body)
    assert (message["type"], message["data"]["withdrawal"]) == ("content.withdrawn", "notice")
    assert "价格有误" not in WebhookDelivery.objects.get().body


def test_what_nobody_knows_any_more_holds_up_nothing(town: Town) -> None:
    follow(town.portal)
    data = {"endpoint": "organisations", "language": "zh-hans", "within": [town.portal.pk]}
    record("public.withdrawn", Subject("gone.gonepage", 99, "示例"), **data)
    make_disclosure(town.water, town.entries["water_price"])

    assert queue() == 2


def test_each_follows_its_own_subtree(town: Town) -> None:
    water, district, city = (follow(place) for place in (town.water, town.district, town.portal))
    of_water = make_disclosure(town.water, town.entries["water_price"])
    of_school = make_disclosure(town.school, town.entries["school_admission"])
    item = make_service_item(town.school, live=False)
    item.save_revision().publish(skip_permission_checks=True)
    queue()

    industry = ("catalogue.changed", item.industry_id)
    assert told(webhook=water) == [("content.published", of_water.pk), industry]
    school = [("content.published", of_school.pk), industry, ("service.published", item.pk)]
    assert told(webhook=district) == school
    assert told(webhook=city) == [("content.published", of_water.pk), *school]


def test_what_is_moved_out_is_gone_for_who_followed_it_there(town: Town) -> None:
    left, entered, both = follow(town.education_office), follow(town.street), follow(town.district)
    town.school.move(town.street, pos="last-child")
    queue()

    assert told(webhook=left) == [("content.deleted", town.school.pk)]
    assert told(webhook=entered) == [("content.published", town.school.pk)]
    assert told(webhook=both) == [("content.moved", town.school.pk)]
    scopes = [json.loads(each.body)["data"]["scope"] for each in WebhookDelivery.objects.order_by("webhook")]
    assert scopes == ["left", "entered", None]


def test_a_unit_that_is_moved_itself_goes_on_being_followed(town: Town) -> None:
    webhook = follow(town.school)
    town.education_office.move(town.portal, pos="last-child")
    queue()

    assert told(webhook=webhook) == [("content.moved", town.education_office.pk)]


def test_only_wanted_kinds_are_told(town: Town) -> None:
    follow(town.water, kinds=["content.withdrawn"])
    page = make_disclosure(town.water, town.entries["water_price"])
    page.unpublish()
    queue()

    assert told() == [("content.withdrawn", page.pk)]


def test_what_was_before_the_registration_is_not_told(town: Town) -> None:
    make_disclosure(town.water, town.entries["water_price"])
    follow(town.water)

    assert queue() == 0


def test_a_second_run_adds_nothing(town: Town) -> None:
    follow(town.water)
    make_disclosure(town.water, town.entries["water_price"])

    assert [queue(), queue()] == [1, 0]


def test_what_happens_during_a_pause_is_queued_afterwards(town: Town) -> None:
    webhook = follow(town.water, state=WebhookState.PAUSED)
    pages = [make_disclosure(town.water, town.entries["water_price"]).pk for _number in range(2)]
    assert queue() == 0

    webhook.state = WebhookState.ACTIVE
    webhook.save()

    assert queue() == 2
    assert [pk for _kind, pk in told()] == pages


def test_who_is_resumed_while_others_are_queued_misses_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    behind = follow(town.portal, state=WebhookState.PAUSED)
    make_disclosure(town.water, town.entries["water_price"])
    follow(town.portal)
    make_disclosure(town.water, town.entries["water_price"])
    seal_events()
    look = queueing._behind

    def resumed_after_a_look(last: int) -> Any:
        found = look(last)
        if found.exists():
            Webhook.objects.filter(pk=behind.pk).update(state=WebhookState.ACTIVE)
        return found

    monkeypatch.setattr(queueing, "_behind", resumed_after_a_look)

    queue_deliveries()

    assert behind.deliveries.count() == 2


def test_an_idle_run_costs_two_queries_however_many_events_and_webhooks(town: Town) -> None:
    for _number in range(5):
        follow(town.water)
    make_disclosure(town.water, town.entries["water_price"])
    queue()

    with CaptureQueriesContext(connection) as queries:
        queue_deliveries()

    assert len(queries) == 2


def test_many_events_for_many_webhooks_cost_a_handful_of_queries(town: Town) -> None:
    for _number in range(10):
        follow(town.water)
    for _number in range(10):
        make_disclosure(town.water, town.entries["water_price"])
    seal_events()

    with CaptureQueriesContext(connection) as queries:
        assert queue_deliveries() == 100

    assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) <= 10


def test_every_kind_that_is_told_is_documented(town: Town) -> None:
    follow(town.portal)
    page = make_disclosure(town.water, town.entries["water_price"])
    page.unpublish()
    page.delete()
    queue()

    assert {kind for kind, _pk in told()} <= set(OUTWARD)
