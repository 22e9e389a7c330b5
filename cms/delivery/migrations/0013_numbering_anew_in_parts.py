"""What concerns everything is numbered anew in parts."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Remember how far that has come."""

    dependencies = [("delivery", "0012_lists_kept_whole")]

    operations = [
        migrations.AddField(model_name="era", name="renumbered", field=models.BigIntegerField(null=True)),
    ]
