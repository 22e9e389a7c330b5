"""Begin with links to public engines: nobody is asked by them, and a portal that wants none deletes them."""

from django.db import migrations

ENGINES = [
    ("gov-cn", "中国政府网", "gov.cn", "https://sousuo.www.gov.cn/sousuo/search.shtml?code=17da70961a7&dataTypeId=107&searchWord={searchTerms}", "国家政策、政务信息", "National policies and government information"),
    ("baidu", "百度", "Baidu", "https://www.baidu.com/s?wd={searchTerms}", "公共搜索引擎", "Public search engine"),
    ("bing", "必应", "Bing", "https://cn.bing.com/search?q={searchTerms}", "公共搜索引擎", "Public search engine"),
]


def add(apps, schema_editor):
    sources = apps.get_model("joint", "OutsideSource").objects
    for place, (code, title, title_en, address, about, about_en) in enumerate(ENGINES, start=9):
        sources.get_or_create(code=code, defaults={
            "title": title, "title_en": title_en, "kind": "link", "address": address, "about": about,
            "about_en": about_en, "order": place * 10,
        })


def remove(apps, schema_editor):
    apps.get_model("joint", "OutsideSource").objects.filter(code__in=[row[0] for row in ENGINES], kind="link").delete()


class Migration(migrations.Migration):

    dependencies = [
        ("joint", "0001_outside_sources"),
    ]

    operations = [
        migrations.RunPython(add, remove),
    ]
