"""The kinds of things that other systems write, and where each is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.models import DisclosurePage, NoticePage
from snippets.models import ServiceItem

from .fields import ITEM_FIELDS, NOTICE_FIELDS, RECORD_FIELDS, Field


@dataclass(frozen=True)
class Kind:
    """One kind: its name in addresses, its model, its fields."""

    name: str
    model: Any
    fields: tuple[Field, ...]
    label: Any

    @property
    def is_page(self) -> bool:
        """Does it stand in the tree?"""
        return issubclass(self.model, Page)

    def form_class(self) -> Any:
        """Return the form of the editor in the admin."""
        return self.model.get_edit_handler().get_form_class()

    def field_named(self, form_name: str) -> str:
        """Return what a field of the form is called here."""
        return next((each.name for each in self.fields if each.form_name == form_name), form_name)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("disclosures", DisclosurePage, RECORD_FIELDS, _("公开信息")),
        Kind("notices", NoticePage, NOTICE_FIELDS, _("公示公告")),
        Kind("service-items", ServiceItem, ITEM_FIELDS, _("在线服务项目")),
    )
}
