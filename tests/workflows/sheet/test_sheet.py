"""The approval sheet: the whole trail on paper, for those who may see the item."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from ledger.models import Event
from pages.models import DisclosurePage
from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit, words
from tests.workflows.outside.acts import outsider, say, shown
from workflows.models import TieredTaskState
from workflows.sheet import paper


def sheet(person: Any, state: TieredTaskState, name: str = "sheet") -> Any:
    return signed_in(person).get(reverse(f"approval:{name}", args=[state.workflow_state_id]))


def published(town: Town, page: DisclosurePage) -> TieredTaskState:
    """Return the page after two tiers, with a return before the first."""
    own, above, author = town.reviewer("water"), town.reviewer("water_office"), town.editor("water")
    state = submit(page, author)
    signed_in(own).post(
        reverse("approval:item", args=[state.pk]), {"action": "reject", "reason": "no_basis", "comment": "请补文号"}
    )
    page.refresh_from_db()
    page.summary = "已补文号"
    page.save_revision(user=author)
    page.current_workflow_state.resume(author)
    state = page_state(page)
    decide(own, state, comment="内容无误")
    decide(above, page_state(page), comment="同意公开")
    page.refresh_from_db()
    assert page.live
    return state


def page_state(page: DisclosurePage) -> TieredTaskState:
    fresh = DisclosurePage.objects.get(pk=page.pk)
    state: TieredTaskState = fresh.current_workflow_task_state
    return state


def test_the_sheet_tells_the_whole_way(town: Town) -> None:
    page = draft(town)
    town.entries["water_price"].legal_basis = "《条例》第十条"
    town.entries["water_price"].save()
    _link, address = shown(town, page=page)
    say(outsider(), address, "单价应含税。")
    state = published(town, page)

    text = words(sheet(town.editor("water"), state))

    for part in (
        "示例水价", "《条例》第十条", "示例自来水公司", "市水务局 › 示例自来水公司", "初审退回", "依据不足：请补文号",
        "初审通过", "内容无误", "复审通过", "同意公开", "首次公开，没有上一版", "单价应含税。",
        page.record.index_number, state.content_hash or "内容指纹", "<svg",
    ):  # fmt: skip
        assert part in text, part
    assert "尚未通过全部审核" not in text


def test_a_change_is_told_against_what_was_public(town: Town) -> None:
    page = draft(town, summary="旧说法")
    published(town, page)
    page.refresh_from_db()
    page.summary = "新说法"
    page.save_revision(user=town.editor("water"))
    second = submit(page, town.editor("water"))

    text = words(sheet(town.reviewer("water"), second))

    assert "尚未通过全部审核" in text
    assert "新说法" in text
    # The first approval is another sheet.
    assert "请补文号" not in text


def test_the_pdf_can_be_read_and_carries_its_fonts(town: Town) -> None:
    state = published(town, draft(town))

    response = sheet(town.reviewer("water_office"), state, "sheet_pdf")

    assert response["Content-Type"] == "application/pdf"
    reader: Any = PdfReader(BytesIO(response.content))
    assert reader.metadata.title == "发布审核表 示例水价"
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert "示例自来水公司" in text
    assert "内容无误" in text
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)


def test_each_look_is_an_export(town: Town) -> None:
    state = published(town, draft(town))

    sheet(town.editor("water"), state)
    sheet(town.editor("water"), state, "sheet_pdf")

    events = Event.objects.filter(kind="export.approval_sheet").order_by("pk")
    assert [event.data["form"] for event in events] == ["html", "pdf"]
    assert {event.organisation_id for event in events} == {town.water.pk}
    assert {event.actor_id for event in events} == {town.editor("water").pk}


def test_the_same_sheet_is_drawn_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    state = published(town, draft(town))
    first = sheet(town.editor("water"), state, "sheet_pdf")
    monkeypatch.setattr(paper, "_draw", lambda *args: pytest.fail("drawn again"))

    assert sheet(town.editor("water"), state, "sheet_pdf").content == first.content


def test_only_those_concerned_see_it(town: Town) -> None:
    state = submit(draft(town), town.editor("water"))
    stranger = make_person("stranger")

    for person in (town.editor("water"), town.reviewer("water"), town.administrator("portal")):
        assert sheet(person, state).status_code == 200
    for person in (town.editor("school"), town.reviewer("education_office")):
        assert sheet(person, state).status_code == 404
        assert sheet(person, state, "sheet_pdf").status_code == 404
    assert sheet(stranger, state).status_code == 302


@pytest.mark.parametrize("missing", ["font", "Pango"])
def test_a_server_that_cannot_draw_says_what_is_missing(
    town: Town, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    state = submit(draft(town), town.editor("water"))
    if missing == "font":
        monkeypatch.setattr(paper, "has_chinese_font", lambda: False)
    else:
        monkeypatch.setitem(sys.modules, "weasyprint", None)

    response = sheet(town.editor("water"), state, "sheet_pdf")

    assert response.status_code == 503
    assert ("中文字体" if missing == "font" else "Pango") in words(response)
    assert reverse("approval:sheet", args=[state.workflow_state_id]) in words(response)


def test_a_server_without_chinese_font_is_recognised(tmp_path: Any) -> None:
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    asked = (
        "import django; django.setup(); from workflows.sheet.paper import has_chinese_font; print(has_chinese_font())"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

    answer = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
    assert paper.has_chinese_font()


def test_a_sheet_fetches_nothing(town: Town) -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        paper._refuse("http://example.org/x.png")


def test_the_sheet_of_a_service_is_shown(town: Town) -> None:
    from tests.workflows.acts import draft_service

    item = draft_service(town)
    state = submit(item, town.editor("water"))

    assert item.title in words(sheet(town.reviewer("water"), state))


def test_the_page_leads_to_its_sheet(town: Town) -> None:
    page = draft(town)
    state = submit(page, town.editor("water"))

    edit = signed_in(town.editor("water")).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert reverse("approval:sheet", args=[state.workflow_state_id]) in words(edit)
