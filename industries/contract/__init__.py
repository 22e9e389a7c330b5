"""What an industry template owes the house, as tests that its author inherits.

    from industries.contract import IndustryTemplateContract

    class TestLibrary(IndustryTemplateContract):
        template_code = "library"
        block_samples = {"holdings": {"volumes": 120_000}}

The template must be installed in the settings of the test run. No test needs a database.
"""

import pytest

# So that a failing test says what it found.
pytest.register_assert_rewrite("industries.contract.template")

from .template import IndustryTemplateContract  # noqa: E402

__all__ = ["IndustryTemplateContract"]
