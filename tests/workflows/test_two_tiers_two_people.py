"""One person never decides two tiers of the same content."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail_localize.models import String, StringTranslation, TranslatableObject, TranslationContext

from accounts.models import Duty, User
from ledger.models import Letter
from tests.factories import appoint, make_person
from tests.town import Town
from workflows.handling import takers
from workflows.models import TieredTaskState
from workflows.queue import waiting_for

from .acts import decide, draft, submit, told

pytestmark = pytest.mark.usefixtures("clock")


def both(town: Town) -> Any:
    """Return the unit's reviewer, who reviews at its superior too."""
    person = town.reviewer("water")
    appoint(person, town.water_office, Duty.REVIEWER)
    return person


def now(subject: Any) -> TieredTaskState:
    fresh = type(subject).objects.get(pk=subject.pk)
    state: TieredTaskState = fresh.current_workflow_state.current_task_state.specific
    return state


def listed(user: Any) -> list[int]:
    return [state.pk for state in waiting_for(User.objects.get(pk=user.pk))]


def may(user: Any, subject: Any) -> bool:
    state = now(subject)
    fresh = type(subject).objects.get(pk=subject.pk)
    return bool(state.task.specific.may_decide(fresh, User.objects.get(pk=user.pk)))


def test_who_approved_the_first_tier_does_not_decide_the_second(town: Town) -> None:
    person, other = both(town), town.reviewer("water_office")
    page = draft(town)

    decide(person, submit(page, town.editor("water")))
    state = now(page)

    assert state.approver.pk == town.water_office.pk
    assert (may(person, page), may(other, page)) == (False, True)
    assert (listed(person), listed(other)) == ([], [state.pk])
    assert not Letter.objects.filter(recipient=person, matter=f"approval:{state.pk}").exists()
    assert takers(state, other).colleagues == []


def test_he_is_told_why(town: Town) -> None:
    person, _other = both(town), town.reviewer("water_office")
    page = draft(town)
    decide(person, submit(page, town.editor("water")))

    response = decide(person, now(page))

    assert told(response) == ["您在前一级批准过《示例水价》，这一级须由他人审核。"]


def test_where_nobody_else_is_the_next_organisation_upward_decides(town: Town) -> None:
    person, above = both(town), town.reviewer("portal")
    page = draft(town)

    decide(person, submit(page, town.editor("water")))

    assert now(page).approver.pk == town.portal.pk
    assert may(above, page)


def test_an_approval_that_is_kept_bars_too(town: Town) -> None:
    person, other = both(town), town.reviewer("water_office")
    page, author = draft(town), town.editor("water")
    decide(person, submit(page, author))
    decide(other, now(page), "reject", "请补充依据")

    type(page).objects.get(pk=page.pk).current_workflow_state.resume(author)

    assert now(page).approver.pk == town.water_office.pk
    assert (may(person, page), may(other, page)) == (False, True)
    assert listed(person) == []


def test_changed_content_is_decided_anew(town: Town) -> None:
    person, other = both(town), town.reviewer("water_office")
    page, author = draft(town), town.editor("water")
    decide(person, submit(page, author))
    decide(other, now(page), "reject", "请补充依据")
    changed = page.get_latest_revision_as_object()
    changed.title = "改过的水价"
    changed.save_revision(user=author)

    type(page).objects.get(pk=page.pk).current_workflow_state.resume(author)

    assert may(person, page)
    assert listed(person) == [now(page).pk]


def test_the_queue_of_a_third_tier_asks_both_earlier_ones(town: Town) -> None:
    first, second = town.reviewer("school"), town.reviewer("education_office")
    third = town.reviewer("district")
    for person in (first, second):
        appoint(person, town.district, Duty.REVIEWER)
    page = draft(town, "school", "school_admission")

    decide(first, submit(page, town.editor("school")))
    decide(second, now(page))

    assert [may(person, page) for person in (first, second, third)] == [False, False, True]
    assert [bool(listed(person)) for person in (first, second, third)] == [False, False, True]


def test_a_colleague_of_who_approved_decides(town: Town) -> None:
    person, colleague = both(town), make_person("colleague")
    appoint(colleague, town.water_office, Duty.REVIEWER)
    page = draft(town)

    decide(person, submit(page, town.editor("water")))

    assert now(page).approver.pk == town.water_office.pk
    assert may(colleague, page)


def test_who_translated_a_copy_does_not_have_it_in_the_queue(town: Town) -> None:
    person, other = town.reviewer("water"), make_person("other")
    appoint(other, town.water, Duty.REVIEWER)
    page = draft(town)
    string = String.objects.create(locale=page.locale, data_hash=uuid4(), data="示例")
    translatable = TranslatableObject.objects.create(
        translation_key=page.translation_key, content_type=ContentType.objects.get_for_model(type(page))
    )
    context = TranslationContext.objects.create(object=translatable, path="title")
    StringTranslation.objects.create(
        translation_of=string, locale=page.locale, context=context, data="x", last_translated_by=person
    )

    submit(page, town.editor("water"))

    assert (may(person, page), may(other, page)) == (False, True)
    assert (bool(listed(person)), bool(listed(other))) == (False, True)
