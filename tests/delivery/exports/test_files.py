"""The folder that is served is always whole."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cms.delivery.exports import formats, workshop
from cms.management.commands.export_public import is_due
from tests.factories import make_disclosure

from .acts import csv_rows, export, json_of, served


def folders(root) -> list[str]:
    return sorted(each.name for each in root.iterdir() if each.is_dir() and not each.is_symlink())


def test_a_run_that_fails_leaves_what_was_there(town, root, monkeypatch):
    export("csv")
    before = json_of("index.json")
    monkeypatch.setitem(formats.OTHERS, "broken", lambda made: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        formats.write_exports(root, ["csv", "broken"], print)

    assert json_of("index.json") == before
    assert len(folders(root)) == 1


def test_a_run_of_one_format_takes_over_the_others(town, root):
    export("csv", "xlsx")
    make_disclosure(town.water, town.entries["water_price"], title="新")
    export("csv")

    rows = {each["name"]: each["rows"] for each in json_of("index.json")["files"]}

    assert (rows["disclosures.csv"], rows["disclosures.xlsx"]) == (1, 0)
    assert served("files/disclosures.xlsx")


def test_who_reads_the_folder_before_may_finish(town, root):
    export("csv")
    first = workshop.current(root)
    export("csv")

    assert (first / "disclosures.csv").exists()
    export("csv")
    assert not first.exists()


def test_two_runs_do_not_meet(town, root):
    with workshop.workshop(root, set(), print), pytest.raises(CommandError, match="另一个进程"):
        call_command("export_public", "--format=csv")


def test_a_folder_that_cannot_be_written_is_named(db, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="写不进"):
        call_command("export_public", "--format=csv", f"--folder={tmp_path / 'file'}")


def test_a_file_that_has_not_changed_is_not_sent_again(town):
    export("csv")
    client = Client()
    first = client.get("/exports/files/organisations.csv")
    content = b"".join(first)

    assert first["ETag"] == f'"{sha256(content).hexdigest()}"'
    assert client.get("/exports/files/organisations.csv", headers={"If-None-Match": first["ETag"]}).status_code == 304
    later = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/exports/files/organisations.csv", headers=later).status_code == 304
    assert 'rel="license"' in first["Link"]
    assert first["Access-Control-Allow-Origin"] == "*"


def test_it_is_written_at_night_once(town, root, clock):
    assert is_due(root)
    export("csv")

    assert not is_due(root)
    clock.shift(timedelta(hours=25))
    assert is_due(root)


def test_nothing_follows_a_link_out_of_the_folder(town, root):
    export("csv")
    os.symlink("/etc/passwd", workshop.current(root) / "passwd")

    assert Client().get("/exports/files/passwd").status_code == 404


def test_a_site_without_files_says_so(town):
    assert json_of("index.json")["files"] == []
    assert "还没有生成" in served("").decode()
    assert csv_rows("organisations.csv")
