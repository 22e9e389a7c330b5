"""The reference data of the network, and the service items. Import models from here."""

from .calendar_day import CalendarDay
from .catalogue import CatalogueEntry
from .industry import Industry
from .item_health import HealthState, ItemHealth, Maintenance, MaintenanceReason
from .item_withdrawal import ItemWithdrawal
from .life_event import LifeEvent, LifeEventItem
from .portal import PortalSettings
from .search_words import SearchWords
from .sensitive_word import SensitiveWord
from .service_item import ServiceItem

__all__ = [
    "CalendarDay",
    "CatalogueEntry",
    "HealthState",
    "Industry",
    "ItemHealth",
    "ItemWithdrawal",
    "LifeEvent",
    "LifeEventItem",
    "Maintenance",
    "MaintenanceReason",
    "PortalSettings",
    "SearchWords",
    "SensitiveWord",
    "ServiceItem",
]
