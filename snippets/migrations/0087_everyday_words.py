"""Say what people call things every day; the portal's administrators keep the list."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# None of it belongs to one city.
GROUPS = [
    "取暖；供暖；供热；采暖；暖气",
    "停水；没水；没水了；没有水",
    "停电；没电；没电了；没有电；跳闸",
    "停气；断气；没气；没气了；没有煤气",
    "停供；停暖；停热；停止供热；报停",
    "暖气不热；屋里冷；家里冷；不暖和；室温",
    "漏水；爆管；跑水；水管坏了；水管爆了；抢修",
    "漏气；煤气味；燃气泄漏；抢修",
    "水压；水压低；水小；供水压力",
    "水质；自来水发黄；水黄；水浑；水有味",
    "排水；下水道；污水；下水道堵了",
    "灶具；燃气灶；燃气具；燃气器具",
    "煤气罐；液化气；液化石油气；瓶装气；瓶装燃气",
    "充电桩；充电设施",
    "阶梯水价；水价",
    "阶梯电价；峰谷电价；分时电价；电价",
    "水表；换表；电表；计量表；计量",
    "发票；票据；收据",
    "退费；退款；退钱",
    "抢修电话；报修电话；24小时电话；服务热线",
    "微信缴费；支付宝缴费；手机缴费；网上缴费；网上交费",
    "看病；就诊；就医；门诊",
    "疫苗；预防接种",
    "体检；健康检查",
    "床位；病床",
    "急救；救护车；急诊",
    "药价；药品价格；药费",
    "化验单；检验报告；检查报告",
    "上学；入学；招生；读书",
    "学费；学杂费",
    "午餐；午饭；伙食；食堂；营养餐",
    "课后服务；课后托管；延时服务；托管班",
    "放假；校历；作息时间",
    "幼儿园；托儿所；学前教育",
    "校长；学校领导；负责人",
    "末班车；首班车；首末班车；首末车；几点发车；发车时间；运营时间",
    "公交卡；乘车卡；交通卡",
    "坐飞机；航班；机场",
    "路灯；照明；马路边的灯",
    "垃圾；环卫；生活垃圾",
    "户口；户籍",
    "无线网；宽带；上网",
]


def create(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("snippets", "SearchWords")
    for words in GROUPS:
        model.objects.get_or_create(words=words)


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("snippets", "SearchWords").objects.filter(words__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [("snippets", "0086_charges_lead_to_prices")]

    operations = [migrations.RunPython(create, remove)]
