"""Give every phone and outlet the language of its page and a translation key of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

MODELS = ("OrganisationPhone", "ServiceOutlet")


def fill(apps: Any, schema_editor: Any) -> None:
    """Fill in what 0003 added."""
    language = apps.get_model("wagtailcore", "Page").objects.filter(pk=OuterRef("page_id")).values("locale")
    for name in MODELS:
        rows = apps.get_model("pages", name).objects
        rows.filter(locale=None).update(locale=Subquery(language[:1]))
        # One default for all rows came with the column.
        keyed = list(rows.only("pk"))
        for row in keyed:
            row.translation_key = uuid.uuid4()
        rows.bulk_update(keyed, ["translation_key"], batch_size=500)


class Migration(migrations.Migration):
    """Migrate."""

    dependencies = [("pages", "0003_rows_get_a_language")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
