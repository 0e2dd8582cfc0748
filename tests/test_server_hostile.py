"""A server in a process of its own against 1,200 hostile requests of a generator that knows every
route.
"""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from ports import free_port
from test_routes import BESIDE, BODIES, DEEP, LINES, MARKUP, NUMBERS, PATHS, QUERIES, routes

pytestmark = pytest.mark.long

REQUESTS, AT_ONCE = 1200, 8
# Seconds without any answer that are called a hang: far more than a slow answer takes, or than the
# server waits for the rest of a request that never comes.
LONGEST = 90.0
STARTS = 120.0  # seconds that a server may take to simulate its first worlds
WAITRESS = [sys.executable, "-m", "dashboard.cli", "dashboard", "--public", "--port"]
GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "--workers",
    "2",
    "--threads",
    "32",
    "--no-control-socket",
    "dashboard.app:server(public=True)",
    "--bind",
]
METHODS = (
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "HEAD",
    "TRACE",
    "MADEUP",
    "get",
    "G\x00T",
)
GOOD_VIEWS = (
    "worlds=1",
    "worlds=2&lens=realist",
    "worlds=1&weights=draws",
    "worlds=1&branch=3:BRA:signs",
    "worlds=1&set=monitoring:0.4",
)
EXTRA_KEYS = ("set", "branch", "seed", "with", "round", "who", MARKUP)
HOSTS = ("evil.example", MARKUP, "", "localhost:x", "[::1", "a" * 5000)
NO_SITES = ("cross-site", "same-site", "none", "same-origin", "x" * 500, "")


