import modelsearch.index
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('snippets', '0034_when_industries_and_entries_changed'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='意思相同的词，用分号隔开，例如：采暖费；暖气费；取暖费。只写一个词，就只作为不可拆开的专名。', max_length=255, unique=True, verbose_name='词')),
                ('note', models.CharField(blank=True, max_length=255, verbose_name='说明')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
            ],
            options={
                'verbose_name': '检索用词',
                'verbose_name_plural': '检索用词',
                'ordering': ['words'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
