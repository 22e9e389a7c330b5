"""An administrator makes, renews and revokes the tokens of the subtree; the secret is shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, Leave, Scope
from accounts.tokens import editor_of, find_token
from cms.tokens.reminding import remind_of_tokens
from cms.tokens.service import create_token, renew, revoke
from ledger.models import Event, Letter
from pages.models import RosterEntry
from tests.people.test_people import change
from tests.people.test_people import editor_of as appointment_of
from tests.tokens.making import make_token
from tests.town import Town
from tests.workflows.acts import signed_in


def values(**changed: Any) -> dict[str, Any]:
    end = timezone.now() + timedelta(days=90)
    return {"name": "收费系统", "scopes": [Scope.WRITE], "networks": [], "expires_at": end} | changed


def posted(**changed: Any) -> dict[str, Any]:
    end = (timezone.localdate() + timedelta(days=90)).isoformat()
    return {"name": "收费系统", "scopes": ["read"], "acts_for": "", "networks": "", "expires_at": end} | changed


def test_the_secret_is_shown_once_and_kept_as_a_hash(town: Town) -> None:
    client, screen = signed_in(town.administrator("water")), reverse("tokens:organisation", args=[town.water.pk])

    response = client.post(screen, posted(networks="203.0.113.7\n198.51.100.9/24"))

    secret = response.context["issued"].secret
    token = ApiToken.objects.get()
    assert secret in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert secret.startswith("gk_")
    # It may itself hold the sign that parts it from the key.
    assert secret.split("_", 2)[2] not in str(ApiToken.objects.values().get())
    assert token.networks == ["203.0.113.7/32", "198.51.100.0/24"]
    assert find_token(secret) == token
    assert secret not in client.get(screen).content.decode()
    assert secret not in str(Event.objects.filter(kind="token.created").values().get())


@pytest.mark.parametrize("text", ["", "gk_", "gk__", "gk_a_b", "xx_a_b", "gk_é_b", "gk_a", "a" * 500])
def test_any_other_text_is_nobodys_secret(db: None, text: str) -> None:
    assert find_token(text) is None


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"scopes": []}, "必需字段"),
        ({"networks": "outside"}, "不是地址或网段"),
        ({"expires_at": "2020-01-01"}, "今天之后"),
        ({"expires_at": "2099-01-01"}, "最长一年"),
        ({"scopes": ["write"]}, "请选择责任编辑员"),
        ({"scopes": ["publish"]}, "publish"),
        ({"acts_for": "999999"}, "选择"),
    ],
)
def test_bad_values_are_refused_with_a_sentence(town: Town, changed: dict[str, Any], word: str) -> None:
    client = signed_in(town.administrator("water"))

    response = client.post(reverse("tokens:organisation", args=[town.water.pk]), posted(**changed))

    shown = word in response.content.decode()
    assert shown
    assert not ApiToken.objects.exists()


def test_only_an_editor_of_the_place_or_above_lends_the_name(town: Town) -> None:
    for person in (town.editor("water"), town.editor("water_office")):
        create_token(organisation=town.water, values=values(acts_for=person), by=town.administrator("water"))

    for person in (town.editor("school"), town.reviewer("water"), town.administrator("water")):
        with pytest.raises(ValidationError):
            create_token(organisation=town.water, values=values(acts_for=person), by=town.administrator("water"))


def test_nobody_makes_or_ends_one_beside_or_above(town: Town) -> None:
    token, _secret = make_token(town.water, acts_for=town.editor("water"))

    for person in (town.administrator("school"), town.editor("water_office"), town.reviewer("water")):
        with pytest.raises(PermissionDenied):
            create_token(organisation=town.water, values=values(acts_for=town.editor("water")), by=person)
        with pytest.raises(PermissionDenied):
            revoke(token=token, by=person)


def test_in_whose_name_it_acts_is_told_and_may_end_it(town: Town) -> None:
    editor = town.editor("water")

    issued = create_token(organisation=town.water, values=values(acts_for=editor), by=town.administrator("water"))
    signed_in(editor).post(reverse("tokens:revoke", args=[issued.token.pk]))

    letter = Letter.objects.get(recipient=editor)
    issued.token.refresh_from_db()
    assert "收费系统" in letter.subject
    assert issued.token.revoked_by == editor
    assert [each.kind for each in Event.objects.filter(kind__startswith="token.").order_by("pk")] == [
        "token.created",
        "token.revoked",
    ]


def test_a_renewed_token_has_a_day_to_change_over(town: Town, clock: Any) -> None:
    token, former = make_token(town.water, acts_for=town.editor("water"))

    issued = renew(token=token, expires_at=timezone.now() + timedelta(days=90), by=town.administrator("water"))

    assert find_token(former) == find_token(issued.secret) == token
    clock.shift(timedelta(hours=25))
    assert find_token(former) is None
    assert find_token(issued.secret) == token


def test_a_revoked_token_is_not_renewed(town: Town) -> None:
    token, _secret = make_token(town.water, acts_for=town.editor("water"))
    revoke(token=token, by=town.administrator("water"))

    with pytest.raises(ValidationError):
        renew(token=token, expires_at=timezone.now() + timedelta(days=9), by=town.administrator("water"))


def test_a_token_lends_no_name_of_who_is_suspended_relieved_or_away(town: Town) -> None:
    editor = town.editor("water")
    token, secret = make_token(town.water, acts_for=editor)
    assert editor_of(find_token(secret) or token) == editor

    today = timezone.localdate()
    leave = Leave.objects.create(
        user=editor, organisation_id=town.water.pk, deputy=town.reviewer("water"), since=today, until=today
    )
    assert editor_of(find_token(secret) or token) is None
    leave.delete()
    change(town.administrator("water_office"), appointment_of(town, "water"), "suspend")

    assert editor_of(find_token(secret) or token) is None


def test_administrators_hear_of_the_end_at_each_step_once(town: Town, clock: Any) -> None:
    administrator = town.administrator("water")
    make_token(town.water, scopes=[Scope.READ], expires_at=timezone.now() + timedelta(days=40))

    told = []
    for _day in range(42):
        told.append(remind_of_tokens())
        told.append(remind_of_tokens())
        clock.shift(timedelta(days=1))

    subjects = list(Letter.objects.filter(recipient=administrator).order_by("pk").values_list("subject", flat=True))
    assert sum(told) == 4
    assert len(subjects) == 4
    assert "已经到期" in subjects[-1]
    assert Event.objects.filter(kind="token.expired").count() == 1


def test_who_administers_nothing_nearby_leaves_it_to_the_office_above(town: Town) -> None:
    above = town.administrator("portal")
    make_token(town.hall, scopes=[Scope.READ], expires_at=timezone.now() + timedelta(days=3))

    remind_of_tokens()

    assert Letter.objects.filter(recipient=above).count() == 1


def test_the_list_asks_no_more_for_more_tokens(town: Town, django_assert_max_num_queries: Any) -> None:
    client = signed_in(town.administrator("water_office"))
    for _number in range(12):
        make_token(town.water, acts_for=town.editor("water"))
    client.get(reverse("tokens:tokens"))

    with django_assert_max_num_queries(25):
        response = client.get(reverse("tokens:tokens"))

    assert len(response.context["rows"]) == 12


@pytest.mark.parametrize("named", ["title", "code"])
def test_who_administers_names_the_unit_to_make_a_token_for(town: Town, named: str) -> None:
    client = signed_in(town.administrator("water_office"))
    name = town.water.title if named == "title" else RosterEntry.objects.get(organisation=town.water).code

    response = client.get(reverse("tokens:tokens"), {"organisation": name})

    assert response["Location"] == reverse("tokens:organisation", args=[town.water.pk])


def test_a_unit_out_of_reach_is_not_found_by_its_name(town: Town) -> None:
    client = signed_in(town.administrator("water_office"))

    response = client.get(reverse("tokens:tokens"), {"organisation": town.school.title})

    assert "您管理的单位中没有" in response.content.decode()
    assert reverse("tokens:organisation", args=[town.school.pk]) not in response.content.decode()
