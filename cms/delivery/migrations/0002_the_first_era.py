"""The first era begins with the table."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def begin(apps: Any, schema_editor: Any) -> None:
    """Add the one row."""
    apps.get_model("delivery", "Era").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """Write the one row that every reader asks."""

    dependencies = [("delivery", "0001_stored_reads")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
