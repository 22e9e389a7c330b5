"""Joint payment: pick what to pay, see what is owed, pay each part, and read honestly what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from ledger.outbox import absolute
from pages.presentation import Reader, reads
from pages.presentation.reader import SOURCE_TAG
from pages.presentation.service_guide import lang_of
from pages.presentation.services import translated_items
from snippets.connectors import installed
from snippets.inputs import InputsForm

from .asking import SilentError
from .bills import MOST_ASKED, Bill, Owed, owed, unsealed
from .case import Case, cases, is_from_elsewhere, may_ask, unkept, way_here
from .models import JointOrder, OrderState, PaymentOrder
from .notified import RefusedError
from .operations import PAYMENT
from .payments import begin, hand_over, look_up, look_up_all
from .returning import signed_return
from .views import read_and_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from snippets.models import ServiceItem

MOST, SHOWN, MOST_PARTS = 100, 8, MOST_ASKED
PAGE = "connectors/pay.html"


@csrf_exempt
@read_and_sent
@sensitive_post_parameters()
def pay(request: HttpRequest) -> HttpResponse:
    """Show what can be paid; ask what is owed; begin an order of what was chosen."""
    if request.method == "POST" and (refused := _refused(request)) is not None:
        return refused
    if request.method == "POST" and request.POST.get("act") == "begin":
        return _begin(request)
    payable, is_all = _cases(request)
    if len(payable) > SHOWN and is_all:
        return _page(request, PAGE, {"state": "pick", "cases": payable})
    data = request.POST if request.method == "POST" else None
    forms = [(case, InputsForm(case.asking, data, prefix=case.source.code, optional=True)) for case in payable]
    if data is None:
        return _fill(request, forms)
    return bills_of(request, forms)


def serve_payment(request: HttpRequest, case: Case) -> HttpResponse:
    """Ask what is owed for one item, from the form of its guide."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{reverse('pay')}?item={case.source.code}")
    return bills_of(request, [(case, InputsForm(case.asking, request.POST))])


@sensitive_variables("forms", "asked", "found")
def bills_of(request: HttpRequest, forms: list[tuple[Case, InputsForm]]) -> HttpResponse:
    """Ask the providers of what was filled in, and show what is owed."""
    wrong = [form for _case, form in forms if not form.is_valid()]
    if wrong:
        return _fill(request, forms, 400)
    asked = [(case, form.cleaned_data) for case, form in forms if form.has_changed()]
    if not asked:
        return _fill(request, forms, 400, problem=_("请至少填写一项。"))
    found = owed(asked)
    by_code = {each.case.source.code: each for each in found}
    is_refused = False
    for case, form in forms:
        each = by_code.get(case.source.code)
        if each is not None and each.refusal is not None:
            is_refused = True
            for name, sentence in (each.refusal.errors or {}).items():
                form.add_error(name if name in form.fields else None, sentence)
            if not form.errors:
                form.add_error(None, each.refusal.message or _("提供单位没有查到。"))
            form.describe()
    if is_refused:
        return _fill(request, forms, 422)
    return _owing(request, found)


def _owing(request: HttpRequest, found: list[Owed]) -> HttpResponse:
    bills = [bill for each in found for bill in each.bills]
    status = 503 if not bills and any(each.is_silent for each in found) else 200
    context = {
        "state": "bills",
        "found": found,
        "total": sum(bill.amount for bill in bills),
        "has_bills": bool(bills),
        "is_sandbox": any(each.is_sandbox for each in found),
    }
    return _page(request, PAGE, context, status)


def _fill(request: HttpRequest, forms: list[Any], status: int = 200, problem: str = "") -> HttpResponse:
    context = {"state": "fill", "forms": forms, "is_wrong": status != 200, "problem": problem}
    return _page(request, PAGE, {**context, "chosen": request.GET.getlist("item")}, status)


def _begin(request: HttpRequest) -> HttpResponse:
    try:
        bills = [unsealed(text) for text in request.POST.getlist("bill")[:MOST_PARTS]]
    except (ValueError, TypeError):
        return _page(request, PAGE, {"state": "old"}, 400)
    if not bills:
        return _page(request, PAGE, {"state": "none"}, 400)
    try:
        joint = begin(
            bills=list({(each.connection, each.code, each.number): each for each in bills}.values()),
            titles=_titles(bills),
        )
    except ValidationError as error:
        return _page(request, PAGE, {"state": "old", "problem": " ".join(error.messages)}, 409)
    return HttpResponseRedirect(reverse("pay_order", args=[joint.token]), status=303)


def _titles(bills: list[Bill]) -> dict[str, str]:
    codes = {each.code for each in bills}
    found = dict(reads.service_items(Q(code__in=codes)).values_list("code", "title"))
    if missing := codes - found.keys():
        raise ValidationError(_("“%(code)s”刚刚撤下，请重新查询。") % {"code": min(missing)})
    return found


