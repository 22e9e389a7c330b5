"""Who asks for a charge wants its price as well as the place to pay; the portal's administrators keep the list."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# None of it belongs to one city.
GROUPS = [
    "采暖费；热价；供热价格；采暖收费",
    "水费；水价",
    "燃气费；气价；燃气销售价格",
]


def create(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("snippets", "SearchWords")
    for words in GROUPS:
        model.objects.get_or_create(words=words)


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("snippets", "SearchWords").objects.filter(words__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [("snippets", "0064_no_typed_day_of_a_check")]

    operations = [migrations.RunPython(create, remove)]
