#!/usr/bin/env python3
"""Keep an exact copy of everything a portal has made public. Python 3.11, standard library only.

    python3 mirror.py https://portal.example/ FOLDER

Run it as often as you like; each run goes on where the last one ended, also one that was interrupted. One file for each
object: FOLDER/<endpoint>/<id>.json, the bytes as the portal sent them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

Answer = tuple[int, dict[str, str], bytes]
STATE = "state.json"
PATIENCE = 10
# What has left the public; anything else is a failure of the moment, and the copy stays as it is.
GONE = {308, 404, 410}


def fetch(address: str, headers: dict[str, str]) -> Answer:
    """Ask; wait where the portal says so."""
    if not address.startswith(("http://", "https://")):
        raise SystemExit(f"{address}: no address of a portal")
    for _attempt in range(PATIENCE):
        try:
            with urlopen(Request(address, headers=headers), timeout=60) as answer:
                return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
        except HTTPError as error:
            with error:
                status, told = error.code, {name.lower(): value for name, value in error.headers.items()}
                body = error.read()
            if status not in (429, 503):
                return status, told, body
            time.sleep(float(told.get("retry-after", "5")))
    raise SystemExit(f"{address}: no answer after {PATIENCE} attempts")


class Mirror:
    """The copy in a folder."""

    def __init__(self, portal: str, folder: Path, ask: Callable[[str, dict[str, str]], Answer] = fetch) -> None:
        self.feed, self.folder, self.ask = urljoin(portal, "api/v2/changes/"), folder, ask
        self.state = folder / STATE
        known = json.loads(self.state.read_text()) if self.state.exists() else {}
        self.since: int = known.get("since", 0)
        self.etags: dict[str, str] = known.get("etags", {})

    def run(self) -> int:
        """Follow the feed to its end; return how many changes there were."""
        seen, more = 0, True
        while more:
            status, _headers, body = self.ask(f"{self.feed}?since={self.since}", {})
            if status == 410:
                self._begin_again()
                continue
            if status != 200:
                raise SystemExit(f"{self.feed}: {status}")
            part = json.loads(body)
            for item in part["items"]:
                self._follow(item)
            seen += len(part["items"])
            # Remembered only now: what an interruption leaves half done is done again.
            self.since, more = part["meta"]["next_since"], part["meta"]["has_more"]
            self._remember()
        return seen

    def _follow(self, item: dict[str, object]) -> None:
        path = self.folder / str(item["endpoint"]) / f"{item['id']}.json"
        name = f"{item['endpoint']}/{item['id']}"
        if item["state"] != "public":
            self._drop(path, name)
            return
        known = {"If-None-Match": self.etags[name]} if name in self.etags and path.exists() else {}
        status, headers, body = self.ask(str(item["detail_url"]), known)
        if status == 304:
            return
        if status != 200 and status not in GONE:
            raise SystemExit(f"{item['detail_url']}: {status}")
        if status in GONE or json.loads(body).get("withdrawal"):
            # It has left the public since; its own change follows in the feed.
            self._drop(path, name)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(body)
        part.replace(path)
        self.etags[name] = headers.get("etag", "")

    def _drop(self, path: Path, name: str) -> None:
        path.unlink(missing_ok=True)
        self.etags.pop(name, None)

    def _begin_again(self) -> None:
        for path in self.folder.glob("*/*.json"):
            path.unlink()
        self.since, self.etags = 0, {}

    def _remember(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.state.with_suffix(".part")
        part.write_text(json.dumps({"since": self.since, "etags": self.etags}))
        part.replace(self.state)


if __name__ == "__main__":
    mirror = Mirror(sys.argv[1], Path(sys.argv[2]))
    print(mirror.run(), "changes; now at", mirror.since)
