from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("snippets", "0063_keep_the_days_links_were_checked"),
    ]

    operations = [
        # permit: RemoveField — the system checks links by itself; what it finds stands in ItemHealth (0061, 0063).
        migrations.RemoveField(model_name="serviceitem", name="last_checked"),
    ]
