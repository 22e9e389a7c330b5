"""The sites: what stands in the masthead and the foot of every page, and on what terms the content may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from wagtail.models import Site

from blocks.links import absolute_url
from cms.delivery.exports.terms import attribution, licence
from cms.delivery.languages import LABELS, PREFIX
from cms.delivery.traditional import SCRIPT_PREFIX
from snippets.models import PortalSettings

from ..backends import LocaleBackend, OrderBackend
from ..filters import FilterBackend, ReadFilterSet
from ..serializers import Address, PageRef, ReadSerializer, Shape, list_address
from ..views import ReadViewSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

# Where each language is served.
PREFIXES = {"zh-Hans": "", "zh-Hant": SCRIPT_PREFIX, "en": PREFIX}


class SiteFilters(ReadFilterSet):
    """Which of them."""


class EmblemShape(Shape):
    """The mark beside the name."""

    text = serializers.CharField(source="seal_text", help_text=_("印文，四个字。"))
    icon_url = Address(lambda row, context: absolute_url(static("favicon.svg"), context))


class ContactShape(Shape):
    """How to reach whoever runs the site."""

    phone = serializers.CharField(source="contact_phone", allow_blank=True)
    hours = serializers.CharField(source="contact_hours", allow_blank=True)


class LicenceShape(Shape):
    """On what terms the content may be used."""

    text = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    attribution = serializers.SerializerMethodField(help_text=_("怎样注明来源。"))

    def get_text(self, row: Any) -> str:
        """Say the terms."""
        return licence()

    def get_url(self, row: Any) -> str:
        """Say where they stand; empty where they have no address."""
        return str(settings.EXPORT_LICENCE_URL)

    def get_attribution(self, row: Any) -> str:
        """Say how the source is named."""
        return attribution()


class LanguageShape(Shape):
    """A language the site is read in."""

    code = serializers.CharField()
    title = serializers.CharField()
    home_url = serializers.URLField()


class SiteLinks(Shape):
    """Where to read on."""

    menus = Address(lambda row, context: list_address(context, "menus"))
    redirects = Address(lambda row, context: list_address(context, "redirects"))
    changes = Address(lambda row, context: absolute_url(reverse("api_changes"), context))
    openapi = Address(lambda row, context: absolute_url(reverse("api_schema"), context))
    sitemap = Address(lambda row, context: absolute_url(reverse("sitemap"), context))


def _languages_of(context: Any) -> list[dict[str, str]]:
    origin = context["request"]._request
    root = f"{origin.scheme}://{origin.get_host()}"
    return [{"code": code, "title": LABELS[code], "home_url": f"{root}{prefix}/"} for code, prefix in PREFIXES.items()]


class SiteSerializer(ReadSerializer):
    """A site. `frame` is its row of settings, the defaults where nobody has saved any."""

    html_url = Address(lambda row, context: f"{row.root_url}/")
    title = serializers.CharField(source="frame.site_name", help_text=_("网站名称。"))
    title_en = serializers.CharField(source="frame.site_name_en")
    subtitle = serializers.CharField(source="frame.site_subtitle", allow_blank=True)
    subtitle_en = serializers.CharField(source="frame.site_subtitle_en", allow_blank=True)
    is_default = serializers.BooleanField(source="is_default_site")
    is_sample = serializers.BooleanField(source="frame.is_sample", help_text=_("示例网站：内容为演示而编写。"))
    emblem = EmblemShape(source="frame")
    host = serializers.CharField(source="frame.host_name", allow_blank=True, help_text=_("主办单位。"))
    operator = serializers.CharField(source="frame.operator_name", allow_blank=True, help_text=_("承办单位。"))
    contact = ContactShape(source="frame")
    site_code = serializers.CharField(source="frame.site_code", allow_blank=True, help_text=_("网站标识码。"))
    icp_number = serializers.CharField(source="frame.icp_number", allow_blank=True, help_text=_("ICP 备案号。"))
    police_number = serializers.CharField(source="frame.police_number", allow_blank=True, help_text=_("公安备案号。"))
    licence = LicenceShape(source="*")
    languages = LanguageShape(many=True)
    home = PageRef(allow_null=True, help_text=_("首页。"))
    links = SiteLinks(source="*")


class SitesAPIViewSet(ReadViewSet):
    """The sites; a city has one."""

    endpoint = "sites"
    named = _("网站")
    about = _("网站：名称、主办单位、联系方式、页脚标识、语言、使用条件。在别处重建网站时用。")
    model = Site
    base_serializer_class = SiteSerializer
    filterset_class = SiteFilters
    filter_backends: ClassVar[list] = [LocaleBackend, FilterBackend, OrderBackend]
    body_fields: ClassVar[list[str]] = [
        "id",
        "title",
        "title_en",
        "subtitle",
        "subtitle_en",
        "is_default",
        "is_sample",
        "emblem",
        "host",
        "operator",
        "contact",
        "site_code",
        "icp_number",
        "police_number",
        "licence",
        "languages",
        "home",
        "links",
    ]
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "html_url"]
    orderings: ClassVar[dict[str, str]] = {"id": "pk"}

    def get_queryset(self) -> QuerySet:
        """Return all: none is a secret."""
        return Site.objects.all()

    def place_of(self, row: Site) -> None:
        """Return none: a site stands nowhere in the tree."""
        return

    def _shown(self, rows: Sequence[Any], default: set[str]) -> Any:
        """Put the settings and the front page on the rows: two queries for all of them."""
        saved = {each.site_id: each for each in PortalSettings.objects.filter(site__in=rows)}
        homes = {page.pk: page for page in self.public.pages().filter(pk__in=[row.root_page_id for row in rows])}
        for row in rows:
            row.frame = saved.get(row.pk) or PortalSettings(site=row)
            row.home = homes.get(row.root_page_id)
            row.languages = _languages_of(self.get_serializer_context())
        return super()._shown(rows, default)
