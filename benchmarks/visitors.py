"""Many visitors at once on one process: each moves a dial every few seconds and checks that the
answer is its own.

    python -m benchmarks.visitors --visitors 30 --seconds 120
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from benchmarks.serving import judged, megabytes, processor_seconds, served
from dashboard.view import view_of

BAR = 1.0  # seconds in which 95 of 100 changed views are answered
WORLDS, EVERY = 20, 5.0
TRIES, LONGEST_PAUSE = 8, 20.0  # as in dashboard/assets/aa-dom.js; seconds
# Whether a dial moves the curves or not, its world has to be simulated.
DIALS = (
    "monitoring",
    "sanctions",
    "attribution_quality",
    "temptation",
    "baseline_share",
    "attention_scale",
)


@dataclass
class Heard:
    """What the visitors heard."""

    seconds: list[float] = field(default_factory=list)
    refusals: list[str] = field(
        default_factory=list
    )  # for now: the visitor asks again, as the pages do
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    medians: dict[str, list[float]] = field(default_factory=dict)


def visit(address: str, number: int, until: float, every: float, worlds: int, heard: Heard) -> None:
    """One visitor, with a seed and, where the system has them, an address of its own: a dial, an
    answer, a look whether it is the one asked for, a pause.
    """
    chance, server = random.Random(number), urlsplit(address).netloc
    source = (f"127.0.0.{number + 9}", 0) if sys.platform == "linux" else None
    connection = http.client.HTTPConnection(server, timeout=60, source_address=source)
    time.sleep(chance.uniform(0, every))
    while (begun := time.monotonic()) < until:
        query = view_of(
            f"set={chance.choice(DIALS)}:{chance.uniform(0, 1):.3f}&worlds={worlds}&seed={number}"
        ).query()
        try:
            answer, content = _ask(connection, f"/data/run?{query}", heard)
            heard.seconds.append(time.monotonic() - begun)
            if answer.status != 200:
                heard.errors.append(f"{answer.status} {content[:80]!r}")
            else:
                _check(query, number, worlds, content, answer.getheader("Content-Encoding"), heard)
        except (OSError, http.client.HTTPException) as problem:
            heard.errors.append(repr(problem))
            connection.close()
        time.sleep(max(0.0, begun + every - time.monotonic()))
    connection.close()


def _ask(
    connection: http.client.HTTPConnection, path: str, heard: Heard
) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer, of which a visitor of a busy server is told when to ask again."""
    for tries in range(TRIES):
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        content = answer.read()
        after = answer.getheader("Retry-After")
        if answer.status != 503 or after is None:
            break
        heard.refusals.append(path)
        time.sleep(min(LONGEST_PAUSE, float(after) * 2**tries) * random.uniform(1, 1.5))
    return answer, content


def _check(
    query: str, seed: int, worlds: int, content: bytes, encoding: str | None, heard: Heard
) -> None:
    if encoding == "br":
        import brotli

        content = brotli.decompress(content)
    record = json.loads(content)
    if (record["query"], record["seed"], record["worlds"]) != (query, seed, worlds):
        heard.foreign.append(f"{query}: {record['query']}")
    heard.queries.append(query)
    heard.medians[query] = record["bands"]["listed"]["firm"]["median"]


def crowd(
    address: str, visitors: int, seconds: float, every: float = EVERY, worlds: int = WORLDS
) -> Heard:
    """So many visitors for so long; what they heard."""
    heard, until = Heard(), time.monotonic() + seconds
    going = [threading.Thread(target=visit, args=(address, number, until, every, worlds, heard))
             for number in range(1, visitors + 1)]  # fmt: skip
    for one in going:
        one.start()
    for one in going:
        one.join()
    return heard


def foreign_numbers(heard: Heard, most: int = 5) -> list[str]:
    """Views, of a few, whose answer differs from what a run of their own says."""
    from dashboard.data.record import record_of

    wrong = []
    for query in sorted(heard.medians)[:: max(1, len(heard.medians) // most)][:most]:
        view = view_of(query)
        if record_of(view, view.run())["bands"]["listed"]["firm"]["median"] != heard.medians[query]:
            wrong.append(query)
    return wrong


def main() -> None:
    """Serves, lets them in, and says how it went."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--visitors", type=int, default=30)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--worlds", type=int, default=WORLDS)
    asked.add_argument(
        "--public", action="store_true", help="with the bounds of a server for others"
    )
    given = asked.parse_args()
    with served(*["--public"] * given.public) as (address, process):
        crowd(address, 2, 3, every=1, worlds=given.worlds)
        memory, began = [megabytes(process)], processor_seconds(process)
        half = threading.Timer(given.seconds / 2, lambda: memory.append(megabytes(process)))
        half.start()
        heard = crowd(address, given.visitors, given.seconds, worlds=given.worlds)
        memory.append(megabytes(process))
        ended = processor_seconds(process)
    times = sorted(heard.seconds)
    print(
        f"{given.visitors} visitors, {given.seconds:.0f} s, {given.worlds} worlds in a view:"
        f" {len(times)} answers"
    )
    print(f"{'half of them within':34}{statistics.median(times):10.2f} s")
    print(judged("95 of 100 within", times[int(0.95 * len(times))], BAR, "s"))
    print(f"{'the slowest':34}{times[-1]:10.2f} s")
    if began is not None and ended is not None:
        print(f"{'processor time of an answer':34}{(ended - began) / len(times):10.2f} s")
    print(f"{'asked to come again':34}{len(heard.refusals):10d}")
    print(f"{'errors':34}{len(heard.errors):10d}    {heard.errors[:3] or ''}")
    print(
        f"{'answers to another question':34}{len(heard.foreign) + len(foreign_numbers(heard)):10d}"
    )
    if None not in memory:
        print(
            f"{'memory before, halfway, at the end':34} "
            f" {', '.join(f'{held:.0f}' for held in memory)} MB"
        )


if __name__ == "__main__":
    main()
