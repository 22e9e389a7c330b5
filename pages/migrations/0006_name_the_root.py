"""Name the root of the page tree in Chinese: the explorer heads a list with it."""

from __future__ import annotations

from typing import Any

from django.db import migrations

WAGTAILS, OURS = "Root", "全部页面"


def _rename(apps: Any, before: str, after: str) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=before)
    root.update(title=after, draft_title=after)


def name_it(apps: Any, schema_editor: Any) -> None:
    """Give it our name."""
    _rename(apps, WAGTAILS, OURS)


def name_it_back(apps: Any, schema_editor: Any) -> None:
    """Give it Wagtail's name."""
    _rename(apps, OURS, WAGTAILS)


class Migration(migrations.Migration):
    """Migrate."""

    dependencies = [("pages", "0005_rows_are_translatable")]

    operations = [migrations.RunPython(name_it, name_it_back)]
