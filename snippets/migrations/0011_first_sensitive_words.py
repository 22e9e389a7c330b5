"""Put a few words on the list, so that it shows what it is for; the portal's administrators keep it from here on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

LAW = "《中华人民共和国广告法》第九条"
DISABLED = "《中华人民共和国残疾人保障法》的称谓"
# Word, what it means for the submission, category, what to write instead, why.
WORDS = [
    ("国家级", "warn", "absolute", "", LAW),
    ("最高级", "warn", "absolute", "", LAW),
    ("最佳", "warn", "absolute", "", LAW),
    ("全国第一", "warn", "absolute", "", LAW),
    ("残废", "warn", "disrespectful", "残疾人", DISABLED),
    ("聋哑人", "warn", "disrespectful", "听力、言语残疾人", DISABLED),
    ("帐号", "info", "misspelt", "账号", "《现代汉语词典》"),
    ("帐户", "info", "misspelt", "账户", "《现代汉语词典》"),
    ("登陆网站", "info", "misspelt", "登录网站", ""),
    ("截止目前", "info", "misspelt", "截至目前", ""),
    ("部份", "info", "misspelt", "部分", ""),
    ("工商局", "info", "outdated", "市场监督管理局", "2018 年机构改革后的名称"),
    ("国税局", "info", "outdated", "税务局", "2018 年机构改革后的名称"),
    ("此件内部传阅", "block", "internal", "", "标有内部传阅的文件不得公开"),
]


def create(apps: Any, schema_editor: Any) -> None:
    word_model = apps.get_model("snippets", "SensitiveWord")
    for word, severity, category, replacement, note in WORDS:
        word_model.objects.get_or_create(
            word=word,
            defaults={"severity": severity, "category": category, "replacement": replacement, "note": note},
        )


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("snippets", "SensitiveWord").objects.filter(word__in=[row[0] for row in WORDS]).delete()


class Migration(migrations.Migration):
    dependencies = [("snippets", "0010_sensitive_words")]

    operations = [migrations.RunPython(create, remove)]
