import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_appointment'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(default=False, verbose_name='须更改密码'),
        ),
        # What is there already counts as changed today: it is good for another ninety days.
        migrations.AddField(
            model_name='user',
            name='password_changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='密码更改时间'),
        ),
        migrations.CreateModel(
            name='UsedPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='密码散列')),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='停用时间')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='used_passwords', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '用过的密码',
                'verbose_name_plural': '用过的密码',
                'ordering': ['-replaced_at', '-pk'],
            },
        ),
    ]
