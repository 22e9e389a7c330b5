"""A second portal: the same software with a database of its own, in processes of its own, on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.database import another_database
from tests.server.site import House

TITLE, SERVICE = "邻市居民生活用水价格", "邻市用水量查询"
CONTENT = f"""
from django.core.management import call_command
from wagtail.models import Site
from tests.factories import ServiceIndexPage, make_disclosure, make_page, make_service_item
from tests.town import build_town

town = build_town()
make_disclosure(town.water, town.entries["water_price"], title="{TITLE}", summary="邻市的水价。")
make_page(ServiceIndexPage, town.portal, title="办事服务", slug="services")
make_service_item(town.water, town.industries["water"], title="{SERVICE}", code="SISTER", help_text="查用水量。")
Site.objects.update(hostname="127.0.0.1", port=values["port"])
# Nobody works off its queue.
call_command("update_index", verbosity=0)
"""


@contextmanager
def sister(folder: Path) -> Iterator[House]:
    """Furnish one; serve it by `tests.server.site.site`."""
    with another_database() as address:
        house = House(folder, address, more={"STORED_READS": "false"})
        furnished = house.run(CONTENT, port=house.port)
        assert furnished.returncode == 0, furnished.stderr
        yield house
