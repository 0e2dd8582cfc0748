"""What others wait for while one visitor takes all they can: a benchmark of the server, alone or
behind a proxy.

    python -m benchmarks.hostile                          the server of `parley dashboard --public`
    python -m benchmarks.hostile --at http://127.0.0.1:8050/ --attack connections

Visitors come from several addresses of this computer (127.0.0.1, 127.0.0.2, ...). What is printed
are seconds and statuses by who asked what.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import multiprocessing
import os
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from benchmarks.serving import served

ATTACKER, VICTIM = "127.0.0.2", "127.0.0.3"
SECONDS, PARALLEL = 60.0, 64
# Of the quick line: as many worlds and views as a public server computes, each with all its
# branches and draws.
BRANCHES = (
    "&branch=1:monitoring:0.9&branch=2:sanctions:0.9&branch=3:BRA:signs&branch=4:KEN:stays-out"
)
WITH = "&with=lens%3Drealist&with=lens%3Dnull&with=seed%3D2"
DEAR = "/data/compare?worlds=100&weights=draws&seed={}" + BRANCHES + WITH
LONGEST_WAIT = 60.0  # of a visitor here, seconds


@dataclass
class Heard:
    """Seconds of answers and their statuses, by kind of question."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, status: object) -> None:
        """One answer."""
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            self.statuses.setdefault(kind, Counter())[str(status)] += 1

    def lines(self) -> Iterator[str]:
        """A line for each kind."""
        for kind, times in self.seconds.items():
            ordered = sorted(times)
            at = [
                ordered[min(len(ordered) - 1, int(share * len(ordered)))]
                for share in (0.5, 0.95, 1.0)
            ]
            counts = ", ".join(
                f"{status}: {count}" for status, count in sorted(self.statuses[kind].items())
            )
            seconds = f"median {at[0]:6.3f}   p95 {at[1]:6.3f}   slowest {at[2]:6.2f} s"
            yield f"{kind:28}{len(times):7d}   {seconds}   {counts}"


def ask(server: str, path: str, source: str, kind: str, heard: Heard) -> str:
    """Asks once on a connection of its own, and notes it; the status."""
    begun, status = time.monotonic(), "no answer"
    host, port = server.split(":")
    connection = http.client.HTTPConnection(
        host, int(port), timeout=LONGEST_WAIT, source_address=(source, 0)
    )
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        status = str(answer.status)
    except (OSError, http.client.HTTPException) as problem:
        status = type(problem).__name__
    finally:
        connection.close()
    heard.note(kind, time.monotonic() - begun, status)
    return status


def attack_by_questions(
    server: str, until: float, heard: Heard, parallel: int = PARALLEL
) -> list[threading.Thread]:
    """One address with *parallel* fresh questions of the dearest kind at any time."""
    numbers = itertools.count(1_000)

    def go_on() -> None:
        while time.monotonic() < until:
            if (
                ask(server, DEAR.format(next(numbers)), ATTACKER, "attacker, dear questions", heard)
                != "200"
            ):
                time.sleep(0.1)

    return [threading.Thread(target=go_on, daemon=True) for _ in range(parallel)]


def attack_by_connections(server: str, until: float, heard: Heard) -> list[threading.Thread]:
    """110 connections that drip a byte a second, 200 that are silent, 20 that read nothing of 20
    large answers.
    """
    host, port = server.split(":")
    file = "/_dash-component-suites/plotly/package_data/plotly.min.js"
    files = f"GET {file} HTTP/1.1\r\nHost: {server}\r\n\r\n".encode()

    def connected() -> socket.socket:
        return socket.create_connection((host, int(port)), timeout=5, source_address=(ATTACKER, 0))

    def again(work: Callable[[socket.socket], None]) -> None:
        while (begun := time.monotonic()) < until:
            with suppress(OSError), connected() as one:
                work(one)
            kind = f"attacker, {work.__name__.replace('_', ' ')}"
            heard.note(
                kind,
                time.monotonic() - begun,
                "cut" if time.monotonic() < until else "held to the end",
            )
            time.sleep(0.5)

    def drip(one: socket.socket) -> None:
        one.sendall(b"GET / HTTP/1.1\r\nHost: " + server.encode() + b"\r\nX-A: ")
        while time.monotonic() < until:
            one.sendall(b"a")
            time.sleep(1)

    def stay_silent(one: socket.socket) -> None:
        one.settimeout(max(0.1, until - time.monotonic()))
        one.recv(1)

    def read_nothing(one: socket.socket) -> None:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(files * 20)
        while time.monotonic() < until:
            time.sleep(1)
            one.sendall(b"")
            one.getpeername()

    ways = (
        *itertools.repeat(drip, 110),
        *itertools.repeat(stay_silent, 200),
        *itertools.repeat(read_nothing, 20),
    )
    return [threading.Thread(target=again, args=[way], daemon=True) for way in ways]


