"""Events, their seals, letters, and webhooks."""

from .event import Event, Result
from .letter import DIGEST, Letter, MailState
from .preference import Delivery, MailPreference
from .seal import Seal
from .webhook import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery, WebhookState

__all__ = [
    "DIGEST",
    "Delivery",
    "DeliveryState",
    "Event",
    "Letter",
    "MailPreference",
    "MailState",
    "Result",
    "Seal",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookState",
]
