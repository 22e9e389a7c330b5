"""Collections carry no rights here: nobody is asked about them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.api.crowd import make_document, make_image
from tests.town import Town
from tests.workflows.acts import signed_in


@pytest.mark.parametrize(
    ("make", "listing"), [(make_image, "wagtailimages:index"), (make_document, "wagtaildocs:index")]
)
@pytest.mark.parametrize("query", ["", "?collection_id=1"])
def test_a_list_of_files_knows_no_collections(town: Town, make: Any, listing: str, query: str) -> None:
    make(town.water, "示例")
    person = town.administrator("water")

    seen = signed_in(person).get(reverse(listing) + query).content.decode()

    assert "示例" in seen
    assert "集合" not in seen