@csrf_exempt
@read_and_sent
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Show how an order stands; ask its providers; lead to where a part is paid."""
    joint = _joint(token)
    if request.method != "POST":
        return _shown(request, joint)
    if (refused := _refused(request)) is not None:
        return refused
    if number := request.POST.get("part", "").replace("\x00", ""):
        return _handed_over(request, joint, number)
    look_up_all(joint)
    return HttpResponseRedirect(reverse("pay_order", args=[token]), status=303)


def _handed_over(request: HttpRequest, joint: JointOrder, number: str) -> HttpResponse:
    part = joint.parts.filter(number=number).select_related("connection").first()
    if part is None:
        raise Http404
    back = request.build_absolute_uri(reverse("pay_back", args=[joint.token, number]))
    notify_url = absolute(reverse("provider_notify", args=[part.connection.key]))
    try:
        address = hand_over(number=number, return_url=back, notify_url=notify_url)
    except ValidationError as error:
        return _shown(request, joint, 409, problem=" ".join(error.messages), failed=number)
    except SilentError:
        return _shown(request, joint, 503, failed=number)
    return unkept(HttpResponseRedirect(address, status=303))


@require_safe
def back(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """Take a reader back. What his browser brings is checked, and never believed: the provider is asked."""
    joint = _joint(token)
    part = joint.parts.filter(number=number).select_related("connection__organisation").first()
    if part is None:
        raise Http404
    is_silent = False
    try:
        look_up(part)
    except SilentError:
        is_silent = True
    try:
        signed_return(request, part.connection, number)
    except RefusedError as refused:
        return _shown(request, joint, 503 if is_silent else refused.status, warning=str(refused.sentence))
    if is_silent:
        return _shown(request, joint, 503)
    return unkept(HttpResponseRedirect(reverse("pay_order", args=[token]), status=303))


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was paid, to be printed; no name, no account, in it or in its address."""
    joint = _joint(token)
    context = _standing(request, joint)
    return _page(request, "connectors/receipt.html", {**context, "crumb": _("回单")})


def _joint(token: str) -> JointOrder:
    found = JointOrder.objects.filter(token=token).first()
    if found is None:
        raise Http404(_("没有这笔缴费，或者保存的期限已过。"))
    return found


def _shown(request: HttpRequest, joint: JointOrder, status: int = 200, **told: Any) -> HttpResponse:
    response = _page(request, "connectors/order.html", {**_standing(request, joint), "status": status, **told}, status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def _standing(request: HttpRequest, joint: JointOrder) -> dict[str, Any]:
    parts: list[PaymentOrder] = list(joint.parts.select_related("connection").order_by("pk"))
    reader = Reader(request)
    items = list(reads.service_items(Q(code__in={part.code for part in parts})))
    phones = {item.code: item for item in translated_items(reader, items)}
    paid = [part for part in parts if part.state == OrderState.PAID]
    waiting = [part for part in parts if part.state not in {OrderState.PAID, OrderState.CLOSED}]
    return {
        "joint": joint,
        "parts": [_part(part, phones.get(part.code), reader) for part in parts],
        "next": waiting[0] if waiting else None,
        "paid_number": len(paid),
        "number": len(parts),
        "paid_total": sum(part.amount for part in paid),
        "is_sent": any(part.state == OrderState.SENT for part in parts),
        "is_sandbox": any(part.connection.is_sandbox for part in parts),
        "receipt_url": reverse("pay_receipt", args=[joint.token]),
        "order_url": reverse("pay_order", args=[joint.token]),
        "crumb": _("缴费"),
    }


def _part(part: PaymentOrder, item: ServiceItem | None, reader: Reader) -> dict[str, Any]:
    """Return a part with its item as its reader finds it; one that was taken down keeps the title it was paid under."""
    in_source = "" if reader.reads_source else SOURCE_TAG
    return {"order": part, "item": item, "lang": lang_of(item, reader) if item else in_source}


def _refused(request: HttpRequest) -> HttpResponse | None:
    if is_from_elsewhere(request):
        return _page(request, PAGE, {"state": "elsewhere"}, 403)
    if not may_ask(request, "pay", settings.CONNECTOR_ASKS_PER_CLIENT):
        return _page(request, PAGE, {"state": "often"}, 429)
    return None


def _cases(request: HttpRequest) -> tuple[list[Case], bool]:
    """Return what can be paid here, or of it what the address names; and whether that is all."""
    kinds = [each.code for each in installed() if PAYMENT in each.operations]
    scope, chosen = Q(connector__in=kinds), _named(request)
    if chosen:
        scope &= Q(code__in=chosen)
    rows = reads.service_items(scope).select_related("provider", "industry__parent").order_by("industry__order", "code")
    return cases(Reader(request), list(rows[:MOST])), not chosen


def _named(request: HttpRequest) -> list[str]:
    """Return the codes in an address; none of ours holds a NUL, which PostgreSQL refuses to look for."""
    return [code for code in request.GET.getlist("item")[:MOST_PARTS] if "\x00" not in code]


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    crumbs = way_here(Reader(request))
    if "crumb" in context:
        crumbs.append({"title": _("一次缴费"), "url": reverse("pay")})
    crumbs.append({"title": context.get("crumb", _("一次缴费")), "url": None})
    shown = {"page_title": context.get("crumb", _("水电气暖一次缴")), "breadcrumbs": crumbs, "pay_url": reverse("pay")}
    robots = "" if request.method == "GET" and template == PAGE else "noindex"
    return unkept(TemplateResponse(request, template, {**shown, "robots": robots, **context}, status=status))
