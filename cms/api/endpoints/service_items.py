"""Service items: what the public can get done online, and what one needs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from blocks.links import absolute_url
from pages.models import OrganisationPage, ServiceOutlet
from snippets.health import LABELS
from snippets.inputs import FORMATS
from snippets.models import LifeEventItem, ServiceItem
from snippets.templates_hook import service_class_choices
from snippets.withdrawing import readable_item

from ..conditions import branch_ids, industry_ids, life_event_ids, organisation_ids
from ..filters import (
    ReadFilter,
    ReadFilterSet,
    beginning_with,
    box_filter,
    choice_filter,
    code_filter,
    since,
    until,
    within,
)
from ..serializers import Address, IndustryRef, OrganisationRef, ReadSerializer, Shape, companions
from ..values import Day, DivisionCode, ListOf, Moment
from ..views import ReadViewSet
from ..withdrawn import RowWithdrawal, WithdrawableRows

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.withdrawable import Withdrawn


class Filters(ReadFilterSet):
    """Who provides what, for which industry."""

    industry = code_filter(_("行业代码；一级行业包括其全部二级行业"), method="by_industry")
    branch = code_filter(_("二级行业代码"), method="by_branch")
    provider = code_filter(_("提供单位的机构代码"), method="by_provider")
    division = ReadFilter(ListOf(DivisionCode()), about=_("提供单位行政区划代码的开头"), method="by_division")
    bbox = box_filter(_("提供单位或它的服务网点在方框内：西,南,东,北（WGS-84 经纬度），例如 121.3,38.8,121.8,39.1"))
    code = code_filter(_("服务编码"))
    life_event = code_filter(_("人生事件代码"), method="by_life_event")
    checked_after = since(Day, _("链接核验日期不早于"), "health__confirmed_on")
    checked_before = until(Day, _("链接核验日期早于"), "health__confirmed_on")
    updated_after = since(Moment, _("最近发布不早于"), "last_published_at")
    updated_before = until(Moment, _("最近发布早于"), "last_published_at")

    def by_industry(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the items of industries."""
        return queryset.filter(industry__in=industry_ids(name, codes))

    def by_branch(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the items of branches."""
        return queryset.filter(industry__in=branch_ids(name, codes))

    def by_provider(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the items of providers."""
        return queryset.filter(provider__in=organisation_ids(name, codes))

    def by_life_event(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the items that belong to life events, in whatever language."""
        grouped = LifeEventItem.objects.filter(event__in=life_event_ids(name, codes))
        return queryset.filter(translation_key__in=grouped.values("item__translation_key"))

    def by_box(self, queryset: QuerySet, name: str, box: tuple[Any, ...]) -> QuerySet:
        """Keep the items of providers that stand in a box, or have a counter there."""
        places = OrganisationPage.objects.filter(**within(box)).order_by().values("pk")
        counters = ServiceOutlet.objects.filter(**within(box)).order_by().values("page")
        return queryset.filter(Q(provider__in=places) | Q(provider__in=counters))

    def by_division(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the items of providers in divisions."""
        places = OrganisationPage.objects.filter(beginning_with("division_code", codes))
        return queryset.filter(provider__in=places.order_by().values("pk"))


# Made by calls: `class` is what integrators know it as, and a word of Python.
ServiceItemFilters = type(
    "ServiceItemFilters",
    (Filters,),
    {"class": choice_filter(_("服务类别"), service_class_choices, "service_class")},
)


class Input(Shape):
    """One thing that is asked of the public where a service is done on this site."""

    name = serializers.CharField(help_text=_("代号，向提供单位的接口这样称呼它。"))
    label: Any = serializers.CharField(help_text=_("名称。"))
    format = serializers.ChoiceField(choices=list(FORMATS), help_text=_("格式。"))
    shortest = serializers.IntegerField(allow_null=True, help_text=_("最少几个字符。"))
    longest = serializers.IntegerField(allow_null=True, help_text=_("最多几个字符。"))
    help = serializers.CharField(help_text=_("填写说明。"))
    personal = serializers.BooleanField(help_text=_("是不是个人信息。"))


class LifeEventRef(Shape):
    """A life event."""

    code = serializers.CharField()
    title = serializers.CharField(source="display_title")


class RunningShape(Shape):
    """How the online side runs now."""

    state = serializers.ChoiceField(choices=list(LABELS), help_text=_("down、maintenance 时请引导到电话和现场。"))
    label = serializers.CharField()  # type: ignore[assignment]
    since = serializers.DateTimeField(allow_null=True, help_text=_("这一状态自何时起。"))
    until = serializers.DateTimeField(allow_null=True, help_text=_("维护预计何时结束。"))
    notice = serializers.CharField(help_text=_("给公众的一句话；正常时为空。"))


class LastChecked(serializers.DateField):
    """The day the public is told of the last check."""

    def get_attribute(self, row: Any) -> Any:
        """Ask the companions: it hangs on the source-language item."""
        return companions(self).running_of(row).confirmed_on


class Serializer(ReadSerializer):
    """A service item."""

    locale = serializers.CharField(source="locale.language_code")
    html_url = Address(lambda row, context: context["companions"].guide_address(row, context), allow_null=True)
    industry = IndustryRef()
    withdrawal = RowWithdrawal(allow_null=True, help_text=_("撤下并保留原文的说明；公开中的为 null。"))
    provider = OrganisationRef(
        given_by="organisation_of", allow_null=True, help_text=_("为空表示由本行业多家单位分别提供。")
    )
    class_label = serializers.CharField(source="get_service_class_display")
    connector = serializers.CharField(help_text=_("办理方式：link 为链接到提供单位的网站，其余在本站办理。"))
    do_url = Address(
        lambda row, context: (
            absolute_url(reverse("service_do", args=[row.code]), context) if row.is_done_here else None
        ),
        allow_null=True,
        help_text=_("在本站办理的页面；链接到提供单位网站的为 null。"),
    )
    inputs = Input(source="declared_inputs", many=True, help_text=_("在本站办理时要填的各项。"))
    link = serializers.CharField(help_text=_("办理链接。"))
    health = RunningShape(given_by="running_of", help_text=_("网上办理现在通不通，由系统核验或由单位登记维护。"))
    last_checked = LastChecked(allow_null=True, help_text=_("链接核验日期；状态没有变化时每周更新一次。"))
    life_events = LifeEventRef(given_by="life_events_of", many=True, help_text=_("属于哪些人生事件。"))
    personal_input = serializers.ListField(child=serializers.CharField(), source="input_list")
    materials = serializers.ListField(child=serializers.CharField(), source="material_list")
    steps = serializers.ListField(child=serializers.CharField(), source="step_list")


ServiceItemSerializer = type(
    "ServiceItemSerializer", (Serializer,), {"class": serializers.CharField(source="service_class")}
)


class ServiceItemsAPIViewSet(WithdrawableRows, ReadViewSet):
    """The service items."""

    endpoint = "service-items"
    about = _("在线服务项目：公众录入个人信息、由系统答复或办理的项目。个人信息在提供单位的网站上填写，本站不收集。")
    model = ServiceItem
    base_serializer_class = ServiceItemSerializer
    filterset_class = ServiceItemFilters
    body_fields: ClassVar[list[str]] = [
        "id",
        "code",
        "title",
        "class",
        "class_label",
        "industry",
        "provider",
        "withdrawal",
        "connector",
        "do_url",
        "inputs",
        "link",
        "personal_input",
        "output",
        "fee",
        "hours",
        "time_limit",
        "materials",
        "steps",
        "help_text",
        "place",
        "phone",
        "last_checked",
        "health",
        "life_events",
    ]
    meta_fields: ClassVar[list[str]] = [
        "type",
        "detail_url",
        "html_url",
        "locale",
        "first_published_at",
        "last_published_at",
    ]
    expandable: ClassVar[tuple[str, ...]] = (
        "provider",
        "provider.superior",
        "provider.industry",
        "industry",
        "industry.parent",
    )
    orderings: ClassVar[dict[str, str]] = {
        **ReadViewSet.orderings,
        "code": "code",
        "industry": "industry__order",
        "last_checked": "health__confirmed_on",
        "last_published_at": "last_published_at",
    }
    default_order: ClassVar[tuple[str, ...]] = ("industry", "code")
    joined: ClassVar[tuple[str, ...]] = ("locale", "industry__parent", "provider")
    path_field = "provider__path"

    def get_queryset(self) -> QuerySet:
        """Return the items that were approved."""
        return ServiceItem.objects.filter(live=True)

    def withdrawn_subject(self, pk: int) -> Any:
        """Return an item that was public once."""
        return ServiceItem.objects.filter(pk=pk, live=False).first()

    def under_notice(self, row: Withdrawn) -> Any:
        """Return the item, with nowhere to get it done."""
        return readable_item(row)

    def place_of(self, row: Any) -> str | None:
        """Return the path of the provider."""
        return row.provider.path if row.provider else None
