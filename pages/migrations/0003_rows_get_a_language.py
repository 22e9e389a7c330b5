"""Phones and outlets get what a translatable row has; filled in by 0004, required by 0005."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

LOCALE = models.ForeignKey(
    editable=False,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="wagtailcore.locale",
    verbose_name="locale",
)


class Migration(migrations.Migration):
    """Expand."""

    dependencies = [("pages", "0002_index_series")]

    operations = [
        operation
        for model in ("organisationphone", "serviceoutlet")
        for operation in (
            migrations.AddField(model, "locale", LOCALE.clone()),
            migrations.AddField(
                model, "translation_key", models.UUIDField(default=uuid.uuid4, editable=False, null=True)
            ),
        )
    ]
