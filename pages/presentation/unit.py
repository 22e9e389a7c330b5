"""The page of a unit: what it is, what it has disclosed, whom to ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..models import UnitPage
from .disclosed import Disclosed
from .dispatch import present
from .organisation import base_context, outlet_items
from .reader import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest


@present.register(UnitPage)
def unit_context(page: UnitPage, request: HttpRequest) -> dict[str, Any]:
    """Return the profile, the disclosures by catalogue group, what is owed, and the counters."""
    reader = Reader(request)
    context = base_context(page, reader, with_all_below=False)
    disclosed = Disclosed.by(context["source"], reader, context["catalogue_url"])
    return {
        **context,
        "profile": [{"label": label, "value": value} for label, value in page.profile_facts],
        "summary": disclosed.summary(),
        "cells": disclosed.cells(),
        "composed": disclosed.composed(),
        "groups": disclosed.groups(),
        "owed": disclosed.owed(timezone.localdate()),
        "outlets": outlet_items(page),
        "roster_code": getattr(page.industry, "roster_code", ""),
    }
