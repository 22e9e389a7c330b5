"""An editor meets no button that publishes, on no screen; and what he forces is refused in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.factories import make_disclosure
from tests.workflows.acts import decide, draft, draft_service, submit, submitted

from .clerk import fill, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# Whatever publishes, takes down or approves: by its name in a form, its address, or its words. A checkbox only narrows
# the history to what was published.
BY_NAME = (
    "[name^=action-publish], [name^=action-unpublish], [value*=publish]:not([type=checkbox]),"
    " [name=action][value=approve]"
)
BY_ADDRESS = "a[href*='/publish'], a[href*='/unpublish'], form[action*='publish'], [formaction*='publish']"
IN_WORDS = re.compile("^(立即)?(发布|公开|取消发布|批准).{0,4}$")


def tempting(tab: Page) -> list[str]:
    """Return the controls that would publish or withdraw."""
    found = tab.locator(f"{BY_NAME}, {BY_ADDRESS}").or_(tab.get_by_role("button", name=IN_WORDS))
    controls: list[str] = found.evaluate_all("them => them.map(it => it.outerHTML)")
    return controls


def tempting_anywhere(tab: Page) -> list[str]:
    """Look at the screen and, one after the other, into its menus."""
    tab.wait_for_load_state("networkidle")
    found = tempting(tab)
    for toggle in tab.locator("[data-w-dropdown-target=toggle]:visible").all():
        toggle.press("Enter")
        found += tempting(tab)
        toggle.press("Escape")
    return found


def screens(town: Town) -> list[str]:
    """Return the screens of an editor, with something in each state of approval."""
    public = make_disclosure(town.water, town.entries["water_profile"], owner=town.editor("water"))
    waiting = submitted(town, title="待审")
    returned = submitted(town, title="退回")
    decide(town.reviewer("water"), returned, "reject", "请补充。")
    service, sent = draft_service(town), draft_service(town)
    submit(sent, town.editor("water"))
    in_review = [state.revision.content_object for state in (waiting, returned)]
    pages: list[Any] = [public, draft(town), *in_review, town.water]
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[town.water.pk]),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages),
        reverse("wagtailadmin_pages:history", args=[public.pk]),
        reverse(service.snippet_viewset.get_url_name("list")),
        *(reverse(service.snippet_viewset.get_url_name("edit"), args=[item.pk]) for item in (service, sent)),
    ]


def test_no_screen_of_an_editor_publishes(town: Town, desk: Page):
    town.reviewer("water")
    addresses = screens(town)
    sign_in(desk, town.editor("water"))

    for address in addresses:
        assert desk.goto(address).status == 200, address
        assert tempting_anywhere(desk) == [], address


def test_the_shortcut_for_saving_saves_a_draft(town: Town, desk: Page):
    page = make_disclosure(town.water, town.entries["water_profile"], title="企业概况", owner=town.editor("water"))
    sign_in(desk, town.editor("water"))
    desk.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    fill(desk, title="企业概况（改）")
    desk.keyboard.press("Control+s")
    desk.get_by_text(re.compile("已被更新|已保存")).first.wait_for()

    page.refresh_from_db()
    assert (page.title, page.draft_title) == ("企业概况", "企业概况（改）")


def test_a_forced_publication_is_refused_in_words(town: Town, desk: Page):
    page = draft(town)
    sign_in(desk, town.editor("water"))
    desk.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    desk.locator(".c-sf-add-button").first.wait_for()

    save = desk.get_by_role("button", name="保存草稿")
    save.evaluate("it => { it.name = 'action-publish'; it.value = '1' }")
    with desk.expect_navigation():
        save.click()

    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state is None
