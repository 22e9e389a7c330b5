"""One account for each role, along both chains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accounts.models import Appointment, Duty, User

if TYPE_CHECKING:
    from pages.models import OrganisationPage

PASSWORD = "gongkai-demo"  # noqa: S105 (printed at every start of the demo)


@dataclass(frozen=True)
class Person:
    """A sample person: where and as what."""

    username: str
    name: str
    place: str
    duty: str | None
    role: str


# place: a key of `cms.demo.places.Places`.
PEOPLE = (
    Person("operator", "系统运维", "", None, "系统运维（超级用户）"),
    Person("super_admin", "示例一", "portal", Duty.ADMINISTRATOR, "公开办管理员（超级）"),
    Person("super_reviewer", "示例二", "portal", Duty.REVIEWER, "公开办审核员（终审）"),
    Person("auditor", "示例十三", "portal", Duty.AUDITOR, "公开办审计员"),
    Person("water_editor", "示例三", "water", Duty.EDITOR, "自来水公司编辑员"),
    Person("water_reviewer", "示例四", "water", Duty.REVIEWER, "自来水公司审核员（初审）"),
    Person("bureau_reviewer", "示例五", "water_office", Duty.REVIEWER, "水务局审核员（复审）"),
    Person("bureau_admin", "示例六", "water_office", Duty.ADMINISTRATOR, "水务局管理员（高级）"),
    Person("education_admin", "示例十四", "education_office", Duty.ADMINISTRATOR, "区教育局管理员（中级）"),
    Person("school_editor", "示例七", "school", Duty.EDITOR, "小学编辑员"),
    Person("school_reviewer", "示例八", "school", Duty.REVIEWER, "小学审核员（初审）"),
    Person("education_reviewer", "示例九", "education_office", Duty.REVIEWER, "区教育局审核员（复审）"),
    Person("district_reviewer", "示例十", "district", Duty.REVIEWER, "区政府审核员（终审）"),
    Person("village_editor", "示例十一", "village", Duty.EDITOR, "社区居委会编辑员"),
    Person("street_reviewer", "示例十二", "street", Duty.REVIEWER, "街道审核员"),
)


def add_people(places: dict[str, OrganisationPage]) -> dict[str, User]:
    """Make the accounts and their appointments where they are missing."""
    people: dict[str, User] = {}
    for person in PEOPLE:
        user, is_new = User.objects.get_or_create(
            username=person.username,
            defaults={
                # The whole name stands in one field: Wagtail greets people by it.
                "first_name": person.name,
                "email": f"{person.username}@example.org",
                "is_superuser": person.duty is None,
                "is_staff": person.duty is None,
            },
        )
        if is_new:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        if person.duty:
            Appointment.objects.get_or_create(
                user=user,
                organisation_id=places[person.place].pk,
                duty=person.duty,
                defaults={"since": date(2026, 1, 1)},
            )
        people[person.username] = user
    return people
