"""Screens of the admin look at the pages they show, not at all there are.

The children of a page, the roots, drafts and locked pages: Wagtail asks for them by columns that no index of its own
names. The table is Wagtail's; these stand beside its indexes, and whoever removes them only loses time.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

INDEXES = {
    "page_by_depth": "(depth, path{pattern})",
    "page_with_draft": "(id) WHERE has_unpublished_changes",
    "page_locked": "(id) WHERE locked",
}


def make(apps: Any, schema_editor: Any) -> None:
    """Make what is not there."""
    pattern = " varchar_pattern_ops" if schema_editor.connection.vendor == "postgresql" else ""
    for name, of in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON wagtailcore_page {of.format(pattern=pattern)}")


def remove(apps: Any, schema_editor: Any) -> None:
    """Remove them."""
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    """Make the indexes."""

    dependencies = [("delivery", "0013_numbering_anew_in_parts"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(make, remove)]
