"""One delivery: what was sent, and how each attempt went; send it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from .service import replay
from .views import WebhooksMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ledger.models import WebhookDelivery


class DeliveryView(WebhooksMixin, TemplateView):
    """The delivery, and its button."""

    template_name = "webhooks/delivery.html"

    @cached_property
    def delivery(self) -> WebhookDelivery:
        """Return the delivery of this webhook."""
        found: WebhookDelivery = get_object_or_404(self.webhook.deliveries, pk=self.kwargs["delivery"])
        return found

    def get_page_title(self) -> str:
        """Title the screen with its kind."""
        return str(self.delivery)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it again."""
        try:
            replay(delivery=self.delivery, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("已排入重发，几秒后看结果。"))
        return redirect("webhooks:delivery", self.webhook.pk, self.delivery.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the body as it can be read, and the attempts, the latest first."""
        body = json.dumps(json.loads(self.delivery.body), ensure_ascii=False, indent=2)
        log = self.delivery.log.order_by("-pk")
        own = {"webhook": self.webhook, "delivery": self.delivery, "body": body, "attempts": log}
        return super().get_context_data(**{**kwargs, **own})

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the webhook."""
        items = super().get_breadcrumbs_items()
        above = {"url": reverse("webhooks:webhook", args=[self.webhook.pk]), "label": self.webhook.name}
        return [*items[:-1], above, items[-1]]
