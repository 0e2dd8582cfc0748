"""Visits to a page of the running server in a real browser, with whatever goes wrong there or
leaves the host.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from typing import Any
from urllib.request import Request, urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route
from playwright.sync_api import Request as PageRequest

# milliseconds that whatever a test waits for on a page may take, on a computer that is busy
PATIENCE = 240_000

# JavaScript: whether nothing is being asked for and nothing moves.
STILL = """() => !document.querySelector("body.asking, [aria-busy=true]")
    && document.getAnimations().every(one => one.playState !== "running")"""

FEW = "worlds=6"  # of a view, enough for what a page says of its numbers

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The address at which *app* is served, by the server that `parley dashboard` uses."""
    from dashboard.connections import http_server

    server = http_server(app.server, host="127.0.0.1", port=0)

    def serve() -> None:
        with suppress(OSError):  # closing shuts the socket under the loop that waits on it
            server.run()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


def answer(address: str, path: str = "", encoding: str = "identity") -> HTTPResponse:
    """The server's answer to a request for *path*."""
    return urlopen(Request(address + path, headers={"Accept-Encoding": encoding}), timeout=60)


def inaccessible(page: Page) -> list[str]:
    """What breaks a rule of accessibility on the *page* as it stands: the rule, and the element."""
    found = (
        Axe()
        .run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
        .response["violations"]
    )
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


def drawn(page: Page) -> None:
    """Waits until the *page* is drawn with its fonts. A page that asks its server every second may
    never be idle.
    """
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


@contextmanager
def opened(
    browser: Browser | BrowserContext, address: str, path: str, width: int = 1440
) -> Iterator[Visit]:
    """One visit for several tests that follow one another; nothing may have gone wrong at its
    end.
    """
    page = browser.new_page()
    visit = Visit(page, address, path, width=width)
    yield visit
    assert visit.wrong == []
    page.close()


class Visit:
    """A visit to the page at *path* of *address*; `wrong` collects what must not happen, `open`
    requests under way.
    """

    def __init__(
        self, page: Page, address: str, path: str = "", scheme: str = "light", width: int = 1440,
        motion: str = "reduce",
    ) -> None:  # fmt: skip
        self.page: Page = page
        self.wrong: list[str] = []
        self.open: list[PageRequest] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.open.append(request))
        page.on("requestfinished", self._close)
        page.on("requestfailed", self._close)
        page.on(
            "request",
            lambda each: self._note(each.url, not each.url.startswith((address, "data:", "blob:"))),
        )
        page.on("response", lambda response: self._note(response.url, response.status >= 400))
        page.on("console", lambda line: self._note(line.text, line.type in ("error", "warning")))
        page.on("pageerror", lambda error: self._note(str(error), True))
        page.emulate_media(
            color_scheme=scheme, reduced_motion=motion
        )  # where it is reduced nothing plays by itself
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)

    def _close(self, request: PageRequest) -> None:
        if request in self.open:  # else it was sent before this visit
            self.open.remove(request)

    def _note(self, what: str, matters: bool) -> None:
        if matters:
            self.wrong.append(what)

    def settle(self) -> None:
        """Waits until no request or animation is under way for half a second."""
        still = 0
        while still < 10:
            self.page.wait_for_timeout(50)
            still = still + 1 if not self.open and self.page.evaluate(STILL) else 0

    @property
    def query(self) -> str:
        """What stands in the address after the question mark."""
        return self.page.evaluate("decodeURIComponent(location.search.slice(1))")


class Gate:
    """Holds back what *page* asks for at addresses that match *pattern*, until it opens."""

    def __init__(self, page: Page, pattern: str | re.Pattern[str]) -> None:
        self._page, self._pattern = page, pattern
        self._routes: list[Route] = []
        self._is_open = False
        page.route(pattern, self._arrive)

    def _arrive(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._routes.append(route)

    def wait(self) -> None:
        """Waits for the first request, however busy the computer is."""
        until = time.monotonic() + PATIENCE / 1000
        while not self._routes:
            assert time.monotonic() < until, f"nothing was asked for at {self._pattern}"
            self._page.wait_for_timeout(20)

    def open(self) -> None:
        """Waits for the first request, then lets all through, now and later."""
        self.wait()
        self._is_open = True
        for route in self._routes:
            route.continue_()
