"""A title holds no personal number, not even in a draft: it goes into logs, lists and letters at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages.models import DisclosurePage
from tests.factories import make_page, make_service_item
from tests.town import Town
from tests.workflows.acts import draft, signed_in, words

ID_NUMBER = "11010519491231002X"


def test_a_draft_with_an_identity_number_in_its_title_is_not_saved(town: Town) -> None:
    entry = town.entries["water_price"]

    with pytest.raises(ValidationError) as refused:
        make_page(DisclosurePage, town.water, live=False, entry=entry, title=f"关于{ID_NUMBER}的答复")

    assert ID_NUMBER not in str(refused.value)
    assert "身份证" in str(refused.value)


def test_the_form_says_so_at_the_field_and_keeps_the_old_title(town: Town) -> None:
    page = draft(town, title="答复")
    client = signed_in(town.editor("water"))
    form = {"title": f"关于{ID_NUMBER}的答复", "body-count": 0, "entry": page.entry_id, "publicity": "active"}
    rows = {f"{kind}-{key}": 0 for kind in ("attachments", "comments") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}

    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form, **rows})

    assert "标题中有疑似" in words(response)
    assert DisclosurePage.objects.get(pk=page.pk).draft_title == "答复"


def test_a_service_item_neither(town: Town) -> None:
    item = make_service_item(town.water, town.industries["waterworks"])
    item.title = f"查询{ID_NUMBER}"

    with pytest.raises(ValidationError):
        item.full_clean()


def test_phone_numbers_of_offices_and_years_are_no_personal_numbers(town: Town) -> None:
    page = draft(town, title="2026年12345热线和0411-12345678值班安排")

    assert page.pk
