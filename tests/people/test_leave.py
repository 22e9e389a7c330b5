"""A leave: for some days a named deputy holds the duty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.authority import governs, grants, holders, is_appointed
from accounts.models import Duty, Leave, User
from cms.people.leave.service import end_leave, set_leave
from cms.people.staff import change
from ledger.models import Event, Letter
from tests.factories import appoint, make_person
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit, words
from workflows.queue import waiting_for


def away(user: Any, place: Any, deputy: Any, by: Any = None, days: int = 5) -> Leave:
    today = timezone.localdate()
    span = (today, today + timedelta(days=days))
    return set_leave(user=user, organisation=place, deputy=deputy, days=span, by=by or user)


def fresh(user: Any) -> User:
    return User.objects.get(pk=user.pk)


def colleague(place: Any, name: str = "colleague", duty: str = Duty.EDITOR) -> User:
    person = make_person(name)
    appoint(person, place, duty)
    return person


def test_the_deputy_reviews_in_the_place_of_who_is_away(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)

    away(reviewer, town.water, deputy)

    assert holders(town.water, [Duty.REVIEWER]) == {deputy.pk}
    assert governs(fresh(deputy), town.water, [Duty.REVIEWER])
    assert not governs(fresh(reviewer), town.water, [Duty.REVIEWER])


def test_the_deputy_approves(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    town.reviewer("water_office")
    away(reviewer, town.water, deputy)
    state = submit(draft(town), town.editor("water"))

    decide(deputy, state)

    state.refresh_from_db()
    assert (state.status, state.finished_by) == ("approved", deputy)


def test_the_deputy_never_approves_what_he_wrote(town: Town) -> None:
    town.reviewer("water_office")
    away(town.reviewer("water"), town.water, town.editor("water"))

    state = submit(draft(town), town.editor("water"))

    assert state.approver.pk == town.water_office.pk
    assert not waiting_for(fresh(town.editor("water"))).exists()


def test_who_is_away_still_enters_to_end_it(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    leave = away(reviewer, town.water, deputy)

    page = signed_in(reviewer).get(reverse("people:leave"))
    signed_in(reviewer).post(reverse("people:end_leave", args=[leave.pk]))

    assert page.status_code == 200
    assert holders(town.water, [Duty.REVIEWER]) == {reviewer.pk}


def test_the_queue_of_who_is_away_says_until_when_and_who_stands_in(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    leave = away(reviewer, town.water, deputy)

    said = words(signed_in(reviewer).get(reverse("approval:queue")))

    assert "没有审核职责" not in said
    until = date_format(leave.until, "DATE_FORMAT")
    assert f"您在“示例自来水公司”请假至 {until}，其间由 {deputy} 代您审核" in said


def test_it_ends_by_itself(town: Town, clock: Any) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    away(reviewer, town.water, deputy)

    clock.shift(timedelta(days=6))

    assert holders(town.water, [Duty.REVIEWER]) == {reviewer.pk}


def test_it_does_not_count_before_it_begins(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    soon = timezone.localdate() + timedelta(days=3)

    set_leave(user=reviewer, organisation=town.water, deputy=deputy, days=(soon, soon), by=reviewer)

    assert holders(town.water, [Duty.REVIEWER]) == {reviewer.pk}


def test_a_deputy_who_is_away_too_is_followed_by_his_own(town: Town) -> None:
    reviewer, second, third = town.reviewer("water"), colleague(town.water, "second"), colleague(town.water, "third")

    away(reviewer, town.water, second)
    away(second, town.water, third)

    assert holders(town.water, [Duty.REVIEWER]) == {third.pk}
    assert governs(fresh(third), town.water, [Duty.REVIEWER])
    assert not governs(fresh(second), town.water, [Duty.REVIEWER])


def test_two_do_not_stand_in_for_each_other(town: Town) -> None:
    reviewer, second = town.reviewer("water"), colleague(town.water, "second")
    away(reviewer, town.water, second)

    with pytest.raises(ValidationError, match="由您代理"):
        away(second, town.water, reviewer)


def test_a_ring_of_three_leaves_each_with_his_own(town: Town) -> None:
    people = [town.reviewer("water"), colleague(town.water, "second"), colleague(town.water, "third")]
    today = timezone.localdate()
    for person, deputy in zip(people, [*people[1:], people[0]], strict=True):
        Leave.objects.create(user=person, organisation_id=town.water.pk, deputy=deputy, since=today, until=today)

    assert holders(town.water, [Duty.REVIEWER]) == {people[0].pk}


def test_administering_passes_only_when_the_administrator_above_says_so(town: Town) -> None:
    administrator, deputy = town.administrator("education_office"), colleague(town.education_office)
    leave = away(administrator, town.education_office, deputy)
    assert holders(town.education_office, [Duty.ADMINISTRATOR]) == {administrator.pk}

    end_leave(leave=leave, by=administrator)
    away(administrator, town.education_office, deputy, by=town.administrator("district"))

    assert holders(town.education_office, [Duty.ADMINISTRATOR]) == {deputy.pk}


@pytest.mark.parametrize("place", ["hall", "portal"])
def test_a_stranger_to_the_unit_does_not_stand_in(town: Town, place: str) -> None:
    with pytest.raises(ValidationError, match="不能代理"):
        away(town.editor("school"), town.school, colleague(getattr(town, place)))


def test_the_superior_may_stand_in(town: Town) -> None:
    away(town.editor("school"), town.school, town.editor("education_office"))

    assert holders(town.school, [Duty.EDITOR]) == {town.editor("education_office").pk}


def test_a_deputy_who_is_away_elsewhere_is_refused(town: Town) -> None:
    deputy = town.editor("education_office")
    away(deputy, town.education_office, colleague(town.education_office))

    with pytest.raises(ValidationError, match="也请假"):
        away(town.editor("school"), town.school, deputy)


def test_who_stands_in_elsewhere_arranges_that_first(town: Town) -> None:
    deputy = town.editor("education_office")
    away(town.editor("school"), town.school, deputy)

    with pytest.raises(ValidationError, match="请先为那里另定代理人"):
        away(deputy, town.education_office, colleague(town.education_office))


def test_the_deputy_is_told_and_it_is_recorded(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)

    leave = away(reviewer, town.water, deputy)
    end_leave(leave=leave, by=reviewer)

    assert Letter.objects.filter(recipient=deputy, kind="people.leave").count() == 2
    events = Event.objects.filter(kind__startswith="people.").order_by("pk")
    assert [event.kind for event in events] == ["people.leave_set", "people.leave_ended"]


def test_nobody_sets_the_leave_of_a_colleague(town: Town) -> None:
    deputy, today = colleague(town.water), timezone.localdate().isoformat()
    data = {"organisation": town.water.pk, "deputy": deputy.pk, "since": today, "until": today}

    response = signed_in(town.administrator("water")).post(
        reverse("people:leave_of", args=[town.reviewer("water").pk]), data
    )

    assert response.status_code in {302, 403, 404}
    assert not Leave.objects.exists()


def test_one_sets_it_on_the_screen(town: Town) -> None:
    deputy, today = colleague(town.water), timezone.localdate().isoformat()
    data = {"organisation": town.water.pk, "deputy": deputy.pk, "since": today, "until": today}

    signed_in(town.reviewer("water")).post(reverse("people:leave"), data)

    assert holders(town.water, [Duty.REVIEWER]) == {deputy.pk}


def test_grants_cost_two_queries_and_a_third_however_many_one_stands_in_for(town: Town) -> None:
    deputy = colleague(town.water)
    before = cost_of_grants(deputy)
    for number in range(5):
        person = colleague(town.water, f"absent-{number}")
        Leave.objects.create(
            user=person, organisation_id=town.water.pk, deputy=deputy, since=date(2020, 1, 1), until=date(2099, 1, 1)
        )

    assert (before, cost_of_grants(deputy)) == (2, 3)


def cost_of_grants(user: User) -> int:
    user = fresh(user)
    with CaptureQueriesContext(connection) as queries:
        grants(user)
    return len(queries)


def test_the_start_page_tells_both_who_stands_in(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water, "deputy")
    away(reviewer, town.water, deputy)

    def home(user: Any) -> str:
        return signed_in(user).get(reverse("wagtailadmin_home")).content.decode()

    assert "职责由 deputy 代理" in home(reviewer)
    assert "您代理 water-reviewer" in home(deputy)
    assert "请假与代理" not in home(town.editor("water")).split("<main")[1]


@pytest.mark.parametrize("act", ["suspend", "relieve"])
def test_a_deputy_who_works_there_no_more_holds_nothing(town: Town, act: str) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    away(reviewer, town.water, deputy)

    change(deputy.appointments.get(), act, town.administrator("water_office"))

    assert holders(town.water, [Duty.REVIEWER]) == {reviewer.pk}
    assert governs(fresh(reviewer), town.water, [Duty.REVIEWER])
    assert not grants(fresh(deputy))
    assert not is_appointed(fresh(deputy))


def test_a_deputy_who_works_elsewhere_now_holds_nothing_of_the_leave(town: Town) -> None:
    reviewer, deputy = town.reviewer("water"), colleague(town.water)
    away(reviewer, town.water, deputy)

    deputy.appointments.update(organisation=town.school.pk)

    assert holders(town.water, [Duty.REVIEWER]) == {reviewer.pk}
    assert {grant.page.pk for grant in grants(fresh(deputy))} == {town.school.pk}


def test_an_administrator_does_not_name_himself_deputy(town: Town) -> None:
    administrator = town.administrator("district")
    appoint(administrator, town.education_office, Duty.EDITOR)

    with pytest.raises(ValidationError, match="不能指定自己"):
        away(town.administrator("education_office"), town.education_office, administrator, by=administrator)


def test_an_auditor_does_not_stand_in(town: Town) -> None:
    auditor = colleague(town.water, duty=Duty.AUDITOR)
    appoint(auditor, town.water, Duty.EDITOR)

    with pytest.raises(ValidationError, match="不能代理"):
        away(town.reviewer("water"), town.water, auditor)


def test_an_operator_does_not_administer_as_a_deputy_where_powers_are_separated(town: Town, settings: Any) -> None:
    settings.SEPARATE_DUTIES = True
    administrator, operator = town.administrator("education_office"), colleague(town.education_office)
    User.objects.filter(pk=operator.pk).update(is_superuser=True)

    with pytest.raises(ValidationError, match="三权分立"):
        away(administrator, town.education_office, fresh(operator), by=town.administrator("district"))
