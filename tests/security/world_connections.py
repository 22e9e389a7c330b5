"""The computers of providers that the office is connected to."""

from __future__ import annotations

from typing import Any

from cms.connectors.models import ProviderConnection
from cms.connectors.sealing import new_secret, seal
from tests.town import Town


def connections(town: Town) -> dict[str, Any]:
    """Return the office's connection; nobody stands behind its address."""
    own = ProviderConnection.objects.create(
        name="示例接口", organisation_id=town.education_office.pk, base_url="https://127.0.0.1/", key_id="k1",
        secret=seal(new_secret()), operations=["query"],
    )  # fmt: skip
    return {"connection": own}
