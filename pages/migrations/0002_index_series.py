"""Count serials per series of the city's scheme instead of per organisation and year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="IndexCounter"),
        migrations.CreateModel(
            name="IndexCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=150, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "索引号计数", "verbose_name_plural": "索引号计数"},
        ),
    ]
