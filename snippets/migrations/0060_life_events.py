import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('snippets', '0051_first_search_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='LifeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True, verbose_name='代码')),
                ('title', models.CharField(max_length=40, verbose_name='名称')),
                ('title_en', models.CharField(blank=True, max_length=80, verbose_name='英文名称')),
                ('summary', models.CharField(blank=True, max_length=100, verbose_name='一句话说明')),
                ('summary_en', models.CharField(blank=True, max_length=150, verbose_name='英文说明')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='最近改动')),
            ],
            options={
                'verbose_name': '人生事件',
                'verbose_name_plural': '人生事件',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='LifeEventItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_items', to='snippets.lifeevent', verbose_name='人生事件')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_items', to='snippets.serviceitem', verbose_name='在线服务项目')),
            ],
            options={
                'verbose_name': '所含服务',
                'verbose_name_plural': '所含服务',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('event', 'item'), name='life_event_item_once')],
            },
        ),
    ]
