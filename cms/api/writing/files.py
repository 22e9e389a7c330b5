"""Upload a file or a picture: owned by the token's organisation, through the admin's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from ledger.events import record
from media.models import Document, Image

from .. import problems
from .json_body import require_size
from .refusals import Refused, invalid

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .saving import Writer

# Names in addresses; the parts that are sent besides the file.
FILES: dict[str, Any] = {
    "documents": (Document, get_document_form, ("title",)),
    "images": (Image, get_image_form, ("title", "description", "source")),
}
MULTIPART = "multipart/form-data"


def kept_file(kind: str, request: HttpRequest, writer: Writer) -> dict[str, Any]:
    """Keep what was sent; return its number. Raises Refused."""
    if kind not in FILES:
        raise Http404
    require_size(request, settings.API_UPLOAD_MAX_BYTES)
    if (request.content_type or "").lower() != MULTIPART:
        raise Refused(problems.MEDIA, _("请用 multipart/form-data 上传。"))
    try:
        sent, files = request.POST, request.FILES
    except (MultiPartParserError, SuspiciousOperation, ValueError) as error:
        raise Refused(problems.REQUEST, _("上传的内容读不出来。")) from error
    model, form_for, parts = FILES[kind]
    if unknown := sorted((set(sent) | set(files)) - {*parts, "file"}):
        raise invalid([(unknown[0][:50], _("没有这个字段。"))], _("没有上传。"))
    return _save(kind, form_for(model), sent, files, writer)


@transaction.atomic
def _save(kind: str, form_class: Any, sent: Any, files: Any, writer: Writer) -> dict[str, Any]:
    model, _form_for, parts = FILES[kind]
    owner = writer.token.organisation
    file = model(owner_organisation=owner, uploaded_by_user=writer.person)
    data: MultiValueDict[str, Any] = MultiValueDict({name: [sent.get(name, "").replace("\x00", "")] for name in parts})
    data["owner_organisation"] = str(owner.pk)
    data["collection"] = str(Collection.get_first_root_node().pk)
    form = form_class(data, files, instance=file, user=writer.person)
    if not form.is_valid():
        told = [
            (name if name != "__all__" else "", message) for name, found in form.errors.items() for message in found
        ]
        raise invalid(told, _("文件不能接受，没有保存。"))
    kept = form.save()
    record("written.file", kept, organisation=owner, actor=writer.person, token=writer.token.key)
    return {
        "id": kept.pk,
        "title": kept.title,
        "filename": kept.filename,
        "size": kept.file_size,
        "sha1": kept.file_hash,
    }
