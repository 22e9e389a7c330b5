"""What was withdrawn before the kinds existed answered 410: it is gone."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def name_the_kind(apps: Any, schema_editor: Any) -> None:
    records = apps.get_model("pages", "PublicationRecord").objects.filter(is_public=False, withdrawal_kind="")
    records.update(withdrawal_kind="gone")


class Migration(migrations.Migration):
    dependencies = [("pages", "0010_withdrawals_say_how")]

    operations = [migrations.RunPython(name_the_kind, migrations.RunPython.noop)]
