"""Whole lists, kept until anything public changes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the lists, and what tells that something has changed since."""

    dependencies = [("delivery", "0011_totals_that_need_no_counting")]

    operations = [
        migrations.AddField(model_name="era", name="settled", field=models.BigIntegerField(default=0)),
        migrations.CreateModel(
            name="StoredList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=1000, unique=True)),
                ("era", models.CharField(max_length=64)),
                ("settled", models.BigIntegerField()),
                ("fresh_until", models.DateTimeField(null=True)),
                ("body", models.BinaryField()),
                ("headers", models.JSONField(default=dict)),
                ("stored_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
    ]
