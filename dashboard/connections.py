"""The web server of `parley dashboard`: waitress, with bounds that it lacks on slow, silent and
many connections.

A thread of the server works only while an answer is computed. So what drips in, is not read or is
silent costs a connection and no thread, for a bounded time, and one address has a bounded number of
connections.
"""

from __future__ import annotations

import logging
import socket
import time
from contextlib import suppress
from typing import Any

import flask
import waitress
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from dashboard.limits import Limits

THREADS = 32  # of which questions that are computed or wait hold at most 26 (dashboard/limits.py)
MOST_AHEAD = (
    4  # requests on one connection whose answers are not sent yet; browsers wait for each answer
)
LONGEST_REQUEST, LONGEST_SENDING = 20.0, 120.0  # seconds from the first byte to the last
OFTEN = 5  # seconds between two looks at all connections
# Bytes of answers not sent yet beyond which a thread would wait for the reader: more than
# MOST_AHEAD can be.
NEVER_FULL = 256 * 1024 * 1024


def http_server(app: flask.Flask, **where: Any) -> Any:
    """The server of `parley dashboard`, for *app*, at one address in the words of waitress."""
    limits: Limits = app.config["LIMITS"]
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue of requests is no news
    server = waitress.create_server(
        app,
        **where,
        threads=THREADS,
        ident="Parley",
        channel_request_lookahead=1,  # to notice a browser that hangs up
        connection_limit=limits.connections,
        channel_timeout=limits.idle,
        cleanup_interval=OFTEN,
        outbuf_high_watermark=NEVER_FULL,
        max_request_body_size=limits.body,
        max_request_header_size=2 * (limits.query + 8192),
        asyncore_use_poll=True,  # select() ends the server at a file number beyond 1023
        # else admission.py reads as many as there are proxies
        clear_untrusted_proxy_headers=not limits.proxies,
    )
    server.channel_class = Connection
    server.headers = app.config["HEADERS"]
    server.maintenance = lambda now: maintain(server, now)
    server.connections_each = None if limits.proxies else limits.connections_each
    return server


class Refusal(ErrorTask):
    """The answer of the server itself to a request that no route sees, such as one that is too
    large, with the headers of all other answers.
    """

    def execute(self) -> None:
        """Answers, as waitress does."""
        self.response_headers += self.channel.server.headers.items()
        super().execute()


class Connection(HTTPChannel):
    """One connection; refused where its address has as many as it may, and cut where it sends too
    far ahead.
    """

    error_task_class = Refusal
    unfinished: object = None  # a request that has begun, or SENDING; None where nothing is
    since = 0.0

    def __init__(
        self, server: Any, sock: socket.socket, addr: Any, *arguments: Any, **more: Any
    ) -> None:
        super().__init__(server, sock, addr, *arguments, **more)
        of_theirs = sum(other.addr[0] == addr[0] for other in server.active_channels.values())
        if server.connections_each is not None and of_theirs > server.connections_each:
            self.cut()

    def received(self, data: bytes) -> bool:
        """Takes in what has come, as waitress does."""
        taken: bool = super().received(data)
        if len(self.requests) > MOST_AHEAD:
            self.cut()
        return taken

    def cut(self) -> None:
        """Ends the connection, whatever is under way; the loop of the server then closes it."""
        with suppress(OSError):  # the other side was quicker
            self.socket.shutdown(socket.SHUT_RDWR)


SENDING = object()


def maintain(server: Any, now: float | None = None) -> None:
    """Cuts the connections that have been silent, or at one request or answer, for too long."""
    now = time.time() if now is None else now
    for connection in list(server.active_channels.values()):
        under_way = connection.request or (SENDING if connection.total_outbufs_len else None)
        if under_way is not connection.unfinished:
            connection.unfinished, connection.since = under_way, now
        computed = (
            connection.requests and under_way is not SENDING
        )  # which may take as long as the limits allow
        silent = not computed and now - connection.last_activity > server.adj.channel_timeout
        longest = LONGEST_SENDING if under_way is SENDING else LONGEST_REQUEST
        if silent or (under_way is not None and not computed and now - connection.since > longest):
            connection.cut()
