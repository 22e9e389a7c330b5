"""A browser answered by Django's test client: it sees the database of the test, and nothing else in the world."""

from __future__ import annotations

from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from django.test import Client

if TYPE_CHECKING:
    from django.http import HttpResponse
    from playwright.sync_api import Browser, Page, Request, Route

HOST = "localhost"
SITE = f"http://{HOST}"
# The script of the joint search has fetched what it fetches, or has nothing to fetch.
SETTLED = """
() => {
  const told = document.querySelector("[data-joint-status]");
  return !told || !document.querySelector("[data-joint-part]") || told.textContent === told.dataset.done;
}
"""


class Reading:
    """One tab.

    `received` are the addresses the page asked for, with their kind and size in bytes; `foreign` those outside of the
    site, which stay unanswered.
    """

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(base_url=SITE, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.context.route("**/*", self._answer)
        self.tab: Page = self.context.new_page()
        self.client = Client(SERVER_NAME=HOST)
        self.instead: HttpResponse | None = None
        self.foreign: list[str] = []
        self.received: dict[str, tuple[str, int]] = {}
        # Playwright answers in contexts of its own; this one knows Django's connection, with what is not committed.
        self.here: Context = copy_context()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.context.close()

    def open(
        self, path: str, *, width: int = 1280, client: Client | None = None, instead: HttpResponse | None = None
    ) -> Page:
        """Open a page as somebody who was never here, or as the person signed in with `client`.

        `instead` is what is shown there: the answer to a form that was sent.
        """
        self.client, self.instead = client or Client(SERVER_NAME=HOST), instead
        self.foreign, self.received = [], {}
        self.here = copy_context()
        self.context.clear_cookies()
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.goto(path)
        if not self.tab.evaluate(SETTLED):
            self.tab.wait_for_function(SETTLED)
        return self.tab

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.netloc != HOST:
            self.foreign.append(route.request.url)
            route.abort()
            return
        if self.instead is not None and route.request.is_navigation_request():
            response: Any = self.instead
        else:
            response = self.here.copy().run(self._ask, route.request, f"{address.path}?{address.query}")
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        body = b"".join(response.streaming_content) if response.streaming else response.content
        response.close()
        self.received[route.request.url] = (route.request.resource_type, len(body))
        route.fulfill(status=response.status_code, headers=headers, body=body)

    def _ask(self, request: Request, path: str) -> Any:
        content_type = request.header_value("content-type") or ""
        return self.client.generic(request.method, path, request.post_data_buffer or b"", content_type)
