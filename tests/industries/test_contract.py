"""Every built-in template keeps the contract that third parties keep."""

from __future__ import annotations

import pytest

from industries.contract import IndustryTemplateContract
from pages.industry_templates import installed


@pytest.fixture(params=[template.code for template in installed()], autouse=True)
def code(request):
    """Name each installed template in turn."""
    request.cls.template_code = request.param


class TestBuiltInTemplates(IndustryTemplateContract):
    """The contract, once for each."""
