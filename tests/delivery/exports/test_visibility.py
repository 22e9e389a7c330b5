"""Nothing leaves in a file that a visitor cannot read."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.factories import make_disclosure, make_notice, make_service_item

from .acts import export, json_of, served

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


def everything() -> str:
    """Return the words in all files, nightly and of the moment."""
    export()
    names = [each["name"] for each in json_of("index.json")["files"] if not each["name"].endswith(".xlsx")]
    tables = [f"{name}.csv" for name in ("disclosures", "notices", "service-items", "pages", "organisations")]
    return "".join(served(name).decode() for name in [*(f"files/{name}" for name in names), *tables])


@pytest.mark.parametrize("restriction", ["password", "login", "groups"])
def test_what_stands_under_a_restriction_stays_in(town, restriction):
    make_disclosure(town.water, town.entries["water_price"], title="给所有人看")
    make_disclosure(town.school, town.entries["school_admission"], title="受限的信息")
    PageViewRestriction.objects.create(page=Page.objects.get(pk=town.school.pk), restriction_type=restriction)

    found = everything()

    assert "给所有人看" in found
    assert "受限的信息" not in found
    assert town.school.title not in found


def test_drafts_stay_in(town):
    make_disclosure(town.water, town.entries["water_price"], title="草稿信息", live=False)
    make_notice(town.water, title="草稿公告", live=False)
    make_service_item(town.water, title="草稿服务", live=False)
    page = make_disclosure(town.water, town.entries["water_price"], title="已公开")
    page.title = "改了一半"
    page.save_revision()

    found = everything()

    assert "已公开" in found
    assert "草稿" not in found
    assert "改了一半" not in found
