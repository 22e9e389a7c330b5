from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pages", "0030_find_what_changed_last"),
    ]

    operations = [
        migrations.AddField(
            model_name="unitpage",
            name="service_divisions",
            field=models.CharField(
                blank=True,
                help_text="区划代码（6、9 或 12 位），用分号隔开，例如 210202；210203008。居民按住址查询用它。",
                max_length=500,
                verbose_name="服务范围的行政区划代码",
            ),
        ),
    ]
