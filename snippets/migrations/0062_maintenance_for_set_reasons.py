from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('snippets', '0052_how_a_service_is_done'),
    ]

    operations = [
        migrations.AlterField(
            model_name='maintenance',
            name='reason',
            field=models.CharField(choices=[('upgrade', '系统升级'), ('repair', '设备检修'), ('settlement', '结算、对账'), ('provider', '提供方系统维护')], default='upgrade', max_length=100, verbose_name='原因'),
        ),
    ]
