"""Whoever deploys is told what the audit lacks."""

from __future__ import annotations

import pytest

from accounts.models import Duty
from cms.audit.checks import check_powers, check_separation
from tests.factories import appoint


def test_separation_is_recommended(settings):
    assert [message.id for message in check_separation()] == ["gongkai.W050"]

    settings.SEPARATE_DUTIES = True
    assert check_separation() == []


@pytest.mark.django_db
def test_who_holds_two_powers_is_named(town, settings):
    administrator = town.administrator("water")
    appoint(administrator, town.portal, Duty.AUDITOR)
    assert check_powers(["default"]) == []

    settings.SEPARATE_DUTIES = True
    (message,) = check_powers(["default"])

    assert message.id == "gongkai.W052"
    assert message.msg == "water-administrator（water-administrator）同时担任人员管理、审计。"
