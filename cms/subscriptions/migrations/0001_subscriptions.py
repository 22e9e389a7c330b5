import django.utils.timezone
from django.db import migrations, models

import cms.subscriptions.models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=cms.subscriptions.models.new_key, editable=False, max_length=32, unique=True)),
                ('digest', models.CharField(db_index=True, editable=False, max_length=64)),
                ('address', models.TextField(editable=False)),
                ('choice', models.TextField(verbose_name='选择')),
                ('cadence', models.CharField(choices=[('daily', '每天一封'), ('weekly', '每周一封')], max_length=8, verbose_name='频率')),
                ('language', models.CharField(max_length=10, verbose_name='语言')),
                ('asked_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='申请时间')),
                ('confirmed_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='确认时间')),
                ('told_until', models.DateTimeField(blank=True, null=True, verbose_name='已告知至')),
                ('next_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='下次发送')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='连续失败次数')),
            ],
            options={
                'verbose_name': '邮件订阅',
                'verbose_name_plural': '邮件订阅',
            },
        ),
    ]
