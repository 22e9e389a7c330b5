from django.conf import settings
from django.db import migrations


def keep(apps, schema_editor):
    ServiceItem = apps.get_model("snippets", "ServiceItem")
    ItemHealth = apps.get_model("snippets", "ItemHealth")
    known = set(ItemHealth.objects.values_list("item", flat=True))
    items = ServiceItem.objects.filter(last_checked__isnull=False, locale__language_code=settings.LANGUAGE_CODE)
    ItemHealth.objects.bulk_create(
        [
            ItemHealth(item_id=pk, confirmed_on=day)
            for pk, day in items.values_list("pk", "last_checked")
            if pk not in known
        ],
        batch_size=500,
    )


def give_back(apps, schema_editor):
    ServiceItem = apps.get_model("snippets", "ServiceItem")
    for row in apps.get_model("snippets", "ItemHealth").objects.exclude(confirmed_on=None):
        ServiceItem.objects.filter(pk=row.item_id).update(last_checked=row.confirmed_on)


class Migration(migrations.Migration):
    dependencies = [
        ("snippets", "0062_maintenance_for_set_reasons"),
        ("wagtailcore", "0053_locale_model"),
    ]

    operations = [migrations.RunPython(keep, give_back)]
