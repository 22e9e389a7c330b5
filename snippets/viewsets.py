"""The snippets in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, LiveStatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet, SnippetViewSetGroup

from accounts.snippet_views import ChoosingViewSet, OwnedSnippetViewSet

from .forms import ServiceItemForm
from .listing import with_states, with_translations
from .models import CatalogueEntry, Industry, LifeEvent, SearchWords, SensitiveWord, ServiceItem
from .screening.panel import ScreeningPanel

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_WORDS = 255
# Who will decide, by the room of the workflows.
ROUTE_AHEAD = "workflows/panels/route_ahead.html"


class ServiceItemViewSet(OwnedSnippetViewSet):
    """在线服务项目: each organisation sees its own and those below."""

    model = ServiceItem
    icon = "link-external"
    menu_label = _("在线服务")
    add_to_admin_menu = False
    list_display: ClassVar[list[Any]] = [
        "title",
        "service_class",
        "industry",
        "provider",
        LiveStatusTagColumn(label=_("状态")),
    ]
    list_filter: ClassVar[list[str]] = ["service_class", "industry", "live"]
    list_per_page = 50
    inspect_view_enabled = True

    def get_queryset(self, request: HttpRequest) -> Any:
        """Ask once for what every row shows."""
        items = super().get_queryset(request).select_related("industry", "provider")
        return with_translations(with_states(items))

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(template=ROUTE_AHEAD, heading=_("审核"), icon="tasks"),
                    ScreeningPanel(heading=_("信息审查"), icon="warning"),
                    MultiFieldPanel(
                        [
                            FieldPanel("title"),
                            FieldRowPanel([FieldPanel("service_class"), FieldPanel("industry")]),
                            FieldPanel("provider"),
                            FieldPanel("code"),
                        ],
                        heading=_("是什么"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("connector"),
                            FieldPanel("link"),
                            FieldPanel("inputs"),
                            FieldPanel("personal_input"),
                            FieldPanel("output"),
                        ],
                        heading=_("在线办理"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("fee"), FieldPanel("time_limit"), FieldPanel("hours")]),
                            FieldPanel("materials"),
                            FieldPanel("steps"),
                            FieldPanel("help_text"),
                        ],
                        heading=_("怎么办"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("phone"), FieldPanel("place")],
                        heading=_("不便上网时"),
                    ),
                ],
                heading=_("内容"),
            )
        ],
        base_form_class=ServiceItemForm,
    )


class IndustryViewSet(SnippetViewSet):
    """行业: two levels; the catalogue of a branch is assigned here."""

    model = Industry
    chooser_viewset_class = ChoosingViewSet
    icon = "list-ul"
    menu_label = _("行业")
    list_display: ClassVar[list[Any]] = [
        "title",
        "code",
        "parent",
        "catalogue",
        BooleanColumn("is_statutory", label=_("法定行业")),
    ]
    list_filter: ClassVar[list[str]] = ["parent", "catalogue", "is_statutory"]
    list_per_page = 100
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("parent"), FieldPanel("catalogue")]),
        FieldRowPanel([FieldPanel("door"), FieldPanel("summary"), FieldPanel("summary_en")]),
        FieldRowPanel([FieldPanel("is_statutory"), FieldPanel("classification"), FieldPanel("order")]),
        FieldPanel("rule"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Ask once for the sectors that every row shows."""
        return Industry.objects.select_related("parent")


