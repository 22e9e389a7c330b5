"""The addresses of the map, below `map/`."""

from __future__ import annotations

from django.urls import path

from cms.routing.views import route

from . import views
from .serving import who_serves

urlpatterns = [
    path("", views.service_map, name="map"),
    path("points.json", views.map_points, name="map_points"),
    path("embed/", views.embedded_map, name="map_embed"),
    path("serving/", who_serves, name="map_serving"),
    path("route/", route, name="map_route"),
]
