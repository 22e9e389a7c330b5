"""The feed of changes, and a copy that follows it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction, Site

from accounts.models import Scope
from accounts.withdrawable import Leaving, WithdrawalKind
from cms.delivery.models import Era, PublicChange, PublicObject, StoredRead
from cms.delivery.stored import settling
from pages.bulk import bulk_add
from pages.models import DisclosurePage
from snippets.models import PortalSettings
from tests.delivery.stored.acts import Kept, publish, stored, told
from tests.factories import make_disclosure
from tests.tokens.making import bearer, make_token

__all__ = ["stored", "told"]
FEED = "/api/v2/changes/"


def mirror_module() -> ModuleType:
    """Load the client that the documentation offers."""
    spec = importlib.util.spec_from_file_location("mirror", Path(django_settings.BASE_DIR, "docs", "mirror.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Asking:
    """Asks the site; breaks off after so many answers."""

    def __init__(self, most: int | None = None) -> None:
        self.client, self.most = Client(), most
        self.statuses: list[int] = []

    def __call__(self, address: str, headers: dict[str, str]) -> Any:
        if self.most is not None and len(self.statuses) >= self.most:
            raise ConnectionError
        answer = self.client.get(address.removeprefix("http://testserver"), headers=headers)
        self.statuses.append(answer.status_code)
        return answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content


def copied(folder: Path) -> dict[str, bytes]:
    """Return the copy in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("*/*.json")}


def pulled(folder: Path) -> dict[str, bytes]:
    """Return a whole copy, taken from the beginning."""
    mirror_module().Mirror("http://testserver/", folder, Asking()).run()
    return copied(folder)


def test_the_feed_lists_every_public_object_once(client: Client, told: Kept) -> None:
    first = client.get(f"{FEED}?limit=3").json()
    everything = client.get(f"{FEED}?limit=1000").json()

    numbers = [item["sequence"] for item in everything["items"]]
    assert numbers == sorted(set(numbers))
    assert first["items"] == everything["items"][:3]
    assert first["meta"] == {"since": 0, "next_since": numbers[2], "has_more": True, "latest": numbers[-1]}
    addresses = {item["detail_url"].removeprefix("http://testserver") for item in everything["items"]}
    assert addresses == {each for each in told.all_addresses() if each.startswith("/api/")}
    assert not any(client.get(each).status_code != 200 for each in addresses)


def test_what_changed_comes_behind_what_was_read(client: Client, told: Kept) -> None:
    latest = client.get(FEED).json()["meta"]["latest"]

    publish(told.price, title="改了题目")

    items = client.get(f"{FEED}?since={latest}").json()["items"]
    assert (told.price.pk, "public") in {(item["id"], item["state"]) for item in items}
    assert told.town.school.pk not in {item["id"] for item in items}


def test_a_renamed_unit_brings_all_that_names_it(client: Client, told: Kept) -> None:
    latest = client.get(FEED).json()["meta"]["latest"]

    publish(told.town.water, title="改名的公司")

    found = {item["id"] for item in client.get(f"{FEED}?since={latest}").json()["items"]}
    assert {told.town.water.pk, told.price.pk, told.old_price.pk, told.outage.pk} <= found


@pytest.mark.parametrize("kind", [WithdrawalKind.GONE, WithdrawalKind.NOTICE])
def test_what_was_withdrawn_stays_as_a_mark(client: Client, told: Kept, kind: str) -> None:
    latest = client.get(FEED).json()["meta"]["latest"]

    told.outage.leave_public(Leaving(kind, "内容有误"))
    told.spare.delete()

    items = client.get(f"{FEED}?since={latest}").json()["items"]
    states = {item["id"]: item["state"] for item in items}
    assert (states[told.outage.pk], states[told.spare.pk]) == ("withdrawn", "deleted")


def test_a_draft_is_in_no_feed(client: Client, told: Kept) -> None:
    before = client.get(FEED).json()["meta"]["latest"]
    draft = make_disclosure(told.town.water, told.town.entries["water_price"], title="草稿", live=False)
    page = type(told.price).objects.get(pk=told.price.pk)
    page.title = "尚未批准"
    page.save_revision()

    answer = client.get(FEED).json()

    assert answer["meta"]["latest"] == before
    assert not PublicObject.objects.filter(key=draft.pk, endpoint="disclosures").exists()


def test_a_copy_stays_in_step_and_ends_byte_identical(told: Kept, tmp_path: Path) -> None:
    mirror, folder = mirror_module().Mirror, tmp_path / "copy"
    mirror("http://testserver/", folder, Asking()).run()
    assert copied(folder) == pulled(tmp_path / "first")

    publish(told.town.water, title="改名的公司")
    publish(told.price, title="改了题目")
    told.outage.leave_public(Leaving(WithdrawalKind.NOTICE, "内容有误"))
    with pytest.raises(ConnectionError):
        mirror("http://testserver/", folder, Asking(most=3)).run()
    make_disclosure(told.town.school, told.town.entries["school_admission"], title="招生计划")
    told.town.water.refresh_from_db()
    told.town.water.move(told.town.street, pos="last-child")
    told.spare.refresh_from_db()
    told.spare.delete()
    mirror("http://testserver/", folder, Asking()).run()

    whole = pulled(tmp_path / "last")
    assert copied(folder) == whole
    assert f"disclosures/{told.spare.pk}.json" not in whole


