"""Let mirrors ask which industries and catalogue entries changed since they last asked."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("snippets", "0011_first_sensitive_words"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="updated_at",
            field=models.DateTimeField(auto_now=True, db_index=True, default=timezone.now, verbose_name="最近改动"),
            preserve_default=False,
        )
        for name in ("catalogueentry", "industry")
    ]
