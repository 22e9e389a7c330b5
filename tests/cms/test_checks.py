"""The house rules as system checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.checks import Error, Warning
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db.migrations.recorder import MigrationRecorder
from wagtail import hooks
from wagtail.models import Page

from cms import checks
from pages.industry_templates import HOOK, Catalogue, IndustryTemplate
from snippets.models import Industry

FILE = Path(__file__)


def declared(*catalogues: Catalogue, code: str = "sample"):
    """Return a hook that declares a template."""
    return lambda: IndustryTemplate(code=code, label="示例", catalogues=catalogues)


def found_with(*declarations) -> list[str]:
    """Return the messages about templates while these are declared too."""
    registered = [(HOOK, declaration) for declaration in declarations]
    with hooks.register_temporarily(registered):
        return [f"{message.id} {message.msg}" for message in checks.check_industry_templates()]


@pytest.fixture
def orphan(town):
    """Let the school be of a page type that nobody has installed."""
    gone = ContentType.objects.create(app_label="gone_library", model="librarypage")
    Page.objects.filter(pk=town.school.pk).update(content_type=gone)
    yield town.school
    ContentType.objects.clear_cache()


def test_the_house_as_it_stands_has_no_errors():
    assert checks.check_industry_templates() == []


def test_a_hook_that_returns_something_else_is_named():
    (message,) = found_with(lambda: None)

    assert message.startswith("gongkai.E001 tests.cms.test_checks.")


def test_two_templates_of_one_code_are_an_error():
    assert found_with(declared(code="water")) == ["gongkai.E002 两个行业模板的代码都是“water”。"]


def test_two_catalogues_of_one_code_are_an_error():
    found = found_with(declared(Catalogue("water", "又一个", FILE)))

    assert found == ["gongkai.E003 两个公开目录的代码都是“water”。"]


def test_a_catalogue_without_its_file_is_an_error():
    (message,) = found_with(declared(Catalogue("sample", "示例", FILE.with_name("none.json"))))

    assert message.startswith("gongkai.E004 公开目录“sample”的文件不存在")


@pytest.mark.parametrize("label", ["gone.GonePage", "pages.DepartmentPage", "nonsense"])
def test_a_page_type_that_is_no_unit_is_an_error(label):
    (message,) = found_with(declared(Catalogue("sample", "示例", FILE, page_type=label)))

    assert message == f"gongkai.E005 公开目录“sample”的页面类型 {label} 不是单位页面。"


def test_a_page_type_without_a_template_is_named(monkeypatch):
    monkeypatch.setattr("pages.models.UnitPage.template_names", lambda: ["pages/none.html"])

    messages = checks.check_page_templates()

    assert any("pages/none.html" in message.msg for message in messages)


def test_a_database_in_order_has_no_orphans(town, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert checks.check_orphans(["default"]) == []


def test_rows_of_a_missing_plugin_are_named(orphan, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        (message,) = checks.check_orphans(["default"])

    assert (type(message), message.id) == (Error, "gongkai.E010")
    assert "gone_library.librarypage" in message.msg
    assert "示例小学" in message.msg
    assert "retire_industry" in message.hint


def test_nothing_starts_with_rows_of_a_missing_plugin(orphan):
    with pytest.raises(SystemCheckError, match=r"gone_library\.librarypage"):
        checks.refuse_to_start()


def test_everything_starts_with_a_database_in_order(town):
    checks.refuse_to_start()


def test_a_migration_that_waits_may_rename_the_type(orphan):
    MigrationRecorder.Migration.objects.filter(app="water", name="0002_bounds").delete()

    (message,) = checks.check_orphans(["default"])

    assert (type(message), message.id) == (Warning, "gongkai.W010")


def test_without_a_database_nothing_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert checks.check_orphans() == checks.check_assigned_catalogues() == []


def test_a_branch_whose_catalogue_is_not_installed_is_named(town):
    Industry.objects.filter(pk=town.industries["primary"].pk).update(catalogue="gone")

    (message,) = checks.check_assigned_catalogues(["default"])

    assert message.msg == "行业“小学”使用的公开目录“gone”没有安装。"


def test_the_checks_run_with_the_database_command(orphan):
    with pytest.raises(SystemCheckError, match="E010"):
        call_command("check", databases=["default"])


def test_the_demo_profile_is_no_production(settings):
    settings.SITE_IS_SAMPLE = True
    settings.SECRET_KEY = "insecure-embedded-key-change-me"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

    assert {"gongkai.W020", "gongkai.W022", "gongkai.W023"} <= {each.id for each in checks.check_embedded_profile()}