ATTACKS = {"questions": attack_by_questions, "connections": attack_by_connections}


def attack(kind: str, server: str, seconds: float, said: Connection) -> None:
    """The attack by *kind*, in a process that leaves the processor to the server, as one far away
    would.
    """
    os.nice(19)
    heard = Heard()
    going = ATTACKS[kind](server, time.monotonic() + seconds, heard)
    for one in going:
        one.start()
    for one in going:
        one.join(LONGEST_WAIT + seconds)
    said.send((heard.seconds, heard.statuses))


def others(server: str, until: float, heard: Heard) -> list[threading.Thread]:
    """Visitors of other addresses: for /health, a file, a kept answer and a fresh one, each again
    and again.
    """

    def go_on(kind: str, path: Callable[[], str], every: float, source: str) -> None:
        while time.monotonic() < until:
            begun = time.monotonic()
            ask(server, path(), source, kind, heard)
            time.sleep(max(0.0, begun + every - time.monotonic()))

    seeds = itertools.count(random.randrange(10**9))  # which no other run has asked for
    kinds: tuple[tuple[str, Callable[[], str], float], ...] = (
        ("others, /health", lambda: "/health", 0.2),
        ("others, a file", lambda: "/assets/parley.css", 0.2),
        ("others, a kept answer", lambda: "/data/run", 0.2),
        ("others, a fresh answer", lambda: f"/data/run?worlds=20&seed={next(seeds)}", 2.0),
    )
    return [threading.Thread(target=go_on, args=[*one, VICTIM], daemon=True) for one in kinds]


def load() -> str:
    """How busy this computer is."""
    return (
        ", ".join(f"{one:.1f}" for one in os.getloadavg())
        if hasattr(os, "getloadavg")
        else "unknown"
    )


def measured(address: str, kind: str, seconds: float) -> Heard:
    """What everybody heard at *address* during an attack by *kind*, or without one where it is
    empty.
    """
    server, heard = urlsplit(address).netloc, Heard()
    ask(server, "/data/run", VICTIM, "first", Heard())
    hears, said = multiprocessing.Pipe(duplex=False)
    attacker = multiprocessing.Process(
        target=attack, args=(kind, server, seconds, said), daemon=True
    )
    if kind:
        attacker.start()
        time.sleep(2)  # the attack is under way
    going = others(server, time.monotonic() + seconds - 4, heard)
    for one in going:
        one.start()
    for one in going:
        one.join(LONGEST_WAIT + seconds)
    if kind and hears.poll(LONGEST_WAIT + seconds):
        times, statuses = hears.recv()
        heard.seconds |= times
        heard.statuses |= statuses
    return heard


def main() -> None:
    """Serves, or takes the server that is named, and says what was heard."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument(
        "--at", default="", help="the address of a server of one's own, on this computer"
    )
    asked.add_argument("--attack", choices=[*ATTACKS, ""], default="questions")
    asked.add_argument("--seconds", type=float, default=SECONDS)
    given = asked.parse_args()

    def report(address: str) -> None:
        print(f"load before: {load()}")
        for line in measured(address, given.attack, given.seconds).lines():
            print(line)
        print(f"load after: {load()}")

    if given.at:
        return report(given.at)
    with served("--public") as (address, _):
        report(address)
    return None


if __name__ == "__main__":
    main()
