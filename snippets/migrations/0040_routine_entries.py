from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('snippets', '0021_fill_calendar_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='catalogueentry',
            name='is_routine',
            field=models.BooleanField(default=False, help_text='内容格式固定、风险低的事项（例如每月水质公告）：审核员可以一次批准多件，每件仍单独核对。', verbose_name='例行'),
        ),
    ]