def test_the_frame_and_the_redirects_are_copied_and_stay_in_step(told: Kept, tmp_path: Path) -> None:
    mirror, folder = mirror_module().Mirror, tmp_path / "copy"
    mirror("http://testserver/", folder, Asking()).run()
    before = copied(folder)
    assert {name.partition("/")[0] for name in before} >= {"sites", "menus", "redirects"}

    PortalSettings(site=Site.objects.get(), site_name="改了名称").save()
    publish(told.about, title="改了标题")
    told.price.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))
    Redirect.objects.get(old_path="/elsewhere").delete()
    told.town.water.refresh_from_db()
    told.town.water.move(told.town.street, pos="last-child")
    mirror("http://testserver/", folder, Asking()).run()

    after = copied(folder)
    assert after == pulled(tmp_path / "whole")
    assert "改了名称" in after[f"sites/{Site.objects.get().pk}.json"].decode()
    assert "改了标题" in after[f"menus/{Locale.get_default().pk}.json"].decode()
    redirects = {
        row["old_path"]: row for row in map(json.loads, (after[name] for name in after if "redirects/" in name))
    }
    assert redirects["/old-price"]["status"] == 410
    assert "/elsewhere" not in redirects
    moved = type(told.outage).objects.get(pk=told.outage.pk)
    assert redirects[told.outage.url.rstrip("/")]["to_url"].endswith(moved.url)


def test_a_redirect_to_what_becomes_secret_is_a_mark_in_the_feed(client: Client, told: Kept) -> None:
    row = Redirect.objects.get(old_path="/old-price")
    latest = client.get(FEED).json()["meta"]["latest"]

    PageViewRestriction.objects.create(page=told.town.water_office, restriction_type=PageViewRestriction.LOGIN)

    items = client.get(f"{FEED}?since={latest}&limit=1000").json()["items"]
    states = {(item["endpoint"], item["id"]): item["state"] for item in items}
    assert states["redirects", row.pk] == "withdrawn"
    assert client.get(f"/api/v2/redirects/{row.pk}/").status_code == 404


def test_pages_under_a_restriction_are_marks_until_it_is_gone(client: Client, told: Kept) -> None:
    def state() -> str:
        items = client.get(f"{FEED}?limit=1000").json()["items"]
        return {(item["endpoint"], item["id"]): item["state"] for item in items}["disclosures", told.price.pk]

    row = PageViewRestriction.objects.create(page=told.town.water_office, restriction_type=PageViewRestriction.LOGIN)
    restricted = state()
    row.delete()

    assert (restricted, state()) == ("withdrawn", "public")


def test_kinds_an_earlier_edition_did_not_know_are_entered(client: Client, told: Kept) -> None:
    PublicObject.objects.filter(endpoint__in=["sites", "menus", "redirects"]).delete()

    settling.count_objects()

    endpoints = {item["endpoint"] for item in client.get(f"{FEED}?limit=1000").json()["items"]}
    assert endpoints >= {"sites", "menus", "redirects"}


def test_a_portal_that_fails_for_a_moment_costs_the_copy_nothing(told: Kept, tmp_path: Path) -> None:
    mirror, folder = mirror_module().Mirror, tmp_path / "copy"
    mirror("http://testserver/", folder, Asking()).run()
    publish(told.price, title="改了题目")

    def failing(address: str, headers: dict[str, str]) -> Any:
        return Asking()(address, headers) if FEED in address else (502, {}, b"Bad Gateway")

    with pytest.raises(SystemExit):
        mirror("http://testserver/", folder, failing).run()
    assert f"disclosures/{told.price.pk}.json" in copied(folder)
    mirror("http://testserver/", folder, Asking()).run()
    assert copied(folder) == pulled(tmp_path / "whole")


def test_what_was_read_by_token_comes_again_when_it_changes(client: Client, told: Kept) -> None:
    StoredRead.objects.filter(address=f"/api/v2/disclosures/{told.price.pk}/").delete()
    _token, secret = make_token(told.town.water, scopes=[Scope.READ])
    answer = client.get(f"/api/v2/disclosures/{told.price.pk}/", **bearer(secret))
    latest = client.get(FEED).json()["meta"]["latest"]

    publish(told.town.water, title="改名的公司")

    items = client.get(f"{FEED}?since={latest}").json()["items"]
    assert answer.json()["title"] == "水价"
    assert told.price.pk in {item["id"] for item in items}


