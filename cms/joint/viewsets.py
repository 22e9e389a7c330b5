"""The sources in the admin: kept by the portal's administrators, each change confirmed by a second person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from .blocks import moment
from .models import OutsideSource
from .standing import trouble_of

PER_PAGE = 30


class SourceIndexView(IndexView):
    """The list; beside it stands the way to try an address."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the test, which writes nothing down."""
        buttons: list[Any] = super().header_more_buttons
        buttons.append(Button(_("接通测试"), url=reverse("joint:try"), icon_name="search"))
        return buttons


def standing(source: OutsideSource) -> str:
    """Say how a source stands, as far as anybody has asked it."""
    if not source.is_active:
        return _("停用")
    if source.source_kind is None:
        return _("插件没有安装")
    if not source.is_asked:
        return _("只给链接")
    trouble = trouble_of(source)
    if trouble is None:
        return _("没有发现问题")
    return _("自 %(since)s 起没有应答：%(why)s") % {"since": moment(trouble.since), "why": trouble.why}


class OutsideSourceViewSet(SnippetViewSet):
    """站外来源."""

    model = OutsideSource
    icon = "globe"
    menu_label = gettext_lazy("站外来源")
    add_to_settings_menu = True
    menu_order = 320
    index_view_class = SourceIndexView
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("kind", label=gettext_lazy("类别"), accessor=lambda source: source.get_kind_display()),
        Column("host", label=gettext_lazy("主机")),
        Column("standing", label=gettext_lazy("状态"), accessor=standing),
        BooleanColumn("is_active", label=gettext_lazy("启用")),
    ]
    list_per_page = PER_PAGE
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
                FieldPanel("code"),
                FieldRowPanel([FieldPanel("about"), FieldPanel("about_en")]),
            ],
            heading=gettext_lazy("是什么"),
        ),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("address"), FieldPanel("deadline")], heading=gettext_lazy("怎样问")
        ),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")]),
    ]

    def register_chooser_viewset(self) -> None:
        """Nothing refers to a source, so nothing chooses one."""
