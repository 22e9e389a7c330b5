"""What an index number says of something that is no longer public: the list stays a list, the rest gives the reason."""

from __future__ import annotations

from accounts.withdrawable import WithdrawalKind
from tests.factories import make_disclosure
from tests.town import Town
from workflows.withdrawing import Plan, withdraw


def test_a_withdrawn_record_leaves_the_list_and_its_addresses_say_why(town: Town, client) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    number = page.public_record.index_number
    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan(WithdrawalKind.GONE, "价格有误。"))

    listed = client.get("/api/v2/disclosures/", {"index_number": number})
    detail = client.get(f"/api/v2/disclosures/{page.pk}/")
    permanent = client.get(f"/i/{number}")

    assert (listed.status_code, listed.json()["items"]) == (200, [])
    assert (detail.status_code, detail.json()["withdrawal"]["reason"]) == (410, "价格有误。")
    assert permanent.status_code == 410
    assert "价格有误。" in permanent.content.decode()