def test_a_bad_token_is_refused_where_the_answer_is_kept(client: Client, told: Kept) -> None:
    answer = client.get(f"/api/v2/disclosures/{told.price.pk}/", **bearer("gk_no_token"))

    assert answer.status_code == 401


def test_a_copy_in_step_asks_for_nothing_again(told: Kept, tmp_path: Path) -> None:
    mirror = mirror_module().Mirror
    mirror("http://testserver/", tmp_path, Asking()).run()
    told.town.industries["waterworks"].save()

    asking = Asking()
    mirror("http://testserver/", tmp_path, asking).run()

    # The feed, and the industry: when it was saved stands in it.
    assert set(asking.statuses) == {200, 304}
    assert asking.statuses.count(200) == 2


def test_a_copy_that_stayed_away_too_long_begins_again(told: Kept, tmp_path: Path) -> None:
    mirror = mirror_module().Mirror
    mirror("http://testserver/", tmp_path / "copy", Asking()).run()
    told.spare.delete()
    settling.settle()
    Era.objects.update(forgotten=Era.objects.get().number)
    publish(told.price, title="改了题目")

    asking = Asking()
    mirror("http://testserver/", tmp_path / "copy", asking).run()

    assert asking.statuses[0] == 410
    assert copied(tmp_path / "copy") == pulled(tmp_path / "whole")


def test_old_marks_are_forgotten(told: Kept, settings: Any) -> None:
    told.spare.delete()
    settling.settle()
    gone = PublicObject.objects.get(key=told.spare.pk, endpoint="disclosures")
    settings.TOMBSTONE_DAYS = 0

    assert settling.forget() == 1

    assert Era.objects.get().forgotten == gone.number
    assert PublicObject.objects.filter(is_public=False).count() == 0


REFUSED = ("since=x", "since=-1", "limit=0", "limit=1001", "other=1", "since=1&since=2")


def test_what_cannot_be_followed_is_refused_by_name(client: Client, told: Kept) -> None:
    for query in REFUSED:
        answer = client.get(f"{FEED}?{query}")

        assert answer.status_code == 400, query
        assert answer.json()["parameter"] == query.partition("=")[0]


def test_before_all_is_counted_the_feed_asks_to_wait(client: Client, told: Kept) -> None:
    Era.objects.update(counted_at=None)

    answer = client.get(FEED)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_change_that_was_rolled_back_was_none(client: Client, told: Kept) -> None:
    before = client.get(FEED).json()["meta"]["latest"]

    with transaction.atomic():
        publish(told.price, title="改了题目")
        transaction.set_rollback(True)

    assert client.get(FEED).json()["meta"]["latest"] == before
    assert not PublicChange.objects.filter(settled_at=None).exists()


def test_the_feed_costs_the_same_wherever_it_stands(
    client: Client, told: Kept, django_assert_max_num_queries: Any
) -> None:
    client.get(FEED)

    with django_assert_max_num_queries(4):
        client.get(f"{FEED}?limit=50")


def test_what_was_loaded_at_once_is_told_like_what_was_published(told: Kept) -> None:
    assert f"/api/v2/organisations/{told.town.water.pk}/" in told.fresh()
    pages = [DisclosurePage(title=f"批量{number}", entry=told.town.entries["water_price"]) for number in range(3)]

    bulk_add(told.town.water, pages)
    settling.settle()

    assert PublicObject.objects.filter(endpoint="disclosures", key__in=[page.pk for page in pages]).count() == 3
    assert f"/api/v2/organisations/{told.town.water.pk}/" not in told.fresh()


def test_a_change_of_everything_is_numbered_in_parts(told: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "RENUMBERED", 5)
    before = Era.objects.get().number
    told.town.industries["waterworks"].save()

    settling.settle(parts=1)
    begun = PublicObject.objects.filter(number__gt=before).count()
    assert 0 < begun < PublicObject.objects.filter(is_public=True).count()
    assert Era.objects.get().renumbered is not None

    settling.settle()
    assert not PublicObject.objects.filter(is_public=True, number__lte=before).exists()
    assert Era.objects.get().renumbered is None
    assert Era.objects.get().totalled_at is not None


def test_what_was_withdrawn_keeps_its_number_when_everything_changes(told: Kept) -> None:
    told.spare.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))
    settling.settle()
    gone = PublicObject.objects.get(key=told.spare.pk, endpoint="disclosures")

    told.town.industries["waterworks"].save()
    settling.settle()

    assert PublicObject.objects.get(pk=gone.pk).number == gone.number


def test_many_changed_pages_are_settled_in_parts(told: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "PAGES", 1)
    for title in ("改一", "改二", "改三"):
        publish(told.price, title=title)

    waiting = PublicChange.objects.filter(settled_at=None).count()

    assert settling.settle(parts=1) == 1
    assert settling.settle() == waiting - 1
    assert not PublicChange.objects.filter(settled_at=None).exists()
