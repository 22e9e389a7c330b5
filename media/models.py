"""Images and documents, owned by an organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as StockDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as StockImage
from wagtail.search import index

from .reading import Reading, TextState, read


def _owner() -> Any:
    return models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所属单位"),
        help_text=_("只有本单位及其上级可以修改。"),
    )


def _uploader() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传者"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )


def _tags(related_name: str) -> Any:
    return TaggableManager(blank=True, verbose_name=_("标签"), related_name=related_name)


# The policy's condition `owner_organisation__path` also reaches the search backend, which wants it declared.
# The API searches among rows it has chosen by number.
OWNER_SEARCH = [
    index.FilterField("id"),
    index.RelatedFields("owner_organisation", [index.FilterField("path")]),
]


class Image(AbstractImage):
    """A picture. Wagtail's `description` is its alternative text, required by our form."""

    owner_organisation = _owner()
    # Redeclared: the stock models of the same names claim the default reverse names.
    uploaded_by_user = _uploader()
    tags = _tags("owned_images")
    source = models.CharField(_("来源"), max_length=255, blank=True, help_text=_("拍摄者或出处，例如：本单位拍摄。"))

    admin_form_fields = (*StockImage.admin_form_fields, "source", "owner_organisation")
    search_fields = [*AbstractImage.search_fields, *OWNER_SEARCH]
    api_fields = ["description", "source"]

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")


class Rendition(AbstractRendition):
    """A size of an image."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    def get_upload_to(self, filename: str) -> str:
        """Put it where nobody finds it who has not seen the picture: drafts' pictures have renditions too."""
        folder, name = str(super().get_upload_to(filename)).rsplit("/", 1)
        return f"{folder}/{self.image.get_file_hash()[:20]}/{name}"

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Document(AbstractDocument):
    """A file. Private until a live page uses it; `file_hash` (SHA-1) is Wagtail's own."""

    owner_organisation = _owner()
    # Redeclared: the stock models of the same names claim the default reverse names.
    uploaded_by_user = _uploader()
    tags = _tags("owned_documents")
    extracted_text = models.TextField(_("正文文字"), blank=True, editable=False)
    text_state = models.CharField(
        _("文字读取"),
        max_length=8,
        choices=TextState.choices,
        default=TextState.UNKNOWN,
        blank=True,
        editable=False,
    )

    admin_form_fields = (*StockDocument.admin_form_fields, "owner_organisation")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("extracted_text"), *OWNER_SEARCH]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")

    def keep_text(self, reading: Reading) -> None:
        """Take over what was read; not saved."""
        self.extracted_text, self.text_state = reading.text, reading.state

    def ensure_read(self) -> TextState:
        """Read the file now if nobody has (it came in past the forms), and say how much of its text is known."""
        if self.text_state == TextState.UNKNOWN and not self.extracted_text:
            self.keep_text(self._reading())
            type(self).objects.filter(pk=self.pk).update(extracted_text=self.extracted_text, text_state=self.text_state)
        return TextState(self.text_state or TextState.READ)

    def _reading(self) -> Reading:
        try:
            with self.open_file() as file:
                return read(self.file.name, file.read())
        except OSError:
            return Reading("", TextState.CLOSED)
