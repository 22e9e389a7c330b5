"""The guide to a service item: what to have ready, what to do, and where to go without the internet.

Worked out from the item alone, so that the preview of a draft shows what the public will see.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from blocks.writing import phone_numbers

from .inputs import InputsForm

if TYPE_CHECKING:
    from .health import Running
    from .models import ServiceItem

OFFLINE, HERE = "#offline", "#here"
# 找到户号：户号印在账单左上角 — what stands before the colon is the step, the rest explains it.
TITLE_OF_STEP = re.compile(r"^(?:\d+[.、．]\s*)?(?P<title>[^：:。]{1,30})(?:[：:]\s*(?P<text>.+))?$", re.DOTALL)


def guide(item: ServiceItem, running: Running | None = None) -> dict[str, Any]:
    """Return what `snippets/service_item.html` shows of an item; `running` says how its online side is just now."""
    offline_first = is_offline(item, running)
    first, *rest = [line.strip() for line in item.help_text.splitlines() if line.strip()] or [""]
    return {
        "item": item,
        "tag": _("%(title)s类") % {"title": item.get_service_class_display()},
        "kicker": kicker(item, item.provider.title if item.provider else ""),
        "lead": lead(item, first),
        "more_help": rest,
        "running": running,
        "actions": actions(item, running),
        "here": here(item),
        "facts": facts(item),
        "steps": [step(line) for line in item.step_list],
        "materials": item.material_list,
        "offline": offline(item),
        "offline_first": offline_first,
        "steps_first": not (offline_first and offline(item)),
        "privacy": privacy(item),
    }


def lead(item: ServiceItem, first: str) -> str:
    """Return the first line of the help, and, before somebody leaves this site, who will take the data."""
    leaving = _("办理在提供单位的网站完成，本站不收集您的个人信息。")
    if item.is_done_here:
        return first
    return f"{first}{leaving}" if item.link else first


def kicker(item: ServiceItem, provider: str) -> list[str]:
    """Return what stands above the title: who gets it done, and that it cannot be done online where that is so."""
    each_unit = _("%(name)s各单位分别办理") % {"name": item.industry.display_title}
    texts = [_("%(name)s办理") % {"name": provider} if provider else each_unit]
    return texts if item.is_online else [*texts, _("暂不能在网上办理")]


def is_offline(item: ServiceItem, running: Running | None = None) -> bool:
    """Is there no way to get it done online just now?"""
    return not item.is_online or bool(running and running.is_interrupted)


def actions(item: ServiceItem, running: Running | None = None) -> list[dict[str, Any]]:
    """Return what to press, the most useful first; where nothing works online that is the telephone."""
    if not is_offline(item, running):
        way = [{"title": _("不会上网，这样办"), "url": OFFLINE}] if item.place or item.phone else []
        return [*online(item), *way]
    number = next(phone_numbers(item.phone), None)
    ways = [{"title": _("打电话办理 %(number)s") % {"number": number[0]}, "url": number[1]}] if number else []
    if item.place:
        ways.append({"title": _("到现场办理"), "url": OFFLINE})
    # What is down for us may be up for somebody: it stays, at the end.
    return [*ways, *({**way, "title": _("再试网上办理")} for way in online(item))]


def online(item: ServiceItem) -> list[dict[str, Any]]:
    """Return the one way to get it done online, on this site or at the provider's; nothing where there is none."""
    if item.is_done_here:
        return [{"title": item.connects.words, "url": HERE}]
    go = _("去%(class)s（离开本站）") % {"class": item.get_service_class_display()}
    return [{"title": go, "url": item.link, "external": True}] if item.link else []


def here(item: ServiceItem) -> dict[str, Any] | None:
    """Return where it is done on this site, with the form where something is asked; None where it is not done here."""
    connector = item.connects
    if connector.serve is None:
        return None
    return {
        "url": reverse("service_do", args=[item.code]),
        "words": connector.words,
        "form": InputsForm(item) if connector.asks else None,
    }


def facts(item: ServiceItem) -> list[dict[str, str]]:
    """Return the few facts a reader comes for (`facts.html`)."""
    items = [
        {"label": _("要准备什么"), "value": _("、").join(item.input_list)},
        {"label": _("办理结果"), "value": item.output},
        {"label": _("办理时限"), "value": item.time_limit},
        {"label": _("费用"), "value": item.fee},
        {"label": _("受理时间"), "value": item.hours},
    ]
    return [fact for fact in items if fact["value"]]


def step(line: str) -> dict[str, str]:
    """Part a step into what to do and what to know (`steps.html`)."""
    match = TITLE_OF_STEP.match(line)
    return {"title": match["title"].strip(), "text": match["text"] or ""} if match else {"title": line, "text": ""}


def offline(item: ServiceItem) -> dict[str, Any] | None:
    """Return how to get it done without the internet (无障碍环境建设法 §39); None where nobody has said."""
    if not (item.phone or item.place):
        return None
    return {"phone": item.phone, "place": item.place, "hours": item.hours}


def privacy(item: ServiceItem) -> str:
    """Say what personal data is asked for, and by whom: never by this site."""
    if item.is_done_here:
        return str(item.connects.privacy)
    return _("办理时须向提供单位录入：%(input)s。这些信息由提供单位收取，本站不收集、不保存。") % {
        "input": _("、").join(item.input_list)
    }
