"""The template keeps the contract of the house."""

from __future__ import annotations

from industries.contract import IndustryTemplateContract


class TestLibrary(IndustryTemplateContract):
    """The contract, for the library."""

    template_code = "library"
    block_samples = {
        "library_holdings": {
            "counted_on": "2026-12-31",
            "holdings": [{"kind": "图书", "volumes": 1_200_000}, {"kind": "报刊", "volumes": 8_000}],
        }
    }