@contextmanager
def process(command: list[str], root: object) -> Iterator[int]:
    """The port of a server that is started by *command*; it ends with the block."""
    port = free_port()
    where = f"127.0.0.1:{port}" if command[-1] == "--bind" else str(port)
    with subprocess.Popen([*command, where], cwd=root, stdout=subprocess.DEVNULL) as started:
        try:
            ends = time.monotonic() + STARTS
            while status_of(ask(port, request("GET", "/health"), 5.0)) != 200:
                assert time.monotonic() < ends, "the server never answered"
                assert started.poll() is None
                time.sleep(0.2)
            yield port
        finally:
            started.terminate()
            started.wait(30)


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A request as it goes over the wire, right or wrong."""
    given = {"Host": "localhost", "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    if body and "Transfer-Encoding" not in given and "Content-Length" not in given:
        given["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("utf-8", "surrogatepass") + body


def ask(port: int, sends: bytes, longest: float = LONGEST, number: int = 1) -> bytes | None:
    """What comes back to visitor *number* until the server closes the connection; None where it
    does not that soon.

    Visitors have addresses of their own where the system gives this computer more than one.
    """
    source = (f"127.0.0.{number}", 0) if sys.platform == "linux" else None
    parts: list[bytes] = []
    try:
        with socket.create_connection(
            ("127.0.0.1", port), timeout=longest, source_address=source
        ) as connection:
            connection.sendall(sends)
            connection.shutdown(socket.SHUT_WR) if sends.endswith(b"\x04") else None
            while part := connection.recv(65536):
                parts.append(part)
    except TimeoutError:
        return None
    except OSError:  # cut, which is an answer as well
        pass
    return b"".join(parts)


def status_of(answer: bytes | None) -> int | None:
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer or b"")
    return int(found[1]) if found else None


def hostile(paths: list[str], chance: random.Random) -> bytes:
    """One request: some address, known or made up, with something that is wrong about it."""
    path = chance.choice(paths)
    view = chance.choice(GOOD_VIEWS) + next(
        (query for part, query in BESIDE.items() if part in path), ""
    )
    headers = {"Sec_Fetch_Site": chance.choice(NO_SITES)} if chance.random() < 0.2 else {}
    ways: list[Callable[[], bytes]] = [
        lambda: request("GET", f"{path}?{encoded(chance.choice(QUERIES))}", **headers),
        lambda: request(
            "GET", f"{path}?{view}&{chance.choice(EXTRA_KEYS)}={quote(chance.choice(NUMBERS))}"
        ),
        lambda: request("GET", f"{path}?{view}&seed={chance.randrange(10**9)}", **headers),
        lambda: request("GET", encoded(chance.choice(PATHS))),
        lambda: request(chance.choice(METHODS), f"{path}?{view}"),
        lambda: request(
            "POST",
            chance.choice(("/data/jobs", "/data/jobs/0/leave", "/_dash-update-component", path)),
            chance.choice(BODIES),
            Content_Type=chance.choice(("application/json", "text/plain", "a/b;c")),
        ),
        lambda: request(
            "POST",
            "/data/jobs",
            chance.choice(CHUNKS),
            Content_Type="application/json",
            Transfer_Encoding="chunked",
        ),
        lambda: request(
            "POST", "/data/jobs", b"{}", Content_Type="application/json", Expect="100-continue"
        ),
        lambda: request("GET", path, Host=chance.choice(HOSTS)),
        lambda: request(
            "GET",
            path,
            X_Forwarded_For="1.2.3.4, " * 50,
            X_Forwarded_Host=MARKUP,
            X_Forwarded_Proto="a",
        ),
        lambda: request(
            "GET",
            path,
            Accept_Encoding=chance.choice(("br;q=x", "*" * 4000, "br, identity;q=0")),
            Range="bytes=0-,1-,2-",
            Cookie="a=" + "b" * 6000,
            If_None_Match=MARKUP,
        ),
        lambda: request(
            "GET", f"{path}?{view}", Content_Length=chance.choice(("-1", "1e9", "9" * 20, "0", "a"))
        ),
        lambda: chance.randbytes(chance.randrange(1, 400)) + b"\r\n\r\n\x04",
        lambda: (
            f"GET {path} HTTP/{chance.choice(('0.9', '1.0', '2', '9.9', 'x'))}\r\n\r\n".encode()
        ),
        lambda: request("GET", path, X_A=LINES, X_B="\x7f\x80"),
        lambda: request(
            "POST", "/_dash-update-component", DEEP.encode(), Content_Type="application/json"
        ),
    ]
    return chance.choice(ways)()


def encoded(text: str) -> str:
    """*text* without what ends a request line; the rest goes out as it is."""
    return text.replace(" ", "%20").replace("\r", "%0D").replace("\n", "%0A")


CHUNKS = (
    b"zz\r\n{}\r\n0\r\n\r\n",
    b"-1\r\n{}\r\n0\r\n\r\n",
    b"2\r\n{}xx0\r\n\r\n",
    b"ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    b"2;a=b;\x00\r\n{}\r\n0\r\n\r\n",
    b"2\r\n{}\r\n0\r\n\r\n",
    b"2\r\n{}\r\n0\r\nA: b\r\n\r\n",
)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that ends another process alone")
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(WAITRESS, id="waitress"),
        pytest.param(GUNICORN, id="gunicorn", marks=pytest.mark.release),
    ],
)
def test_no_hostile_request_is_an_error_of_the_server_or_holds_it_up(client, root, command):
    paths, chance = routes(client), random.Random(20181112)
    requests = [hostile(paths, chance) for _ in range(REQUESTS)]
    statuses: Counter[int | None] = Counter()
    wrong: list[tuple[bytes, bytes | None]] = []
    queue, longest = iter(requests), [0.0]
    lock = threading.Lock()

    def go_on(port: int, number: int) -> None:
        while True:
            with lock:
                sends = next(queue, None)
            if sends is None:
                return
            begun = time.monotonic()
            answer = ask(port, sends, number=number)
            longest.append(time.monotonic() - begun)
            status = status_of(answer)
            with lock:
                statuses[status] += 1
                if answer is None or (
                    status is not None and status >= 500 and status not in (501, 503, 505)
                ):
                    wrong.append((sends[:300], answer and answer[:300]))

    with process(command, root) as port:
        going = [
            threading.Thread(target=go_on, args=[port, 2 + number]) for number in range(AT_ONCE)
        ]
        for one in going:
            one.start()
        for one in going:
            one.join()
        assert status_of(ask(port, request("GET", "/data/people"))) == 200  # it is well afterwards
    print(f"{dict(statuses)}; the slowest answer took {max(longest):.1f} s")  # with -s
    assert wrong == []
    assert sum(statuses.values()) == REQUESTS
    assert statuses[200] > 50
    assert statuses[400] > 200
