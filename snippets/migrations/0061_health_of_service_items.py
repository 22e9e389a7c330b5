import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('snippets', '0060_life_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemHealth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('unknown', '尚未核验'), ('working', '正常'), ('down', '暂时不通')], default='unknown', max_length=16, verbose_name='运行状态')),
                ('since', models.DateTimeField(blank=True, null=True, verbose_name='自何时起')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='最近核验')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='公布的核验日期')),
                ('reason', models.CharField(blank=True, max_length=64, verbose_name='原因')),
                ('told', models.CharField(blank=True, editable=False, max_length=16)),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='health', to='snippets.serviceitem', verbose_name='在线服务项目')),
            ],
            options={
                'verbose_name': '在线服务运行情况',
                'verbose_name_plural': '在线服务运行情况',
                'indexes': [models.Index(fields=['state', 'told'], name='item_health_state')],
            },
        ),
        migrations.CreateModel(
            name='Maintenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='开始')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='结束')),
                ('reason', models.CharField(help_text='公众会看到，例如：系统升级。', max_length=100, verbose_name='原因')),
                ('declared_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='maintenances', to='snippets.serviceitem', verbose_name='在线服务项目')),
            ],
            options={
                'verbose_name': '在线服务维护',
                'verbose_name_plural': '在线服务维护',
                'ordering': ['starts_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='maintenance_ends_after_start')],
            },
        ),
    ]
