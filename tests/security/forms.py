"""What the admin's forms post."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from .world import World, picture

OFFICE_TEXTS = (
    "short_name", "credit_code", "division_code", "introduction", "supervision_phone", "hours", "address", "longitude",
    "latitude", "website", "industry",
)  # fmt: skip
ITEM_TEXTS = (
    "link", "output", "fee", "time_limit", "hours", "materials", "steps", "help_text", "phone", "place",
)  # fmt: skip


def disclosure(world: World, **fields: Any) -> dict[str, Any]:
    """Fill in the form of a disclosure as simply as can be."""
    data: dict[str, Any] = nested_form_data(
        {
            "title": "改过的标题",
            "slug": "",
            "entry": world.things["entry"].pk,
            "summary": "",
            "generated_on": "",
            "document_number": "",
            "publicity": "active",
            "tags": "",
            "supersedes": "",
            "repeals": "",
            "body": streamfield([]),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    return {**data, **fields}


def office(world: World, **fields: Any) -> dict[str, Any]:
    """Fill in the form of a department."""
    data: dict[str, Any] = nested_form_data(
        {
            "title": "改过的机关",
            "office_kind": "department",
            **dict.fromkeys(OFFICE_TEXTS, ""),
            "phones": inline_formset([]),
            "outlets": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    return {**data, **fields}


def service_item(world: World, **fields: Any) -> dict[str, Any]:
    """Fill in the form of a service item of the own office."""
    return {
        "title": "改过的项目",
        "code": "changed-item",
        "service_class": "query",
        "industry": world.things["industry"].pk,
        "provider": world.things["own"].pk,
        "personal_input": "用户号",
        "connector": "link",
        "inputs-count": "0",
        **dict.fromkeys(ITEM_TEXTS, ""),
        **fields,
    }


def image(world: World, **fields: Any) -> dict[str, Any]:
    """Fill in the form of an image, with a file."""
    file = SimpleUploadedFile("new.png", picture().read(), "image/png")
    return {
        "title": "新图片", "description": "一幅示例", "file": file, "tags": "", "source": "", "collection": "1",
        "focal_point_x": "", "focal_point_y": "", "focal_point_width": "", "focal_point_height": "", **fields,
    }  # fmt: skip


def document(world: World, **fields: Any) -> dict[str, Any]:
    """Fill in the form of a document, with a file."""
    file = SimpleUploadedFile("new.txt", "新文件".encode())
    return {"title": "新文件", "file": file, "tags": "", "collection": "1", **fields}
