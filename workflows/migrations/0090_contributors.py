"""Keep who brought a text to its reviewers: submitted it, uploaded its files, made or copied it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('workflows', '0041_bundles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contributor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.CharField(max_length=255)),
                ('part', models.CharField(choices=[('submitted', '提交'), ('uploaded', '上传所引文件'), ('made', '建立或复制')], max_length=9, verbose_name='事项')),
                ('is_used_up', models.BooleanField(default=False, verbose_name='已公开')),
                ('base_content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '参与人',
                'verbose_name_plural': '参与人',
                'constraints': [models.UniqueConstraint(fields=('base_content_type', 'object_id', 'person', 'part'), name='contributor_once_each')],
            },
        ),
    ]
