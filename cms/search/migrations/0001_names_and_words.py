import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('version', models.CharField(blank=True, max_length=16)),
                ('built_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(db_index=True, max_length=255)),
                ('pinyin', models.CharField(blank=True, db_index=True, max_length=255)),
                ('initials', models.CharField(blank=True, db_index=True, max_length=64)),
                ('model', models.CharField(blank=True, max_length=64)),
                ('key', models.BigIntegerField(null=True)),
                ('title', models.CharField(blank=True, max_length=255)),
                ('weight', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('model', 'key', 'text'), name='term_once'), models.UniqueConstraint(condition=models.Q(('key', None)), fields=('text',), name='word_once')],
            },
        ),
        migrations.CreateModel(
            name='NearKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(db_index=True)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='near_keys', to='search.term')),
            ],
        ),
    ]
