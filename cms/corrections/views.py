"""The page to which every public page leads whoever finds a fault in it.

Nothing is sent from here: it names the organisation with its telephones, and opens the reader's own mail program where
the organisation has a mailbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.delivery.traditional import SCRIPT_PREFIX
from cms.mine.views import frame
from pages.identity import source_of
from pages.models import OrganisationPage
from pages.presentation import Reader
from pages.presentation.places import places
from pages.presentation.rows import name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST = 500
# RFC 6068.
LINE_END = "\r\n"
ENGLISH_PREFIX = "/en"


@require_safe
def report_error(request: HttpRequest) -> HttpResponse:
    """Say who answers for a page of this site."""
    path = asked_path(request)
    page = public_page(request, path)
    organisation = answering(request, page)
    reader = Reader(request)
    address = f"{request.scheme}://{request.get_host()}{path}" if path else ""
    context = {
        **frame(request, _("本站纠错")),
        "robots": "noindex, follow",
        "page": reader.link(page) if page is not None else None,
        "address": address,
        "organisation": contact(organisation, reader) if organisation else None,
        "mail": mail(organisation, page, address) if organisation else "",
    }
    return TemplateResponse(request, "corrections/page.html", context)


def asked_path(request: HttpRequest) -> str:
    """Return the path of the page in question; empty for whatever is no path of this site."""
    asked = request.GET.get("page", "")[:LONGEST]
    unfit = not asked.startswith("/") or asked.startswith("//") or any(ord(each) < ord(" ") for each in asked)
    return "" if unfit else urlsplit(asked).path


def public_page(request: HttpRequest, path: str) -> Page | None:
    """Return the public page under a path, if one is; a route of a page belongs to it."""
    inner = path.removeprefix(SCRIPT_PREFIX).removeprefix(ENGLISH_PREFIX)
    found = Page.route_for_request(request, inner.strip("/")) if inner else None
    page: Page | None = found.page if found else None
    return None if page is None or page.get_view_restrictions().exists() else page


def answering(request: HttpRequest, page: Any) -> OrganisationPage | None:
    """Return who answers: the page's organisation, or the portal's for what belongs to none."""
    organisation = source_of(page.organisation) if page is not None and getattr(page, "organisation", None) else None
    home = places(request).home
    if organisation is None and home is not None:
        organisation = OrganisationPage.objects.filter(pk=home.pk, live=True).first()
    return organisation if organisation is not None and organisation.live else None


def contact(organisation: OrganisationPage, reader: Reader) -> dict[str, Any]:
    """Return how to reach an organisation. At most two queries."""
    shown = reader.translated([organisation])[organisation.pk]
    phones = [{"label": each.label, "number": each.number} for each in organisation.phones.all()]
    if organisation.supervision_phone:
        phones.append({"label": _("监督投诉电话"), "number": organisation.supervision_phone})
    return {
        "link": reader.link(shown, name(shown)),
        "phones": phones,
        "hours": organisation.hours,
        "mailbox": organisation.mailbox,
    }


def mail(organisation: OrganisationPage, page: Page | None, address: str) -> str:
    """Return the address of a letter with subject and outline; empty without a mailbox."""
    if not organisation.mailbox:
        return ""
    subject = _("网页纠错：%(title)s") % {"title": page.title if page is not None else _("本站")}
    outline = [_("网页：%(address)s") % {"address": address}, _("哪里不对："), _("应当是（有依据请写明）：")]
    return f"mailto:{quote(organisation.mailbox)}?subject={quote(subject)}&body={quote(LINE_END.join(outline))}"
