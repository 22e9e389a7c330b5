"""A notice that is no banner needs no grade."""

# permit: AlterField — a choice may be left empty; no value changes.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0047_organisations_have_a_mailbox'),
    ]

    operations = [
        migrations.AlterField(
            model_name='noticepage',
            name='alert_severity',
            field=models.CharField(blank=True, choices=[('red', '特别严重（红色）'), ('orange', '严重（橙色）'), ('yellow', '较重（黄色）'), ('blue', '一般（蓝色）')], default='orange', max_length=8, verbose_name='严重程度'),
        ),
    ]
