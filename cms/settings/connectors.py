"""Services done on this site: how long providers may take, how often somebody may ask, how long payments are kept."""

from __future__ import annotations

from .env import CONNECTOR_ASKS_PER_CLIENT as CONNECTOR_ASKS_PER_CLIENT
from .env import CONNECTOR_SECONDS as CONNECTOR_SECONDS
from .env import PAYMENT_DAYS as PAYMENT_DAYS
from .env import SANDBOX_URL as SANDBOX_URL
