"""Importing redirects has two steps."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.signing import Signer
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.countersigning.acts import confirm
from tests.factories import make_person
from tests.media.samples import upload
from tests.workflows.acts import signed_in
from workflows.models import Proposal

SECOND = "wagtailredirects:process_import"


@pytest.fixture
def operator(db: None) -> Any:
    return signed_in(make_person("operator", is_superuser=True))


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"import_file_name": "x", "input_format": "0"},
        {"import_file_name": Signer().sign("x"), "input_format": "0"},
        {"import_file_name": Signer().sign("gone"), "input_format": Signer().sign("0")},
    ],
)
def test_the_second_step_without_the_first_leads_back_to_it(operator, posted):
    answer = operator.post(reverse(SECOND), posted)

    (message,) = get_messages(answer.wsgi_request)
    assert "重新开始" in str(message)
    assert answer.url == reverse("wagtailredirects:start_import")


def test_the_second_step_imports_the_file_of_the_first_when_a_second_person_agrees(operator):
    file = upload("redirects.csv", b"from,to\n/old,https://example.org/new\n")
    first = operator.post(reverse("wagtailredirects:start_import"), {"import_file": file, "input_format": "0"})
    kept = {name: first.context["form"].initial[name] for name in ("import_file_name", "input_format")}

    operator.post(reverse(SECOND), {**kept, "from_index": "0", "to_index": "1", "site": "", "permanent": "on"})
    assert not Redirect.objects.exists()
    other = make_person("other", is_superuser=True)
    confirm(proposal_id=Proposal.objects.get().pk, user=other)

    assert Redirect.objects.filter(old_path="/old", redirect_link="https://example.org/new").exists()
