"""An edit shows which fields it changed, before and after, on the screen and in the table."""

from __future__ import annotations

from ledger.models import Event
from tests.town import Town
from tests.workflows.acts import draft, signed_in, words


def test_an_edit_shows_its_fields_before_and_after_without_personal_numbers(town: Town) -> None:
    page = draft(town, title="旧标题")
    page.title, page.summary = "新标题", "联系人手机 13800138000"
    page.save_revision(user=town.editor("water"), log_action=True)
    event = Event.objects.get(kind="wagtail.edit")
    client = signed_in(town.auditor("portal"))

    shown = words(client.get(f"/admin/audit/{event.pk}/"))
    table = b"".join(client.get("/admin/audit/export.csv").streaming_content).decode("utf-8-sig")

    for text in (shown, table):
        assert "旧标题" in text
        assert "新标题" in text
        assert "13800138000" not in text
