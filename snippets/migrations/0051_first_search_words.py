"""Say what people commonly call the same thing; the portal's administrators keep the list from here on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# None of it belongs to one city.
GROUPS = [
    "公积金；住房公积金",
    "缴纳；缴费；交；交费",
    "查询；查；查看",
    "采暖费；暖气费；取暖费；供热费；供暖费",
    "供热；供暖；采暖；暖气",
    "燃气；煤气；天然气",
    "燃气费；煤气费；天然气费",
    "自来水公司；自来水集团；供水公司；供水有限公司",
    "供电公司；电力公司；电业局",
    "燃气公司；煤气公司；燃气有限公司",
    "停水；断水",
    "停电；断电",
    "报修；维修；抢修；修理",
    "暖气不热；室温不达标；测温",
    "过户；更名",
    "报装；开户；安装",
    "水价；供水价格；供水销售价格",
    "电价；电费标准",
    "预约挂号；挂号；看病预约；门诊预约",
    "疫苗接种；打疫苗；打预防针；预防接种",
    "病历复印；病案复印；复印病历",
    "出诊；坐诊",
    "医疗保障；医疗保险；医保",
    "社会保险；社保",
    "养老机构；养老院；敬老院；养老中心；养老服务",
    "老年；老人；敬老",
    "失业登记；失业金；失业保险金",
    "招聘；应聘；招工",
    "不动产；房产；房屋产权",
    "不动产登记；房产证；房本；不动产证",
    "公租房；公共租赁住房；廉租房",
    "学区；学区房；学区划分；招生范围",
    "入学报名；上学报名；上小学报名；小学报名；入学",
    "学校；中小学",
    "教师；老师",
    "食堂；营养餐",
    "婚姻登记；结婚登记；离婚登记；领证；离婚",
    "最低生活保障；低保",
    "殡仪馆；火葬场",
    "血液中心；献血；采供血",
    "法律援助；打官司",
    "公交；公交车；公共汽车；公共交通",
    "老年公交卡；老年卡；敬老卡",
    "地铁；轨道交通；轻轨",
    "机场；飞机场",
    "列车；火车；高铁",
    "火车票；列车时刻；车票",
    "联通；联合网络通信",
    "就业；找工作；求职",
    "船票；坐船；客船；轮渡",
    "交通违法；违章",
    "机动车检验；验车；年检；车检",
    "车辆管理所；车管所",
    "线路变更；改线；线路调整",
    "遗失物品；丢东西；失物招领",
    "快递；邮件；包裹",
    "宽带；上网",
    "空气质量；空气污染；雾霾",
    "收费标准；价格；多少钱；收费",
    "投诉；举报",
    "开放时间；几点开门；开门时间；营业时间",
    "起止日期；起止时间；供暖时间；采暖期",
    "疾病预防控制中心；疾控中心；疾控",
    "社会保险事业服务中心；社保中心；社保局",
    "行政服务中心；政务服务中心；政务大厅；办事大厅",
]


def create(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("snippets", "SearchWords")
    for words in GROUPS:
        model.objects.get_or_create(words=words)


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("snippets", "SearchWords").objects.filter(words__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [("snippets", "0050_words_of_who_searches")]

    operations = [migrations.RunPython(create, remove)]
