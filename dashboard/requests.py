"""A request and its answer: the query as it was sent, whose it is, the forms of an answer, whether
its visitor waits.

A browser closes the connection when a newer question replaces an older one, or when its page is
closed. Work for such a request ends, as does work beyond the server's limit of time.
"""

from __future__ import annotations

import json
import math
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

import flask
from werkzeug.exceptions import BadRequest, HTTPException

CACHE_CONTROL = "private, max-age=600"
LONGEST_SILENCE = 5.0  # seconds within a body
JSON, CSV = "application/json", "text/csv"


class GoneError(Exception):
    """The visitor has closed the connection."""


class BusyError(Exception):
    """Too many requests wait, or the work takes too long; the text says which.

    `retry_after` are seconds after which asking again may help; None where it does not.
    """

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def query() -> str:
    """The query of this request. Characters beyond ASCII are replaced, so that whoever reads the
    query refuses them.
    """
    return flask.request.query_string.decode("ascii", "replace")


def address() -> str:
    """Whom this request counts for: its IP address, or the network of 64 bits in which one has any
    number of addresses.

    Behind proxies the server has to be told of them (`Limits.proxies`), else all visitors are one.
    Empty outside of a request.
    """
    sender = flask.request.remote_addr if flask.has_request_context() else None
    try:
        parsed = ip_address(sender or "")
    except ValueError:
        return sender or ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), 64), strict=False).network_address)


def is_from_another_site() -> bool:
    """Whether the page of another site may have sent this request; False for what is no browser."""
    request = flask.request
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:  # newer browsers say it, whatever a proxy between has made of the host
        is_typed = site == "none" and request.method in ("GET", "HEAD")  # or a bookmark
        return site != "same-origin" and not is_typed
    return origin not in (None, f"http://{request.host}", f"https://{request.host}")


@contextmanager
def hold(key: object, enter: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """What *enter* opens, once for each *key* and until this request ends; outside of a request,
    until the block ends.

    It is closed by `release`.
    """
    if not flask.has_request_context():
        with enter():
            yield
        return
    held: dict[int, ExitStack] = flask.g.setdefault("held", {})
    if id(key) not in held:
        with ExitStack() as stack:
            stack.enter_context(enter())
            held[id(key)] = stack.pop_all()
    yield


def note_refusal() -> None:
    """Notes that a line has no place for one more request of this one's address."""
    if flask.has_request_context():
        flask.g.refused = True


def was_refused() -> bool:
    """Whether a line had no place for one more request of this one's address."""
    return bool(flask.g.get("refused", False))


def release() -> None:
    """Ends all that this request holds."""
    for stack in flask.g.pop("held", {}).values():
        stack.close()


def body() -> bytes:
    """The body of this request; BadRequest where it cannot be read to its end,
    RequestEntityTooLarge where too long.
    """
    # waitress has the whole body before it begins; gunicorn's thread would wait for ever for one
    # that never comes.
    connection: socket.socket | None = flask.request.environ.get("gunicorn.socket")
    if connection is not None:
        connection.settimeout(LONGEST_SILENCE)
    try:
        return flask.request.get_data()
    except HTTPException:
        raise
    except Exception as problem:  # each server has exceptions of its own for a chunk that is none
        raise BadRequest from problem
    finally:
        if connection is not None:
            connection.settimeout(None)


def reply(content: bytes | str, mimetype: str = JSON, file: str = "") -> flask.Response:
    """An answer that the browser may keep for ten minutes; with a *file* name, the download
    parley-*file*.
    """
    response = flask.Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = CACHE_CONTROL
    if file:
        response.headers["Content-Disposition"] = f"attachment; filename=parley-{file}"
    return response


def refusal(message: str, status: int) -> flask.Response:
    """An answer with that HTTP *status* and one sentence as JSON."""
    return flask.Response(json.dumps({"message": message}), status=status, mimetype=JSON)


def has_gone() -> bool:
    """Whether the visitor has closed the connection; False where the server cannot tell."""
    return gone_check()()


def gone_check() -> Callable[[], bool]:
    """A function that says of this request, from any thread, whether its visitor has closed the
    connection.
    """
    environ = flask.request.environ if flask.has_request_context() else {}
    if "waitress.client_disconnected" in environ:
        return lambda: bool(environ["waitress.client_disconnected"]())
    if "gunicorn.socket" in environ:
        return lambda: _is_closed(environ["gunicorn.socket"])
    return lambda: False


def _is_closed(connection: socket.socket) -> bool:
    """Whether the other side has closed *connection*; nothing is read from it."""
    try:
        return connection.recv(1, socket.MSG_PEEK | getattr(socket, "MSG_DONTWAIT", 0)) == b""
    except (BlockingIOError, InterruptedError, ValueError):
        return False
    except OSError:
        return True


def begin_work() -> None:
    """Starts the clock of this request's work, which the server's limit ends."""
    if flask.has_request_context():
        flask.g.work_ends = time.monotonic() + flask.current_app.config["LIMITS"].work


def go_on(done: int = 0, total: int = 0) -> None:
    """Ends long work by GoneError or BusyError where it serves nobody. It has the form of sim's
    reports of progress.
    """
    if has_gone():
        raise GoneError
    if flask.has_request_context() and time.monotonic() > flask.g.get("work_ends", math.inf):
        raise BusyError("this question takes too long here; ask for fewer worlds or views")
