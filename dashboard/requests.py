"""How a route answers: kept by the browser for a while, as a file where it has a name; and whether the visitor who
asked is still there: nobody computes for somebody who has gone, or for ever.

A question that makes no sense is an InputError, whoever finds it; dashboard/errors.py makes one sentence of it. A
browser that calls a question off, as it does when a newer one takes its place, hangs up; so does one that is closed.
"""

from __future__ import annotations

import math
import socket
import time

import flask

KEPT = "private, max-age=600"
JSON, CSV = "application/json", "text/csv"


def query() -> str:
    """The query of this request as it was sent; what is not ASCII is replaced, and then refused by whoever reads it."""
    return flask.request.query_string.decode("ascii", "replace")


def reply(content: bytes | str, mimetype: str = JSON, file: str = "") -> flask.Response:
    """*content*, to be saved as parley-*file* where it has a name."""
    response = flask.Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = KEPT
    if file:
        response.headers["Content-Disposition"] = f"attachment; filename=parley-{file}"
    return response


class GoneError(Exception):
    """Nobody waits for this answer any more."""


class BusyError(Exception):
    """Too many others are asking, or the question takes too long here; its text says which."""


def has_gone() -> bool:
    """Whether the browser that asked has hung up; where the server cannot tell, it is taken to be there."""
    if not flask.has_request_context():
        return False
    said = flask.request.environ
    if "waitress.client_disconnected" in said:
        return bool(said["waitress.client_disconnected"]())
    if "gunicorn.socket" in said:
        return _hung_up(said["gunicorn.socket"])
    return False


def _hung_up(connection: socket.socket) -> bool:
    """Whether the other side has closed *connection*, of which nothing is read."""
    try:
        return connection.recv(1, socket.MSG_PEEK | getattr(socket, "MSG_DONTWAIT", 0)) == b""
    except (BlockingIOError, InterruptedError, ValueError):
        return False
    except OSError:
        return True


def begin_work() -> None:
    """The work on this request's answer begins now, and ends within the server's bounds."""
    if flask.has_request_context():
        flask.g.work_ends = time.monotonic() + flask.current_app.config["BOUNDS"].work


def go_on(done: int = 0, total: int = 0) -> None:
    """To be called now and then during long work, as sim's reports of progress are: ends it where it serves nobody."""
    if has_gone():
        raise GoneError
    if flask.has_request_context() and time.monotonic() > flask.g.get("work_ends", math.inf):
        raise BusyError("this question takes too long here; ask for fewer worlds or views")


