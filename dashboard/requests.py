"""A request and its answer: the query as it was sent, the forms of an answer, and whether its visitor still waits.

A browser closes the connection when a newer question replaces an older one, or when its page is closed. Work for such a
request ends, as does work beyond the server's limit of time.
"""

from __future__ import annotations

import json
import math
import socket
import time

import flask

CACHE_CONTROL = "private, max-age=600"
JSON, CSV = "application/json", "text/csv"


class GoneError(Exception):
    """The visitor has closed the connection."""


class BusyError(Exception):
    """Too many requests wait, or the work takes too long; the text says which."""


def query() -> str:
    """The query of this request. Characters beyond ASCII are replaced, so that whoever reads the query refuses them."""
    return flask.request.query_string.decode("ascii", "replace")


def reply(content: bytes | str, mimetype: str = JSON, file: str = "") -> flask.Response:
    """An answer that the browser may keep for ten minutes; with a *file* name, the download parley-*file*."""
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
    if not flask.has_request_context():
        return False
    environ = flask.request.environ
    if "waitress.client_disconnected" in environ:
        return bool(environ["waitress.client_disconnected"]())
    if "gunicorn.socket" in environ:
        return _is_closed(environ["gunicorn.socket"])
    return False


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
    """Ends long work by GoneError or BusyError where it serves nobody. It has the form of sim's reports of progress."""
    if has_gone():
        raise GoneError
    if flask.has_request_context() and time.monotonic() > flask.g.get("work_ends", math.inf):
        raise BusyError("this question takes too long here; ask for fewer worlds or views")
