"""The reference data of the network, and the service items. Import models from here."""

from .catalogue import CatalogueEntry
from .industry import Industry
from .portal import PortalSettings
from .service_item import ServiceItem

__all__ = ["CatalogueEntry", "Industry", "PortalSettings", "ServiceItem"]
