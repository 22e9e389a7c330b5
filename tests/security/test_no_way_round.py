"""No way round approval: every path by which Wagtail would make something public, tried through its own views.

The letters are those of the list of known ways round (features §4.1); each test tries one as the person who comes
furthest with it: the unit's editor, a reviewer who wrote it himself, the operator. Who else may open an address is
asked by the matrix; files (h) are asked in tests/media, translations (j) in tests/languages, what is public without
being a page (i) in tests/countersigning, commands (l) in tests/city/test_drafts_are_left_alone.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, WorkflowState

from accounts.models import Duty
from pages.models import DisclosurePage
from snippets.models import ServiceItem
from tests.factories import appoint, make_disclosure, make_person, make_service_item
from tests.town import Town
from tests.workflows.acts import decide, draft, draft_service, form_of, signed_in, submit, submitted

P, API = "wagtailadmin_pages:", "wagtailadmin_api:pages:action"


@pytest.fixture
def operator(db: None) -> Client:
    return signed_in(make_person("operator", is_superuser=True))


@pytest.fixture
def public(town: Town) -> DisclosurePage:
    return make_disclosure(town.water, town.entries["water_profile"], title="企业概况")


def post(client: Client, name: str, *arguments: Any, query: str = "", **data: Any) -> Any:
    return client.post(reverse(name, args=arguments) + query, data)


def is_live(page: Any) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


# (a) a holder of `publish` publishes although a workflow stands there


def test_a_the_publish_button_that_is_posted_saves_a_draft(town: Town, public: DisclosurePage, operator: Client):
    for client in (signed_in(town.editor("water")), operator):
        data = {**form_of(public, client), "title": "直接发布", "action-publish": "1"}
        client.post(reverse(P + "edit", args=[public.pk]), data)

    public.refresh_from_db()
    assert (public.title, public.draft_title) == ("企业概况", "直接发布")


def test_a_nor_does_it_cancel_what_is_in_review(town: Town, operator: Client):
    state = submitted(town)
    page = state.revision.content_object

    post(operator, P + "edit", page.pk, **{**form_of(page, operator), "action-publish": "1"})

    assert not is_live(page)
    assert WorkflowState.objects.get(pk=state.workflow_state_id).status == WorkflowState.STATUS_IN_PROGRESS


# (b) the last editor approves himself


@pytest.mark.parametrize("view", ["approval:item", P + "workflow_action"])
def test_b_who_wrote_it_does_not_approve_it(town: Town, view: str):
    author = town.editor("water")
    appoint(author, town.water, Duty.REVIEWER)
    town.reviewer("water")
    state = submitted(town)
    page = state.revision.content_object
    arguments = [state.pk] if view == "approval:item" else [page.pk, "approve", state.pk]

    post(signed_in(author), view, *arguments, action="approve", comment="")

    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_b_nor_who_changed_a_word_after_the_author(town: Town):
    reviewer = town.reviewer("water")
    page = draft(town)
    page.summary = "审核员改过的一句。"
    page.save_revision(user=reviewer)
    state = submit(page, town.editor("water"))

    decide(reviewer, state)

    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


# (c) a superuser approves all


def test_c_the_operator_approves_nothing(town: Town, operator: Client):
    town.reviewer("water")
    state = submitted(town)
    page = state.revision.content_object

    post(operator, P + "workflow_action", page.pk, "approve", state.pk, comment="")
    post(operator, "approval:item", state.pk, action="approve", comment="")

    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


# (d) unpublish


def test_d_nobody_takes_down_what_is_public_without_a_reason(town: Town, public: DisclosurePage, operator: Client):
    item = make_service_item(town.water)
    people = [signed_in(person(place)) for place in ("water", "portal") for person in (town.editor, town.reviewer)]
    for client in (operator, signed_in(town.administrator("portal")), *people):
        post(client, P + "unpublish", public.pk)
        post(client, "wagtail_bulk_action", "wagtailcore", "page", "unpublish", query=f"?id={public.pk}")
        post(client, API, public.pk, "unpublish")
        post(client, "wagtailsnippets_snippets_serviceitem:unpublish", item.pk)

    assert is_live(public)
    assert ServiceItem.objects.get(pk=item.pk).live


# (e) page privacy: at once, for all descendants, outside of revisions


def test_e_nobody_hides_a_subtree(town: Town, operator: Client):
    for client in (operator, signed_in(town.administrator("portal"))):
        post(client, P + "set_privacy", town.water.pk, restriction_type="login")

    assert not PageViewRestriction.objects.exists()


# (f) move and delete


def test_f_what_is_public_is_neither_deleted_nor_moved(town: Town, public: DisclosurePage, operator: Client):
    post(operator, P + "delete", public.pk)
    post(operator, "wagtail_bulk_action", "wagtailcore", "page", "delete", query=f"?id={public.pk}")
    post(operator, API, public.pk, "delete")
    post(operator, P + "move_confirm", public.pk, town.hall.pk)
    post(operator, API, public.pk, "move", destination_page_id=town.hall.pk, position="last-child")
    moving = {"query": f"?id={public.pk}", "chooser": town.hall.pk}
    post(operator, "wagtail_bulk_action", "wagtailcore", "page", "move", **moving)

    assert Page.objects.get(pk=public.pk).get_parent().pk == town.water.pk


def test_f_a_copy_is_a_draft_whatever_the_form_asks(town: Town, public: DisclosurePage, operator: Client):
    for client, slug in ((operator, "one"), (signed_in(town.editor("water")), "two")):
        form = {"new_title": "副本", "new_slug": slug, "new_parent_page": town.water.pk}
        post(client, P + "copy", public.pk, **form, publish_copies="on", alias="on")

    copies = Page.objects.child_of(town.water).filter(slug__in=["one", "two"])
    assert [(copy.live, copy.alias_of) for copy in copies] == [(False, None)] * 2


def test_f_no_alias_shows_what_is_public_elsewhere(town: Town, public: DisclosurePage, operator: Client):
    post(operator, API, public.pk, "create_alias", destination_page_id=town.hall.pk, update_slug="alias")

    assert not Page.objects.filter(alias_of=public.pk).exists()


# (g) schedule


def test_g_an_end_nobody_approved_takes_nothing_down(town: Town, public: DisclosurePage):
    public.expire_at = timezone.now() - timedelta(minutes=1)
    public.save_revision(user=town.editor("water"))

    call_command("publish_scheduled")

    assert is_live(public)


def test_g_a_schedule_nobody_approved_publishes_nothing(town: Town):
    page = draft(town)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(user=town.editor("water"))

    call_command("publish_scheduled")

    assert not is_live(page)


# (i) snippets with a workflow


def test_i_a_service_item_is_not_published_by_its_form(town: Town, operator: Client):
    item = draft_service(town)
    address = reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])
    form = {"title": item.title, "code": item.code, "service_class": "query", "personal_input": "用户号"}
    form |= {"connector": "link", "inputs-count": "0"}
    keys = {"industry": item.industry_id, "provider": item.provider_id}

    for client in (operator, signed_in(town.editor("water"))):
        client.post(address, {**form, **keys, "action-publish": "1"})

    assert not ServiceItem.objects.get(pk=item.pk).live


# (k) the write API


def test_k_wagtails_write_api_is_off(client: Client):
    assert not apps.is_installed("wagtail.api.v3")
    for address in ("/api/v3/", "/api/v3/pages/", "/api/v3/openapi.json"):
        assert client.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("wagtailapi_v3:pages:listing")


def test_k_the_api_of_the_admin_publishes_nothing(town: Town, public: DisclosurePage, operator: Client):
    page = draft(town)

    for client in (operator, signed_in(town.editor("water"))):
        post(client, API, page.pk, "publish")
        post(client, API, public.pk, "revert_to_page_revision", revision_id=public.latest_revision_id)

    assert not is_live(page)


# Others: bulk actions, reverting


def test_bulk_actions_publish_nothing(town: Town, operator: Client):
    page = draft(town)

    for client in (operator, signed_in(town.editor("water"))):
        post(client, "wagtail_bulk_action", "wagtailcore", "page", "publish", query=f"?id={page.pk}")

    assert not is_live(page)


def test_going_back_to_an_old_version_makes_a_draft(town: Town, public: DisclosurePage):
    editor = town.editor("water")
    old = public.latest_revision
    public.title = "企业概况（新）"
    public.save_revision(user=editor).publish(skip_permission_checks=True)
    client = signed_in(editor)

    posted = {**form_of(public, client), "title": "企业概况", "revision": old.pk}
    client.post(reverse(P + "edit", args=[public.pk]), posted)

    page = Page.objects.get(pk=public.pk)
    assert (page.title, page.draft_title) == ("企业概况（新）", "企业概况")


def test_cancelling_the_review_by_wagtails_address_publishes_nothing(town: Town, operator: Client):
    state = submitted(town)
    page = state.revision.content_object

    post(operator, P + "edit", page.pk, **{**form_of(page, operator), "action-cancel-workflow": "1"})

    assert not is_live(page)


def test_a_provider_in_another_chain_is_not_chosen_to_choose_the_reviewer(town: Town):
    item = make_service_item(town.water, town.industries["waterworks"], live=False)
    address = reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])
    form = {"title": item.title, "code": item.code, "service_class": "query", "personal_input": "用户号"}
    form |= {"connector": "link", "inputs-count": "0"}

    signed_in(town.editor("water")).post(address, {**form, "industry": item.industry_id, "provider": town.hall.pk})

    assert ServiceItem.objects.get(pk=item.pk).latest_revision is None
