"""Deleting an image or a document: what is in use stays, with a sentence that leads to where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from wagtail.documents.views.documents import DeleteView as DeleteDocument
from wagtail.documents.views.multiple import DeleteView as DeleteDocumentOfSeveral
from wagtail.images.views.images import DeleteView as DeleteImage
from wagtail.images.views.multiple import DeleteView as DeleteImageOfSeveral

from .usage import in_use, is_used

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


class UnusedOnlyMixin:
    """Wagtail would say that a permission is missing."""

    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say why it stays to whoever may change it; of others' it says nothing."""
        stock: Any = super()
        if stock.user_has_permission("change") and is_used(self.object):
            messages.error(request, in_use(self.object))
            return HttpResponseRedirect(self.object.usage_url)
        response: HttpResponseBase = stock.dispatch(request, *args, **kwargs)
        return response


class DeleteUnusedImage(UnusedOnlyMixin, DeleteImage):
    """An image."""


class DeleteUnusedDocument(UnusedOnlyMixin, DeleteDocument):
    """A document."""


class UnusedOfSeveralMixin:
    """The page that uploads several asks for an answer in JSON."""

    model: Any
    permission_policy: Any
    pk_url_kwarg: str
    context_object_id_name: str

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say why it stays to whoever may change it."""
        stock: Any = super()
        # The policy is looked up by the model.
        self.model = stock.get_model()
        file = get_object_or_404(self.model, pk=kwargs[self.pk_url_kwarg])
        if self.permission_policy.user_has_permission_for_instance(request.user, "change", file) and is_used(file):
            refused = {"success": False, self.context_object_id_name: file.pk, "error_message": in_use(file)}
            return JsonResponse(refused, status=409)
        response: HttpResponse = stock.post(request, *args, **kwargs)
        return response


class DeleteUnusedImageOfSeveral(UnusedOfSeveralMixin, DeleteImageOfSeveral):
    """One of the images uploaded together."""


class DeleteUnusedDocumentOfSeveral(UnusedOfSeveralMixin, DeleteDocumentOfSeveral):
    """One of the documents uploaded together."""


def refuse_privacy(request: HttpRequest, collection_id: int) -> HttpResponse:
    """Let nobody hide or show all files of the city at once; what is public follows from the pages that use them."""
    raise PermissionDenied
