"""The service map: what it is drawn on, and who may show it."""

from __future__ import annotations

from .env import MAP_ATTRIBUTION as MAP_ATTRIBUTION
from .env import MAP_DATUM as MAP_DATUM
from .env import MAP_EMBED_ANCESTORS as MAP_EMBED_ANCESTORS
from .env import MAP_MAX_ZOOM as MAP_MAX_ZOOM
from .env import MAP_REVIEW_NUMBER as MAP_REVIEW_NUMBER
from .env import MAP_TILES as MAP_TILES
from .env import MAP_TILES_SUBDOMAINS as MAP_TILES_SUBDOMAINS
from .env import ROUTE_ENGINE as ROUTE_ENGINE
from .env import ROUTE_ENGINE_KEY as ROUTE_ENGINE_KEY
from .env import ROUTE_ENGINE_URL as ROUTE_ENGINE_URL
from .env import ROUTE_LINK_DATUM as ROUTE_LINK_DATUM
from .env import ROUTE_LINK_URL as ROUTE_LINK_URL
