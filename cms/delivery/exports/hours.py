"""Opening hours as HSDS wants them: weekdays and times where the words are plain, and always the words."""

from __future__ import annotations

import re

from .documents import Thing

DAYS = {
    "工作日": "MO,TU,WE,TH,FR",
    "周一至周五": "MO,TU,WE,TH,FR",
    "周一至周六": "MO,TU,WE,TH,FR,SA",
    "周一至周日": "MO,TU,WE,TH,FR,SA,SU",
    "每天": "MO,TU,WE,TH,FR,SA,SU",
    "每日": "MO,TU,WE,TH,FR,SA,SU",
}
TIME = r"(?P<{}>[01]?\d|2[0-4])[:：](?P<{}>[0-5]\d)"
SPAN = re.compile(TIME.format("oh", "om") + r"\s*[–—~～至-]\s*" + TIME.format("ch", "cm"))
PLAIN = re.compile(rf"\s*(?P<days>{'|'.join(DAYS)})(?P<times>[\d:：–—~～至、，,;；\s上下午-]+)")
WHOLE_DAY = {"全天", "24小时", "24 小时"}


def schedules(words: str) -> list[Thing]:
    """Return the stretches of opening hours; what is not plain is told in words only."""
    if not words:
        return []
    if words.strip() in WHOLE_DAY:
        return [_weekly(words, DAYS["每天"], "00:00", "24:00")]
    plain = PLAIN.fullmatch(words)
    spans = list(SPAN.finditer(plain["times"])) if plain else []
    if not plain or not spans:
        return [{"description": words}]
    return [
        _weekly(words, DAYS[plain["days"]], f"{span['oh']:0>2}:{span['om']}", f"{span['ch']:0>2}:{span['cm']}")
        for span in spans
    ]


def _weekly(words: str, days: str, opens: str, closes: str) -> Thing:
    return {
        "description": words,
        "freq": "WEEKLY",
        "interval": 1,
        "byday": days,
        "opens_at": f"{opens}+08:00",
        "closes_at": f"{closes}+08:00",
    }
