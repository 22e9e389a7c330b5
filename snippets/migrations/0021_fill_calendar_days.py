"""Enter the days off and make-up workdays of the years the library knows."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from rules.calendar import seed_days, seed_names

YEARS = range(2020, 2027)


def fill(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("snippets", "CalendarDay")
    for year in YEARS:
        names = seed_names(year)
        model.objects.bulk_create(
            model(day=day, is_workday=works, note=names[day]) for day, works in sorted(seed_days(year).items())
        )


def empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("snippets", "CalendarDay").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("snippets", "0020_calendar_days")]

    operations = [migrations.RunPython(fill, empty)]
