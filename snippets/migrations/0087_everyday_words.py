"""Say what people call things every day; the portal's administrators keep the list."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# None of it belongs to one city.
# Groups of before, and what is added to them.
LONGER = {
    "供热；供暖；采暖；暖气": "取暖",
    "停水；断水": "没水；没水了；没有水",
    "停电；断电": "没电；没电了；没有电；跳闸",
    "暖气不热；室温不达标；测温": "屋里冷；家里冷；不暖和；室温",
    "疫苗接种；打疫苗；打预防针；预防接种": "疫苗",
    "交通违法；违章": "闯红灯；被拍了",
    "宽带；上网": "无线网",
}
GROUPS = [
    "停气；断气；没气；没气了；没有煤气",
    "停热；停暖；停止供热；报停",
    "漏水；爆管；跑水；水管坏了；水管爆了；管网抢修；抢修停水",
    "漏气；煤气味；燃气泄漏；燃气抢修",
    "水压；水压低；水压小；供水压力",
    "水质；自来水发黄；水黄；水浑；水有味",
    "排水；下水道；污水；下水道堵了",
    "灶具；燃气灶；燃气具；燃气器具",
    "煤气罐；液化气；液化石油气；瓶装气；瓶装燃气",
    "充电桩；充电设施",
    "阶梯水价；水价",
    "阶梯电价；峰谷电价；分时电价；电价",
    "水表；换水表",
    "发票；票据；收据",
    "退费；退款；退钱",
    "微信缴费；支付宝缴费；手机缴费；网上缴费；网上交费",
    "看病；就诊；就医；门诊",
    "体检；健康检查",
    "床位；病床",
    "急救；救护车；急诊",
    "药价；药品价格；药费",
    "化验单；检验报告；检查报告",
    "上学；入学；招生",
    "学费；学杂费",
    "午餐；午饭；伙食；食堂；营养餐",
    "课后服务；课后托管；延时服务；托管班",
    "放假；校历；作息时间",
    "幼儿园；托儿所；学前教育",
    "校长；学校领导",
    "末班车；首班车；首末班车；首末车；几点发车；发车时间；运营时间",
    "公交卡；乘车卡；交通卡",
    "坐飞机；航班；机场",
    "路灯；马路边的灯",
    "垃圾；环卫；生活垃圾",
    "特殊教育；特教；聋哑；聋人；盲人",
    "口腔；牙科；牙齿；看牙；补牙；拔牙",
    "骨科；骨伤；接骨",
    "生育登记；准生证；生育证",
    "网约车；网络预约出租汽车；滴滴",
    "出租汽车；出租车；打车；的士",
    "救助管理；流浪；流浪汉；乞讨",
    "消费投诉；消费维权；12315",
    "环境违法；噪声；噪音；扰民；太吵",
    "环境违法；油烟；烧烤",
    "失业；下岗；没工作",
    "灵活就业；自己交社保；个人交社保；没有单位",
    "校历；寒假；暑假；放寒假；放暑假",
    "课后服务；放学；没人接孩子",
    "二次供水；水箱；楼顶水箱",
    "注水试压；试水；打压；试水打压",
    "停热；空房；没人住；空置",
    "办件进度；办理进度；办到哪一步；办到哪了",
    "实时到站；还有几站",
    "长途客车；长途客运；班车；大巴；客车",
    "体育场馆；羽毛球；羽毛球场；游泳馆；篮球场",
    "师德；师德师风；体罚；老师打人",
    "医德；医德医风；红包；收红包",
    "村务；村务公开；村里的账；村账",
    "入户安检；上门安检；燃气安检",
    "禁止携带；违禁品；不让带；限带",
    "农村商业银行；农商银行；农商行",
    "费用清单；住院清单；钱花在哪",
    "狂犬；狂犬疫苗；狗咬；被狗咬",
    "户口；户籍",
]


def create(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("snippets", "SearchWords")
    for words, more in LONGER.items():
        _rename(model, words, f"{words}；{more}")
    for words in GROUPS:
        model.objects.get_or_create(words=words)


def remove(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("snippets", "SearchWords")
    # What an administrator or a city pack made of it stays.
    model.objects.filter(words__in=GROUPS, note="", pack_key="", is_active=True).delete()
    for words, more in LONGER.items():
        _rename(model, f"{words}；{more}", words)


def _rename(model: Any, before: str, after: str) -> None:
    if not model.objects.filter(words=after).exists():
        model.objects.filter(words=before, pack_key="").update(words=after)


class Migration(migrations.Migration):
    dependencies = [("snippets", "0086_charges_lead_to_prices")]

    operations = [migrations.RunPython(create, remove)]
