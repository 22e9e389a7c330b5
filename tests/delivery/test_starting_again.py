"""Who follows the feed from a place it does not know is told to start again, never nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from cms.delivery.models import Era, StoredRead
from cms.delivery.stored import settling
from cms.delivery.stored.upkeep import current_eras
from tests.delivery.stored.acts import Kept, publish, stored, told

from .test_changes import FEED, Asking, copied, mirror_module, pulled

__all__ = ["stored", "told"]


@pytest.mark.parametrize("since", [999_999, 2**61 + 999_999])
def test_a_number_from_the_future_starts_again(client: Client, told: Kept, since: int) -> None:
    answer = client.get(f"{FEED}?since={since}")

    assert (answer.status_code, answer.json()["parameter"]) == (410, "since")
    assert answer.json()["type"].endswith("#forgotten")


def test_after_a_backup_was_restored_every_copy_starts_again(client: Client, told: Kept, tmp_path: Path) -> None:
    mirror_module().Mirror("http://testserver/", tmp_path / "copy", Asking()).run()
    since = client.get(FEED).json()["meta"]["latest"]

    call_command("forget_changes", "--all", stdout=StringIO())
    settling.settle()

    assert client.get(f"{FEED}?since={since}").status_code == 410
    # Not even when as many changes as were lost have happened since.
    publish(told.price, title="恢复之后")
    settling.settle()
    assert client.get(f"{FEED}?since={since}").status_code == 410
    assert not StoredRead.objects.filter(is_fresh=True, era__in=current_eras()).exists()
    assert Era.objects.get().forgotten > since
    mirror_module().Mirror("http://testserver/", tmp_path / "copy", Asking()).run()
    assert copied(tmp_path / "copy") == pulled(tmp_path / "whole")
