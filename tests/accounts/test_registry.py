"""Which policy answers for which model.

Wagtail's own apps overwrite or forestall a policy by the order of the apps, without a word: so each model is asked.
"""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry

from accounts.policies import AppointmentPagePolicy, OperatorPolicy, OwnedMediaPolicy, OwnedPolicy, SitePolicy
from media.models import Document, Image
from snippets.models import CatalogueEntry, Industry, PortalSettings, ServiceItem


@pytest.mark.parametrize("model", [Page, *get_page_models()], ids=lambda model: model.__name__)
def test_pages_of_every_type_are_asked_of_the_appointments(model: Any) -> None:
    assert type(policy_registry.get_by_type(model)) is AppointmentPagePolicy


@pytest.mark.parametrize(
    ("model", "policy"),
    [
        (Image, OwnedMediaPolicy),
        (Document, OwnedMediaPolicy),
        (ServiceItem, OwnedPolicy),
        (Industry, OperatorPolicy),
        (CatalogueEntry, OperatorPolicy),
        (PortalSettings, SitePolicy),
    ],
    ids=lambda value: value.__name__,
)
def test_every_model_of_ours_has_a_policy_of_ours(model: Any, policy: type) -> None:
    found = policy_registry.get_by_type(model)

    assert type(found) is policy
    assert found.model is model
