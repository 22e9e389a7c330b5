"""`/api/v2/alerts/`: the banners of this moment, for other sites to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from rest_framework.response import Response

from blocks.links import absolute_url
from cms.api.backends import LocaleBackend, read_value
from cms.api.parameters import Parameter, read_query
from cms.api.urls import NAMESPACE
from cms.api.views import Anonymous
from pages import alerts
from pages.models import AlertScope, RosterEntry
from pages.presentation import Reader
from pages.presentation.rows import name

from .schema import AlertsSchema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    from pages.models import NoticePage


class Alerts(Anonymous):
    """Answers all banners, gravest first. Four queries, whatever their number."""

    is_described = True
    schema = AlertsSchema()
    locale = LocaleBackend.value

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Return the parameters."""
        return [Parameter("locale", LocaleBackend.about, cls.locale.schema | {"default": settings.LANGUAGE_CODE})]

    def get(self, request: Request) -> Response:
        """List what runs."""
        self.asked = read_query(request.META.get("QUERY_STRING", ""), ["locale"])
        reader = Reader(request._request)
        reader.language = read_value(self, "locale", self.locale) or settings.LANGUAGE_CODE
        reader.reads_source = reader.language == settings.LANGUAGE_CODE
        found = alerts.running(timezone.now())
        ends = [notice.ends_at for notice in found if notice.ends_at]
        meta = {"total_count": len(found), "changes_at": _moment(min(ends, default=None))}
        return Response({"meta": meta, "items": self._items(found, reader)})

    def _items(self, notices: Sequence[NoticePage], reader: Reader) -> list[dict[str, Any]]:
        writers = {notice.pk: notice.record.organisation for notice in notices}
        keys = [writer.pk for writer in writers.values()]
        codes = dict(RosterEntry.objects.filter(organisation__in=keys).values_list("organisation", "code"))
        shown = reader.translated([*notices, *writers.values()])
        reaches = alerts.reaches(notices)
        return [
            self._item(notice, reader, shown, codes.get(writers[notice.pk].pk), reaches[notice.pk])
            for notice in notices
        ]

    def _item(self, notice: Any, reader: Reader, shown: Any, code: str | None, reach: alerts.Reach) -> dict[str, Any]:
        page, writer = shown[notice.pk], notice.record.organisation
        publisher = shown[writer.pk]
        detail = reverse(f"{NAMESPACE}:notices:detail", args=[page.pk])
        return {
            "id": page.pk,
            "title": page.title,
            "locale": settings.LANGUAGE_CODE if page.pk == notice.pk else reader.language,
            "severity": notice.alert_severity,
            "severity_label": notice.get_alert_severity_display(),
            "starts_at": _moment(notice.starts_at),
            "ends_at": _moment(notice.ends_at),
            "area": notice.area,
            "contact": notice.contact_phone,
            "publisher": {"code": code, "title": name(publisher), "html_url": self._absolute(publisher)},
            "scope": _scope(notice, writer, code, reach),
            "html_url": self._absolute(page),
            "detail_url": absolute_url(detail, {"request": self.request}),
        }

    def _absolute(self, page: Any) -> str:
        return str(absolute_url(page.get_url(self.request._request) or "/", {"request": self.request}))


def _scope(notice: Any, writer: Any, code: str | None, reach: alerts.Reach) -> dict[str, Any]:
    kind = notice.alert_scope
    return {
        "kind": kind,
        "divisions": [each.division_code for each in reach.branches if kind == AlertScope.DISTRICT],
        "industry": writer.industry.code if kind == AlertScope.INDUSTRY and writer.industry else None,
        "organisation": code if kind == AlertScope.ORGANISATION else None,
    }


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
