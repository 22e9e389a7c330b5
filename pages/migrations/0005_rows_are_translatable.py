"""Every phone and outlet has a language and a translation key (0003, 0004)."""

# permit: AlterField — 0004 has filled in both columns of every row.

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

LOCALE = models.ForeignKey(
    editable=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="wagtailcore.locale",
    verbose_name="locale",
)


class Migration(migrations.Migration):
    """Contract."""

    dependencies = [("pages", "0004_fill_language_of_rows"), ("wagtailcore", "0098_apitoken")]

    operations = [
        operation
        for model in ("organisationphone", "serviceoutlet")
        for operation in (
            migrations.AlterField(model, "locale", LOCALE.clone()),
            migrations.AlterField(model, "translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
            migrations.AlterUniqueTogether(model, {("translation_key", "locale")}),
        )
    ]
