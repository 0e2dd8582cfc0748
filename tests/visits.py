"""The server at work, a page of it in a real browser, and whatever went wrong there or left the host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Page
from playwright.sync_api import Request as Asked


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Where *app* is served meanwhile, by the server that `parley dashboard` uses."""
    from dashboard.app import http_server

    server = http_server(app.server, host="127.0.0.1", port=0)

    def serve() -> None:
        with suppress(OSError):  # closing shuts the socket under the loop that waits on it
            server.run()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


def answer(address: str, path: str = "", encoding: str = "identity") -> HTTPResponse:
    """What the server answers to a request for *path*."""
    return urlopen(Request(address + path, headers={"Accept-Encoding": encoding}), timeout=60)


class Visit:
    """A visit to the page at *path* of *address*; `wrong` collects what must not happen, `asked` what is unanswered."""

    def __init__(self, page: Page, address: str, path: str = "", scheme: str = "light", width: int = 1440) -> None:
        self.page: Page = page
        self.wrong: list[str] = []
        self.asked: list[Asked] = []
        page.on("request", lambda asked: self.asked.append(asked))
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)
        page.on("request", lambda asked: self._note(asked.url, not asked.url.startswith((address, "data:", "blob:"))))
        page.on("response", lambda given: self._note(given.url, given.status >= 400))
        page.on("console", lambda said: self._note(said.text, said.type in ("error", "warning")))
        page.on("pageerror", lambda error: self._note(str(error), True))
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)

    def _answered(self, asked: Asked) -> None:
        if asked in self.asked:  # else it was asked before this visit
            self.asked.remove(asked)

    def _note(self, what: str, matters: bool) -> None:
        if matters:
            self.wrong.append(what)

    @property
    def query(self) -> str:
        """What stands in the address after the question mark."""
        return self.page.evaluate("decodeURIComponent(location.search.slice(1))")

    def focus(self) -> str:
        """What has the keyboard's focus: its label, its identifier or its text."""
        return self.page.evaluate(
            "document.activeElement.ariaLabel || document.activeElement.id || document.activeElement.textContent"
        )
