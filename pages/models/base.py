"""What every page of ours is: well placed, approvable, published in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import Page, get_page_models

from accounts.approvable import ApprovableMixin
from ledger.changes import gathering
from rules.screening import Screening
from rules.slugs import slug_from_title
from snippets.screening import effort_of
from snippets.screening.panel import ScreeningPanel
from snippets.screening.titles import refuse_numbers_in

from ..chosen_files import OwnFilesForm
from ..drafts import read_back, references_once
from ..identity import source_of
from ..levels import may_stand_under, refusal
from ..permissions import NobodyPublishes
from ..presentation import frame, head, present
from ..screening import screened
from ..translation import TranslationMixin
from ..tree_lock import hold_the_tree

if TYPE_CHECKING:
    from collections.abc import Collection

    from .organisation import OrganisationPage

# Who will decide on a draft, by the room of the workflows.
ROUTE_AHEAD = "workflows/panels/route_ahead.html"

LINKED_BY_WAGTAIL = ("locale", "content_type", "latest_revision", "live_revision", "alias_of")


class BasePage(ApprovableMixin, TranslationMixin, Page):
    """The abstract parent of every page type."""

    # The page-specific part of the government page tags (国办发〔2017〕47号), see pages.government_tags.
    column_type = ""
    # Is there a feed of what is published within it?
    has_feed = False

    # The slug is made from the title's pinyin; a clerk never sees it.
    promote_panels: list[Any] = []
    show_in_menus_default = False
    base_form_class = OwnFilesForm
    # The roof writes the search row (see `cms.search.updating`).
    search_auto_update = False
    screening_panels: ClassVar[list[Any]] = [
        HelpPanel(template=ROUTE_AHEAD, heading=_("审核"), icon="tasks"),
        ScreeningPanel(heading=_("信息审查"), icon="warning"),
    ]
    content_panels = [*screening_panels, *Page.content_panels]

    # What its author said about findings (see `snippets.screening.answers`): a part of the version.
    screening_answers = models.JSONField(default=dict, blank=True, editable=False)

    exclude_fields_in_copy = ["screening_answers"]

    class Meta:
        abstract = True

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Return the lawful parents, from the table of levels."""
        if cls._clean_parent_page_models is None:
            cls._clean_parent_page_models = [model for model in get_page_models() if may_stand_under(cls, model)]
        return list(cls._clean_parent_page_models)

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Return the lawful children, from the table of levels."""
        if cls._clean_subpage_models is None:
            cls._clean_subpage_models = [model for model in get_page_models() if may_stand_under(model, cls)]
        return list(cls._clean_subpage_models)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check what people enter; what Wagtail itself links is not looked up again, a query each."""
        super().clean_fields({*(exclude or ()), *LINKED_BY_WAGTAIL})

    def clean(self) -> None:
        """Refuse numbers in a title, and an unlawful place, also from Python (`add_child` and `save` come through)."""
        super().clean()
        refuse_numbers_in(self.title)
        parent = self.get_parent() if self.path and self.depth > 1 else None
        if parent and (reason := refusal(type(self), parent.specific_class or Page)):
            raise ValidationError(reason)

    @transaction.atomic
    def add_child(self, **kwargs: Any) -> Any:
        """Add a page below, one writer of the tree at a time."""
        with gathering():
            hold_the_tree(self)
            return super().add_child(**kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, one writer of the tree at a time."""
        with gathering():
            hold_the_tree(self)
            return super().delete(*args, **kwargs)

    @transaction.atomic
    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        """Move, one writer of the tree at a time, unless the new place is unlawful."""
        hold_the_tree(self, target)
        parent = target if pos in {None, "first-child", "last-child", "sorted-child"} else target.get_parent()
        if reason := refusal(type(self), parent.specific_class or Page):
            raise ValidationError(reason)
        with gathering():
            super().move(target, pos=pos, user=user)

    def permissions_for_user(self, user: Any) -> NobodyPublishes:
        """Return what this person may do here."""
        return NobodyPublishes(user, self)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return a version as an object (see `pages.drafts`)."""
        return read_back(self, content, super().with_content_json)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page with its rows; what it refers to is read once."""
        if kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        with gathering(), references_once(self):
            return super().save(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish in one transaction on every path: a receiver that fails leaves nothing half-public."""
        with gathering():
            return super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take out of the public in one transaction, with whatever follows from it."""
        with gathering():
            return super().unpublish(*args, **kwargs)

    def _set_core_field_defaults(self) -> None:
        # Wagtail's own default gives "" for a Chinese title.
        unnamed = not self.slug  # type: ignore[has-type]
        if unnamed and (self.path or getattr(self, "_cached_parent_obj", None)):
            self.slug = self._get_autogenerated_slug(slug_from_title(self.title, taken=()))
        super()._set_core_field_defaults()

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find a page; below a translated one also what has no translation yet: it is served as it is and says so."""
        try:
            return self._pass(request, path_components) or super().route(request, path_components)
        except Http404:
            source = source_of(self)
            if source.pk == self.pk:
                raise
            return source.route(request, path_components)

    def _pass(self, request: Any, path_components: list[str]) -> Any:
        """Route through a child without loading all of it; None when the child itself is wanted."""
        child = self.get_children().filter(slug=path_components[0]).first() if len(path_components) > 1 else None
        if child is None or child.specific_class is None:
            return None
        found = child.specific_deferred.route(request, path_components[1:])
        return None if found[0] is child.specific_deferred else found

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what every page shows, and what its type shows (see `pages.presentation`)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        around = frame(self, request)
        return {**context, **around, **head(self, request, around["breadcrumbs"]), **present(self, request)}

    @cached_property
    def organisation(self) -> OrganisationPage | None:
        """Return the organisation this page belongs to: itself, or its nearest ancestor that is one."""
        from .organisation import OrganisationPage  # noqa: PLC0415 (a page and its organisation know each other)

        above = OrganisationPage.objects.ancestor_of(self, inclusive=True).select_related("industry__parent")
        return above.order_by("-depth").first()

    @property
    def responsible_organisation(self) -> Page | None:
        """Return the organisation as its source-language page: it answers for this page."""
        return source_of(self.organisation) if self.organisation else None

    def screen(self) -> Screening:
        """Return what the automatic check finds in this page, with what its author said about it."""
        return screened(self)

    @property
    def screening_effort(self) -> int:
        """Return how many characters there are to read."""
        return effort_of(self)

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self.template_names()

    @classmethod
    def template_names(cls) -> list[str]:
        """Return the class's own template, then those of the classes it stands on (Wagtail does not inherit it)."""
        models = [model for model in cls.__mro__ if issubclass(model, BasePage) and not model._meta.abstract]
        return [f"{model._meta.app_label}/{_snake(model.__name__)}.html" for model in models]


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
