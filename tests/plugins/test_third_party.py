"""A third party's template, installed as a package only here: founded, removed by mistake, retired, removed, back.

Each step is a process with its own settings and a database of its own, and stands on the step before.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.server.database import copies_for_this_run

SOURCE = Path(__file__).parent / "gongkai_library"
PACKAGE = "gongkai_library"


class City:
    """A database and a place to install packages to."""

    def __init__(self, folder: Path, database: str) -> None:
        self.packages, self.folder, self.database = folder / "packages", folder, database

    def install(self) -> None:
        """Build the package as pip would, into a folder of its own."""
        work = self.folder / "source"
        shutil.copytree(SOURCE, work)
        if importlib.util.find_spec("setuptools"):
            build = [sys.executable, "-c", "import setuptools; setuptools.setup()", "build", "--build-lib"]
            subprocess.run([*build, str(self.packages)], cwd=work, check=True, capture_output=True)
        else:
            shutil.copytree(work / PACKAGE, self.packages / PACKAGE)

    def run(self, *command: str, with_plugin: bool) -> str:
        """Run Python in the city, and return what it says."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "GONGKAI_VAR_DIR": str(self.folder),
            "GONGKAI_EXTRA_APPS": PACKAGE if with_plugin else "",
            "PYTHONPATH": str(self.packages) if with_plugin else "",
        }
        done = subprocess.run(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=environment,
            text=True,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"{done.stdout}\n{done.stderr}", pytrace=False)
        return done.stdout

    def step(self, name: str, *, with_plugin: bool) -> dict:
        """Run a step of the scenario."""
        said = self.run("-m", "tests.plugins.scenario", name, with_plugin=with_plugin)
        found: dict = json.loads(said.splitlines()[-1])
        return found


@pytest.fixture(scope="module")
def city(tmp_path_factory, django_db_setup, django_db_blocker):
    """Give the plugin a migrated database of its own, of the kind this run is on, and install it."""
    folder = tmp_path_factory.mktemp("city")
    with django_db_blocker.unblock():
        copies = copies_for_this_run()
        if connection.vendor == "postgresql":
            name = f"{copies.name}_city"
            copies._execute(f'CREATE DATABASE "{name}" TEMPLATE "{copies.template}"')
            database = re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", os.environ["DATABASE_URL"], count=1)
        else:
            shutil.copyfile(copies.template, folder / "city.sqlite3")
            database = f"sqlite:///{folder / 'city.sqlite3'}"
    made = City(folder, database)
    made.install()
    yield made
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            copies._execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def founded(city):
    return city.step("founded", with_plugin=True)


@pytest.fixture(scope="module")
def removed(city, founded):
    return city.step("removed", with_plugin=False)


@pytest.fixture(scope="module")
def retired(city, removed):
    return city.step("retired", with_plugin=True)


@pytest.fixture(scope="module")
def gone(city, retired):
    return city.step("gone", with_plugin=False)


@pytest.fixture(scope="module")
def returned(city, gone):
    return city.step("returned", with_plugin=True)


def test_the_template_keeps_the_contract(city):
    out = city.run("-m", "pytest", str(SOURCE / "tests"), "-q", "-p", "no:randomly", with_plugin=True)

    assert "failed" not in out


def about_plugins(said: dict[str, Any]) -> list[str]:
    """Leave out what depends on the day: from November on, that next year's days off are not entered."""
    return [complaint for complaint in said["complaints"] if not complaint.startswith("gongkai.W040")]


def test_a_new_unit_of_the_branch_has_the_plugins_page_type(founded):
    assert founded["type"] == "gongkai_library.LibraryPage"
    assert founded["entries"] == ["A01", "A02", "B01", "C01"]
    assert about_plugins(founded) == []


def test_typed_fields_and_template_of_the_plugin_are_public(founded):
    assert "阅览座位" in founded["unit"]
    assert "报刊阅览室" in founded["unit"]
    assert founded["unit_json"]["profile"]["seats"] == 800
    assert founded["unit_json"]["profile"]["volumes"] == "120.50"


def test_the_plugins_block_is_html_and_json(founded):
    assert "1200000" in founded["disclosure"].replace(",", "")
    (block,) = founded["disclosure_json"]["body"]
    assert block["type"] == "library_holdings"
    assert block["value"]["holdings"] == [{"kind": "图书", "volumes": 1_200_000}]


def test_the_plugins_check_is_asked(founded):
    code = "industry.library.closure_end"
    assert founded["findings"] == [[code, "block", "ends_at", "闭馆公告没有写明恢复开放的时间。"]]
    assert founded["stops"] == [code]


def test_without_the_plugin_nothing_starts(removed):
    assert "gongkai_library.librarypage" in removed["start"]
    assert "示例市图书馆" in removed["start"]
    assert "retire_industry" in removed["start"]


def test_without_the_plugin_the_checks_name_page_type_catalogue_and_block(removed):
    found = "\n".join(removed["complaints"])

    assert "gongkai.E010" in found
    assert "“library”没有安装" in found
    assert "blocks.W001" in found
    assert "library_holdings" in found


def test_a_published_block_survives_a_save_without_its_plugin(founded, removed):
    assert (removed["saved"], removed["summary"]) == ("", "没有插件时保存。")
    assert removed["stored"] == founded["stored"]
    assert [blocks[0]["type"] for blocks in removed["stored"]] == ["library_holdings", "library_holdings"]


def test_a_page_whose_unit_nobody_can_read_is_not_saved_at_all(removed):
    assert removed["refused"] == "“公开信息”不能设在“页面”之下。"


def test_the_public_reads_that_a_template_is_missing(removed):
    assert "此部分内容的模板暂缺，原始内容已保存。" in removed["shown"]


def test_with_the_plugin_back_the_block_is_read_again(retired):
    assert "图书" in retired["shown"]


def test_retiring_says_what_becomes_plain_and_what_stays(retired):
    assert retired["type"] == "pages.UnitPage"
    assert retired["sealed"]["gongkai_library.LibraryPage"]["seats"] == 800
    assert "改为通用单位页面：1 个" in retired["out"]
    assert "公共图书馆" in retired["out"]
    assert "2026 年馆藏概况" in retired["out"]


def test_after_retiring_everything_works_without_the_plugin(gone):
    assert gone["catalogue"] == ""
    assert set(gone["screens"].values()) == {200}
    assert "示例市图书馆" in gone["unit"]
    assert gone["revisions"] == ["pages.UnitPage"]
    assert [complaint for complaint in about_plugins(gone) if not complaint.startswith("blocks.W001")] == []


def test_the_sealed_block_stays_as_it_was(founded, gone):
    assert gone["blocks"][0]["sealed"] is True
    assert (gone["saved"], gone["stored"]) == ("", founded["stored"][1])


def test_with_the_plugin_back_the_unit_has_its_type_values_and_rows_again(returned):
    assert returned["profile"] == {"kind": "general", "seats": "800", "volumes": "120.50", "opens_on_holidays": "True"}
    assert returned["rooms"] == ["报刊阅览室"]
    assert returned["sealed"] is None
    assert "图书" in returned["disclosure"]
