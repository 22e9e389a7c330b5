"""The page policy answers as Wagtail's own does for an equal grant given to a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import Duty, User
from accounts.policies import PAGE_ACTIONS, AppointmentPagePolicy
from pages.models import DisclosurePage, UnitPage
from tests.factories import appoint, make_disclosure, make_page, make_person
from tests.town import Town, build_town

PLACES = ("portal", "water_office", "water", "district", "education_office", "school", "street", "hall")
ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
QUESTIONS = [{action} for action in ACTIONS] + [{"add", "change"}, {"change", "publish"}, {"publish", "bulk_delete"}]
# What one person may hold: one place, places above one another, places side by side in different branches.
HOLDINGS: dict[str, list[tuple[str, str]]] = {
    "nothing": [],
    "one unit": [("school", Duty.EDITOR)],
    "an office": [("education_office", Duty.REVIEWER)],
    "a district and a unit below it": [("district", Duty.REVIEWER), ("school", Duty.EDITOR)],
    "two units of different branches": [("water", Duty.EDITOR), ("hall", Duty.ADMINISTRATOR)],
    "two units and two duties": [("school", Duty.EDITOR), ("school", Duty.REVIEWER), ("hall", Duty.REVIEWER)],
    "the portal": [("portal", Duty.ADMINISTRATOR)],
    "everything, as a superuser": [("school", Duty.EDITOR)],
    "nothing any more, as an account switched off": [("school", Duty.EDITOR)],
}
ACCOUNTS: dict[str, dict[str, Any]] = {
    "everything, as a superuser": {"is_superuser": True},
    "nothing any more, as an account switched off": {"is_active": False},
}
OURS, STOCK = AppointmentPagePolicy(), PagePermissionPolicy()


@dataclass
class Pair:
    """The same authority twice: by appointment, and by group permission."""

    appointed: User
    grouped: User


def pair(town: Town, name: str, holding: list[tuple[str, str]]) -> Pair:
    fields = ACCOUNTS.get(name, {})
    twins = Pair(make_person(f"appointed {name}", **fields), make_person(f"grouped {name}", **fields))
    group = Group.objects.create(name=name)
    twins.grouped.groups.add(group)
    for place, duty in holding:
        page = getattr(town, place)
        appoint(twins.appointed, page, duty)
        for action in PAGE_ACTIONS[duty]:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
    return twins


@pytest.fixture(scope="module")
def town(module_database: None) -> Town:
    """Build the town, with drafts and live pages in two units."""
    town = build_town()
    for place, entry in (("school", "school_admission"), ("hall", "hall_guide")):
        make_disclosure(getattr(town, place), town.entries[entry])
        make_page(DisclosurePage, getattr(town, place), live=False, entry=town.entries[entry])
    return town


@pytest.fixture(scope="module")
def pairs(town: Town) -> dict[str, Pair]:
    return {name: pair(town, name, holding) for name, holding in HOLDINGS.items()}


@pytest.fixture(params=HOLDINGS)
def twins(pairs: dict[str, Pair], request: pytest.FixtureRequest, undone: None) -> Pair:
    found = pairs[request.param]
    # As each request has them: nothing remembered from before.
    return Pair(User.objects.get(pk=found.appointed.pk), User.objects.get(pk=found.grouped.pk))


def paths(pages: Any) -> list[str]:
    return sorted({page.path for page in pages})


def test_what_one_may_do_anywhere(twins: Pair) -> None:
    for actions in QUESTIONS:
        ours = OURS.user_has_any_permission(twins.appointed, actions)

        assert ours == STOCK.user_has_any_permission(twins.grouped, actions), actions


def test_what_one_may_do_with_each_page(twins: Pair) -> None:
    for page in Page.objects.all():
        for actions in QUESTIONS:
            ours = OURS.user_has_any_permission_for_instance(twins.appointed, actions, page)

            assert ours == STOCK.user_has_any_permission_for_instance(twins.grouped, actions, page), (page, actions)


def test_which_pages_one_may_do_it_with(twins: Pair) -> None:
    for actions in QUESTIONS:
        ours = OURS.instances_user_has_any_permission_for(twins.appointed, actions)

        assert paths(ours) == paths(STOCK.instances_user_has_any_permission_for(twins.grouped, actions)), actions


def test_what_one_may_explore(twins: Pair) -> None:
    ours, stock = OURS.explorable_root_instance(twins.appointed), STOCK.explorable_root_instance(twins.grouped)

    assert ours == stock
    assert paths(OURS.instances_with_direct_explore_permission(twins.appointed)) == paths(
        STOCK.instances_with_direct_explore_permission(twins.grouped)
    )
    # Wagtail's queryset names the parent of the only node too, where its own explorer never leads.
    seen = paths(STOCK.explorable_instances(twins.grouped)) if stock else []
    assert paths(OURS.explorable_instances(twins.appointed)) == [path for path in seen if path.startswith(stock.path)]


@pytest.mark.parametrize("superusers", [True, False])
def test_who_may_do_it_anywhere(twins: Pair, superusers: bool) -> None:
    for actions in QUESTIONS:
        ours = OURS.users_with_any_permission(actions, superusers).filter(pk=twins.appointed.pk)

        stock = STOCK.users_with_any_permission(actions, superusers).filter(pk=twins.grouped.pk)
        assert ours.count() == stock.count(), actions


@pytest.mark.parametrize("superusers", [True, False])
def test_who_may_do_it_with_each_page(town: Town, twins: Pair, superusers: bool) -> None:
    for place in PLACES:
        for actions in QUESTIONS:
            page = getattr(town, place)
            ours = OURS.users_with_any_permission_for_instance(actions, page, superusers)
            stock = STOCK.users_with_any_permission_for_instance(actions, page, superusers)

            assert ours.filter(pk=twins.appointed.pk).count() == stock.filter(pk=twins.grouped.pk).count(), (
                place,
                actions,
            )


TESTER = (
    "can_add_subpage", "can_edit", "can_delete", "can_unpublish", "can_publish", "can_set_view_restrictions",
    "can_unschedule", "can_lock", "can_unlock", "can_publish_subpage", "can_reorder_children", "can_move",
    "can_copy", "can_view_revisions",
)  # fmt: skip


def test_the_page_tester_agrees_about_everything(twins: Pair) -> None:
    if not twins.appointed.is_active:
        pytest.skip("Wagtail's tester cannot answer for an account switched off; it never signs in.")

    for page in Page.objects.all():
        ours, stock = page.permissions_for_user(twins.appointed), _stock_tester(twins.grouped, page)

        for question in TESTER:
            assert getattr(ours, question)() == getattr(stock, question)(), (page, question)


def _stock_tester(user: Any, page: Any) -> Any:
    tester = page.permissions_for_user(user)
    tester.permission_policy = STOCK
    tester.permissions = {
        held.permission.codename.rsplit("_", maxsplit=1)[0]
        for held in STOCK.get_all_permissions_for_user(user)
        if page.path.startswith(held.page.path)
    }
    return tester


def test_the_policy_can_be_made_for_a_page_type(town: Town, undone: None) -> None:
    policy = AppointmentPagePolicy.for_model(UnitPage)

    found = policy.instances_user_has_any_permission_for(town.editor("education_office"), {"change"})

    assert list(found) == [UnitPage.objects.get(pk=town.school.pk)]
