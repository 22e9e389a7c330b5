"""Deleting an image or a document: what is in use stays, with a sentence that leads to where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from wagtail.documents.views.documents import DeleteView as DeleteDocument
from wagtail.images.views.images import DeleteView as DeleteImage

from .privacy import is_used

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class UnusedOnlyMixin:
    """Wagtail would say that a permission is missing."""

    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say why it stays to whoever may change it; of others' it says nothing."""
        stock: Any = super()
        if stock.user_has_permission("change") and is_used(self.object):
            messages.error(
                request,
                _("“%(title)s”正在使用中，不能删除；请先在使用它的内容中移除。") % {"title": self.object.title},
            )
            return HttpResponseRedirect(self.object.usage_url)
        response: HttpResponseBase = stock.dispatch(request, *args, **kwargs)
        return response


class DeleteUnusedImage(UnusedOnlyMixin, DeleteImage):
    """An image."""


class DeleteUnusedDocument(UnusedOnlyMixin, DeleteDocument):
    """A document."""
