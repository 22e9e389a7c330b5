"""The chooser of outside links, for whoever sends it nothing."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView


class AddressField(URLOrAbsolutePathField):
    """An address that may be missing; Wagtail's asks nothing what it begins with."""

    def to_python(self, value: Any) -> Any:
        """Read what was sent."""
        return super().to_python(value or "")


class LinkForm(ExternalLinkChooserForm):
    """Says that the address is missing."""

    url = AddressField(required=True, label=ExternalLinkChooserForm.base_fields["url"].label)


class OutsideLinkView(ExternalLinkView):
    """Wagtail fails where no address is sent; this asks for it again."""

    form_class = LinkForm
