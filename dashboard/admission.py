"""What is asked of a request before any route: whom it is meant for, who sends it, how much it
asks, and whether its address has a place left for one more question that is new here.
"""

from __future__ import annotations

import re
import threading
from ipaddress import ip_address

import flask
from cachetools import LRUCache, TTLCache
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.limits import Limits, problem_of
from dashboard.requests import (
    BusyError,
    address,
    is_from_another_site,
    query,
    refusal,
    release,
    was_refused,
)
from dashboard.turns import BUSY_WITH_YOURS, Line

DATA, BRIEF, JOBS = "/data/", "/brief", "/data/jobs"  # the first two have views in their queries
MOST_NOTED = 1000  # questions that were answered, addresses that were refused
# seconds after a refusal in which its address has no question read; whoever was refused waits for
# longer
PAUSE = 0.3
LOOPBACK = "localhost, 127.0.0.1 or [::1]"
OTHER_SITE = "the pages of another site may ask for nothing here; open Parley itself"


def register(server: flask.Flask, limits: Limits) -> None:
    """Holds *server* to the *limits*."""
    server.config.update(LIMITS=limits, MAX_CONTENT_LENGTH=limits.body)
    if limits.proxies:
        count = limits.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    line = Line(limits.new)
    given: LRUCache[str, None] = LRUCache(MOST_NOTED)
    refused: TTLCache[str, None] = TTLCache(MOST_NOTED, PAUSE)
    noting = threading.Lock()

    @server.before_request
    def check() -> flask.Response | None:
        request = flask.request
        host = request.headers.get("Host")
        if limits.own and host is not None and not is_loopback(host):
            # Another site's name can be made to lead here, and its pages would then read and ask as
            # this one's do.
            return refusal(
                f"the host: it is {host[:100]!r}, expected {LOOPBACK}; --public serves others", 403
            )
        length = request.content_length or 0
        if length > limits.body:
            return refusal(
                f"the request: it has {length} bytes, expected at most {limits.body}", 413
            )
        if not request.path.startswith((DATA, BRIEF)):
            return None
        if is_from_another_site() and not _opens_a_brief(request):
            return refusal(OTHER_SITE, 403)
        problem = problem_of(query(), limits)
        if problem:
            return refusal(problem, 400)
        # Reading a question takes some milliseconds, which many can take from others as well.
        if not request.path.startswith(JOBS) and request.full_path not in given:
            if address() in refused:
                raise BusyError(BUSY_WITH_YOURS, limits.new.retry_after)
            with line.place():
                pass
        return None

    @server.after_request
    def note(response: flask.Response) -> flask.Response:
        with noting:
            if response.status_code == 200 and flask.request.path.startswith((DATA, BRIEF)):
                given[flask.request.full_path] = None
            if was_refused():
                refused[address()] = None
        return response

    @server.teardown_request
    def end(_: BaseException | None) -> None:
        release()


def is_loopback(host: str) -> bool:
    """Whether *host*, with or without a port, is a name of this computer for itself."""
    name = host.rpartition(":")[0] if re.search(r":\d*$", host) else host
    try:
        return (
            name.lower() == "localhost"
            or ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
        )
    except ValueError:
        return False


def _opens_a_brief(request: flask.Request) -> bool:
    """Whether a link of any site leads somebody to a brief, which is a page and may be sent on."""
    opens_a_page = request.headers.get("Sec-Fetch-Mode") == "navigate"
    return (
        request.path == BRIEF
        and opens_a_page
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )
