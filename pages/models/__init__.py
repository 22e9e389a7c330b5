"""The page types and their side tables. Import models from here.

Direction inside the room: base ← organisation ← levels; base ← record_page ← disclosure ← notice; records stands on
organisation. Nothing here knows a sibling that is not to its left.
"""

from .alert import AlertScope, AlertSeverity
from .base import BasePage
from .disclosure import DisclosureAttachment, DisclosureKeyword, DisclosurePage, Keyword
from .index_pages import IndustryPage, NoticeIndexPage, ServiceIndexPage, StandardPage, StandardPageKind
from .levels import CityPortalPage, DepartmentPage, DistrictPage, OfficeKind, UnitPage
from .notice import NoticeAttachment, NoticeKeyword, NoticeKind, NoticePage, NoticeState
from .organisation import OrganisationPage, OrganisationPhone, ServiceOutlet
from .record_page import RecordPage
from .records import IndexCounter, PageWithdrawal, PhoneCheck, PublicationRecord, RosterEntry, RosterState, Validity

__all__ = [
    "AlertScope",
    "AlertSeverity",
    "BasePage",
    "CityPortalPage",
    "DepartmentPage",
    "DisclosureAttachment",
    "DisclosureKeyword",
    "DisclosurePage",
    "DistrictPage",
    "IndexCounter",
    "IndustryPage",
    "Keyword",
    "NoticeAttachment",
    "NoticeIndexPage",
    "NoticeKeyword",
    "NoticeKind",
    "NoticePage",
    "NoticeState",
    "OfficeKind",
    "OrganisationPage",
    "OrganisationPhone",
    "PageWithdrawal",
    "PhoneCheck",
    "PublicationRecord",
    "RecordPage",
    "RosterEntry",
    "RosterState",
    "ServiceIndexPage",
    "ServiceOutlet",
    "StandardPage",
    "StandardPageKind",
    "UnitPage",
    "Validity",
]
