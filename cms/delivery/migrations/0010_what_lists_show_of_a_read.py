"""Lists are put together of what is stored of rows; what they show of one is cut out once."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep beside the answer about a row what a list shows of it."""

    dependencies = [("delivery", "0002_the_first_era")]

    operations = [
        migrations.AddField(model_name="storedread", name="listed", field=models.BinaryField(null=True)),
    ]
