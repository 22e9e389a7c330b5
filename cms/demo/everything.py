"""One disclosure that shows every block, with a drawing and a file made on the spot."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document as WordDocument
from PIL import Image as Picture
from PIL import ImageDraw

from media.models import Document, Image
from pages.models import DisclosureAttachment, DisclosurePage
from snippets.models import CatalogueEntry

from .bodies import FILL, PHONE, SAMPLES, paragraphs, stream

if TYPE_CHECKING:
    from accounts.models import User

TITLE = "内容形式总览（示例）"
SIZE = (960, 360)
PAPER, INK, SEAL = "#fdfcf9", "#1d2126", "#a32020"


def add_everything(place: Any, editor: User) -> int:
    """Publish the overview under a unit where it is missing; return how many pages were added."""
    if DisclosurePage.objects.child_of(place).filter(title=TITLE).exists():
        return 0
    image, document = _image(place, editor), _document(place, editor)
    page = DisclosurePage(
        title=TITLE,
        entry=CatalogueEntry.of_catalogue(place.catalogue_code, timezone.localdate()).first(),
        summary="把每一种内容形式放在一页里，供编辑员参考。",
        generated_on=timezone.localdate(),
        body=stream(*_blocks(image, document)),
        owner=editor,
        live=False,
    )
    page.attachments = [DisclosureAttachment(title="申请表（示例）", document=document)]
    page.tags.add("示例", "内容形式")
    place.add_child(instance=page)
    page.save_revision(user=editor).publish(skip_permission_checks=True)
    return 1


def _blocks(image: Image, document: Document) -> list[tuple[str, Any]]:
    title = "示例"
    made = {block: make(title) for block, make in SAMPLES.values() if block != "text"}
    made |= {
        "article": {
            "title": "冬季用水提示（示例）",
            "source": "示例单位",
            "author": "",
            "written": "2026-11-01",
            "body": paragraphs("气温低于零下五度时，请包好室外水表和管道。", FILL),
        },
        "image": {
            "picture": {"image": image.pk, "decorative": False, "alt_text": image.description},
            "caption": "流程示意（示例）",
            "source": "本站绘制",
        },
        "document_list": {
            "title": "相关文件",
            "files": [{"title": "申请表（示例）", "number": "", "document": document.pk}],
        },
        "form": {
            "title": "申请表（示例）",
            "document": document.pk,
            "sample": None,
            "use": f"填好交到任一网点，咨询 {PHONE}。",
        },
    }
    return [("text", paragraphs("本页依次展示每一种内容形式。", FILL)), *made.items()]


def _image(place: Any, editor: User) -> Image:
    picture = Picture.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    for position in range(3):
        left = 60 + position * 300
        draw.rectangle((left, 120, left + 220, 240), outline=INK, width=4)
        draw.ellipse((left + 90, 160, left + 130, 200), fill=SEAL)
        if position:
            draw.line((left - 80, 180, left, 180), fill=INK, width=4)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    image = Image(
        title="流程示意（示例）",
        description="从左到右三个相连的方框：取号、交材料、办结",
        source="本站绘制",
        owner_organisation_id=place.pk,
        uploaded_by_user=editor,
        file=ContentFile(buffer.getvalue(), "sample-steps.png"),
    )
    image.save()
    return image


def _document(place: Any, editor: User) -> Document:
    word = WordDocument()
    word.add_heading("申请表（示例）", level=1)
    word.add_paragraph("申请人：　　　　　　联系电话：")
    word.add_paragraph(FILL)
    buffer = BytesIO()
    word.save(buffer)
    document = Document(
        title="申请表（示例）",
        owner_organisation_id=place.pk,
        uploaded_by_user=editor,
        extracted_text=f"申请表（示例）\n{FILL}",
        file=ContentFile(buffer.getvalue(), "sample-form.docx"),
    )
    document.save()
    return document