class CatalogueEntryViewSet(SnippetViewSet):
    """公开目录事项."""

    model = CatalogueEntry
    chooser_viewset_class = ChoosingViewSet
    icon = "clipboard-list"
    menu_label = _("公开目录")
    list_display: ClassVar[list[Any]] = [
        "code",
        "title",
        "catalogue",
        "group_title",
        "content_kind",
        "approval_tiers",
        BooleanColumn("is_mandatory", label=_("应当公开")),
        BooleanColumn("is_routine", label=_("例行")),
    ]
    list_filter: ClassVar[list[str]] = [
        "catalogue",
        "content_kind",
        "approval_tiers",
        "is_mandatory",
        "is_routine",
        "cycle",
    ]
    list_per_page = 100
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("catalogue"), FieldPanel("code"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("group_code"), FieldPanel("group_title"), FieldPanel("group_title_en")]),
        FieldRowPanel([FieldPanel("content_kind"), FieldPanel("is_mandatory"), FieldPanel("approval_tiers")]),
        FieldPanel("is_routine"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("cycle"), FieldPanel("cycle_amount"), FieldPanel("cycle_unit")]),
                FieldRowPanel([FieldPanel("due_month"), FieldPanel("due_day")]),
            ],
            heading=_("更新时限"),
        ),
        FieldPanel("legal_basis"),
        FieldRowPanel([FieldPanel("publicity"), FieldPanel("retention"), FieldPanel("needs_privacy_check")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to"), FieldPanel("government_class")]),
    ]


class WordIndexView(IndexView):
    """The list of words; the whole of it goes out and comes in as a spreadsheet."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add both ways to those who keep the list."""
        buttons: list[Any] = super().header_more_buttons
        if self.user_has_permission("change"):
            buttons.append(Button(_("导出 XLSX"), url=reverse("words:sheet"), icon_name="download"))
            buttons.append(Button(_("从 XLSX 导入"), url=reverse("words:import"), icon_name="upload"))
        return buttons


class SensitiveWordViewSet(SnippetViewSet):
    """敏感词: read by the screening; exported and imported as a spreadsheet."""

    model = SensitiveWord
    chooser_viewset_class = ChoosingViewSet
    icon = "warning"
    menu_label = _("敏感词")
    list_display: ClassVar[list[Any]] = [
        "word",
        "severity",
        "category",
        "replacement",
        BooleanColumn("is_active", label=_("启用")),
    ]
    list_filter: ClassVar[list[str]] = ["severity", "category", "is_active"]
    index_view_class = WordIndexView
    list_per_page = 100
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("word"), FieldPanel("replacement")]),
        FieldRowPanel([FieldPanel("severity"), FieldPanel("category"), FieldPanel("is_active")]),
        FieldPanel("note"),
    ]


class WordsCreateView(CreateView):
    """Begins with the words that were searched for in vain."""

    def get_initial(self) -> dict[str, Any]:
        """Take them from the address."""
        return {**super().get_initial(), "words": self.request.GET.get("words", "")[:LONGEST_WORDS]}


class SearchWordsViewSet(SnippetViewSet):
    """检索用词: what the public calls the same thing."""

    model = SearchWords
    add_view_class = WordsCreateView
    chooser_viewset_class = ChoosingViewSet
    icon = "search"
    menu_label = _("检索用词")
    list_display: ClassVar[list[Any]] = ["words", "note", BooleanColumn("is_active", label=_("启用"))]
    list_filter: ClassVar[list[str]] = ["is_active"]
    list_per_page = 100
    panels: ClassVar[list[Any]] = [FieldPanel("words"), FieldPanel("note"), FieldPanel("is_active")]


class LifeEventViewSet(SnippetViewSet):
    """人生事件: in what order the service hall shows them, and what each of them needs."""

    model = LifeEvent
    chooser_viewset_class = ChoosingViewSet
    icon = "calendar-alt"
    menu_label = _("人生事件")
    list_display: ClassVar[list[Any]] = ["title", "summary", "order"]
    list_per_page = 100
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en"), FieldPanel("code"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("summary"), FieldPanel("summary_en")]),
        InlinePanel("event_items", [FieldPanel("item")], heading=_("要办的服务"), label=_("服务")),
    ]


class CatalogueGroup(SnippetViewSetGroup):
    """The reference data in one menu entry."""

    menu_label = _("目录与服务")
    menu_icon = "clipboard-list"
    menu_order = 250
    items = (
        ServiceItemViewSet,
        LifeEventViewSet,
        CatalogueEntryViewSet,
        IndustryViewSet,
        SensitiveWordViewSet,
        SearchWordsViewSet,
    )
