"""An auditor sees and does nothing with content."""

from __future__ import annotations

import pytest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.backends import ADMIN_ACCESS, TRANSLATION
from accounts.models import Duty
from media.models import Document, Image
from snippets.models import CatalogueEntry, Industry, PortalSettings, ServiceItem
from tests.factories import appoint

pytestmark = pytest.mark.django_db
ACTIONS = ["add", "change", "delete", "publish", "lock", "unlock", "choose", "view", "bulk_delete", "withdraw"]


def test_an_auditor_enters_and_does_not_translate(town):
    auditor = town.auditor("portal")

    assert auditor.has_perm(ADMIN_ACCESS)
    assert not auditor.has_perm(TRANSLATION)


@pytest.mark.parametrize("model", [Page, Image, Document, ServiceItem, Industry, CatalogueEntry, PortalSettings])
def test_an_auditor_has_no_right_to_anything(town, model):
    policy, auditor = policy_registry.get_by_type(model), town.auditor("portal")

    assert [action for action in ACTIONS if policy.user_has_permission(auditor, action)] == []
    assert not policy.instances_user_has_any_permission_for(auditor, ACTIONS).exists()
    assert auditor not in policy.users_with_any_permission(ACTIONS)


def test_an_auditor_explores_no_page(town):
    policy, auditor = policy_registry.get_by_type(Page), town.auditor("portal")

    assert not policy.explorable_instances(auditor).exists()
    assert policy.instances_with_direct_explore_permission(auditor) == []
    assert not town.portal.permissions_for_user(auditor).can_edit()


def test_who_also_writes_keeps_what_a_writer_may(town):
    editor = town.editor("water")
    appoint(editor, town.portal, Duty.AUDITOR)
    policy = policy_registry.get_by_type(Page)

    assert set(policy.instances_with_direct_explore_permission(editor)) == {Page.objects.get(pk=town.water.pk)}
    assert not town.portal.permissions_for_user(editor).can_edit()
