"""Connections of the server itself: what drips, is silent, is not read or sends ahead is cut and
holds no thread; what is broken gets an answer.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest

from dashboard import connections
from dashboard.app import create_app
from dashboard.connections import (
    LONGEST_REQUEST,
    LONGEST_SENDING,
    MOST_AHEAD,
    http_server,
    maintain,
)
from dashboard.limits import PUBLIC, Limits

SOON = 60
JOBS = b"POST /data/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
CHUNKED = JOBS + b"Transfer-Encoding: chunked\r\n\r\n"
LARGE = b"0" * 8_000_000  # more than the system takes of an answer that nobody reads


@dataclass
class Served:
    """A public server, its address, and connections to it."""

    server: Any
    port: int

    def connect(self, sends: bytes = b"") -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=SOON)
        connection.sendall(sends)
        return connection

    def get(self, path: str = "/health", **headers: str) -> bytes:
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode()

    def channels(self) -> list[Any]:
        return list(self.server.active_channels.values())

    def after(self, seconds: float) -> None:
        """What the server does to its connections so much later; twice, as what is new then counts
        from then on.
        """
        maintain(self.server, time.time())
        maintain(self.server, time.time() + seconds)


@pytest.fixture
def served() -> Iterator[Callable[..., Served]]:
    servers: list[Any] = []

    def start(limits: Limits = PUBLIC, long: Callable[[], str] = str) -> Served:
        app = create_app(limits).server
        app.add_url_rule("/large", "large", lambda: LARGE)
        app.add_url_rule("/long", "long", long)
        server = http_server(app, host="127.0.0.1", port=0)
        servers.append(server)

        def serve() -> None:
            with suppress(OSError):
                server.run()

        threading.Thread(target=serve, daemon=True).start()
        return Served(server, int(server.effective_port))

    yield start
    for server in servers:
        server.close()


def rest_of(connection: socket.socket) -> bytes:
    """All that comes until the connection is closed."""
    parts = []
    with suppress(ConnectionError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def until(holds: Callable[[], Any]) -> None:
    for _ in range(SOON * 100):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to that")


@pytest.mark.parametrize(
    "begins",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a",
        b"POST /data/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na",
    ],
)
def test_a_request_that_drips_in_is_cut_after_a_while_and_not_before(served, begins):
    one = served()
    with one.connect(begins) as connection:
        until(lambda: one.channels() and one.channels()[0].request is not None)
        one.after(LONGEST_REQUEST - 1)
        assert not rest_was_sent(connection)
        connection.sendall(b"a")  # a byte now and then changes nothing
        one.after(LONGEST_REQUEST + 1)
        assert rest_of(connection) == b""
    until(lambda: not one.channels())


def rest_was_sent(connection: socket.socket) -> bool:
    """Whether anything has come, an end as well."""
    connection.settimeout(0.3)
    try:
        connection.recv(1, socket.MSG_PEEK)
    except TimeoutError:
        return False
    finally:
        connection.settimeout(SOON)
    return True


def test_a_silent_connection_is_cut(served):
    one = served()
    with one.connect() as connection:
        until(one.channels)
        one.after(PUBLIC.idle - 1)
        assert not rest_was_sent(connection)
        one.after(PUBLIC.idle + 1)
        assert rest_of(connection) == b""


def test_a_request_that_is_computed_is_not_cut_however_long_that_takes(served):
    begun, end = threading.Event(), threading.Event()
    one = served(long=lambda: begun.set() or str(end.wait(SOON)))
    with one.connect(one.get("/long", Connection="close")) as connection:
        assert begun.wait(SOON)
        one.after(1000)
        end.set()
        assert rest_of(connection).endswith(b"True")


@pytest.mark.long
@pytest.mark.parametrize("seconds", [PUBLIC.idle + 1, LONGEST_SENDING + 1])
def test_an_answer_that_nobody_reads_holds_no_thread_and_is_cut(served, seconds):
    one = served()
    unread = [one.connect(one.get("/large")) for _ in range(connections.THREADS + 4)]
    until(lambda: len([each for each in one.channels() if each.total_outbufs_len]) == len(unread))
    with one.connect(
        one.get(Connection="close")
    ) as connection:  # more are unread than there are threads
        assert rest_of(connection).endswith(b"OK")
    one.after(seconds)
    until(lambda: not one.channels())
    for connection in unread:
        assert len(rest_of(connection)) < len(LARGE)
        connection.close()


def test_who_sends_many_requests_ahead_is_cut_and_who_sends_two_is_answered(served):
    one = served()
    with one.connect(one.get() * 2) as connection:
        until(lambda: len(re.findall(b"200 OK", connection.recv(65536, socket.MSG_PEEK))) == 2)
    with one.connect(one.get("/large") * (MOST_AHEAD + 16)) as connection:
        assert len(rest_of(connection)) < (MOST_AHEAD + 1) * len(LARGE)


@pytest.mark.parametrize(("proxies", "stay"), [(0, 3), (1, 5)])
def test_one_address_has_a_bounded_number_of_connections_unless_it_is_a_proxy(
    served, proxies, stay
):
    one = served(replace(PUBLIC, connections_each=3, proxies=proxies))
    opened = [one.connect() for _ in range(5)]
    until(lambda: len(one.channels()) == stay)
    for connection in opened[:3]:
        assert not rest_was_sent(connection)
    for connection in opened[stay:]:
        assert rest_of(connection) == b""
    for connection in opened:
        connection.close()


def test_a_client_that_waits_for_a_hundred_is_told_to_go_on(served):
    one = served()
    with one.connect(
        JOBS + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
    ) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(b"{}")
        assert rest_of(connection).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "chunk",
    [
        b"zz\r\n{}\r\n0\r\n\r\n",
        b"-1\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}xx0\r\n\r\n",
        b"2;\x00\r\n{}\r\n0\r\n\r\n",
        b"\r\n" * 3 + b"g\r\n",
    ],
)
def test_a_malformed_chunk_is_a_bad_request(served, chunk):
    one = served()
    with one.connect(CHUNKED + chunk) as connection:
        assert rest_of(connection).startswith(b"HTTP/1.1 400 ")
    with one.connect(
        CHUNKED.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"2\r\n{}\r\n0\r\n\r\n"
    ) as connection:
        assert b"expected a text for each" in rest_of(connection)


def test_a_body_that_breaks_off_under_another_server_is_a_bad_request():
    class Broken:
        def read(self, *_: Any) -> bytes:
            raise OSError("a chunk that is none")  # as gunicorn does

        readline = read

    client = create_app(PUBLIC).server.test_client()
    for path in ("/data/jobs", "/data/jobs/0/leave", "/_dash-update-component"):
        response = client.post(
            path,
            content_type="application/json",
            environ_overrides={"wsgi.input": Broken(), "wsgi.input_terminated": True},
        )
        assert response.status_code == 400


@pytest.mark.parametrize(
    ("sends", "status"),
    [
        (JOBS + b"Content-Length: 99999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 99_999 + b"\r\n\r\n", b"431"),
        (CHUNKED + b"zz\r\n", b"400"),
    ],
)
def test_what_the_server_refuses_by_itself_has_the_headers_of_all_answers(served, sends, status):
    one = served()
    with one.connect(one.get(Connection="close")) as connection:
        usual = headers_of(rest_of(connection))
    with one.connect(sends) as connection:
        answer = rest_of(connection)
    assert answer.partition(b" ")[2].startswith(status)
    of_all = {name for name in usual if name.startswith((b"X-", b"Cross-", b"Content-Security"))}
    assert {b"X-Content-Type-Options", b"Content-Security-Policy"} <= of_all
    refused = headers_of(answer)
    assert {name: refused.get(name) for name in of_all} == {name: usual[name] for name in of_all}


def headers_of(answer: bytes) -> dict[bytes, bytes]:
    """The headers of an *answer*, by name."""
    lines = answer.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    return {name: value for name, _, value in (line.partition(b": ") for line in lines)}
