"""Totals that need no counting."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the numbers, and what each row was counted under."""

    dependencies = [("delivery", "0010_what_lists_show_of_a_read")]

    operations = [
        migrations.AddField(model_name="era", name="totalled_at", field=models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="CountedRow",
            fields=[
                ("page", models.BigIntegerField(primary_key=True, serialize=False)),
                ("endpoint", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=12)),
                ("translation_key", models.UUIDField(db_index=True)),
                ("organisation", models.BigIntegerField(null=True)),
                ("entry", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Total",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("endpoint", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=12)),
                ("organisation", models.BigIntegerField(default=0)),
                ("entry", models.BigIntegerField(default=0)),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["endpoint", "language", "entry", "organisation"], name="total_once"
                    )
                ]
            },
        ),
    ]
