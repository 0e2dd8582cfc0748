"""What the page Simulate asks the server for: its record and the people, one world, conduct as ranges, the influence
network; and what can be taken along of a view: its numbers as CSV and Parquet, and the manifest that repeats it to the
bit.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import flask

import sim
from dashboard.cache import Answers, Runs
from dashboard.data.record import record_of, regional_group
from dashboard.data.tables import as_csv, as_parquet, run_table, shares_table
from dashboard.limits import refused
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.pages.simulate.map import courses_of, one_world_of
from dashboard.pages.simulate.network import mixing_of, network_of, ties_of
from dashboard.requests import CSV, JSON, query, reply
from dashboard.view import View, view_and_round, view_beside, view_of

WHO = "who"
CONDUCT_AT_ONCE = 1  # it takes as long as some eighty worlds
MOST_WAITING = 2  # the one that is simulated among them; each holds a thread of the server
BUSY = "Other views' conduct is being simulated. This one's comes after it."
PARQUET = "application/vnd.apache.parquet"


def _manifest(view: View, run: sim.Run) -> bytes:
    return json.dumps(run.manifest, indent=2, allow_nan=False).encode()


FILES: dict[str, tuple[str, Callable[[View, sim.Run], bytes]]] = {
    "run.csv": (CSV, lambda view, run: as_csv(run_table(view, run))),
    "run.parquet": (PARQUET, lambda view, run: as_parquet(run_table(view, run))),
    "manifest.json": (JSON, _manifest),
}


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""
    conducts = Answers(at_once=CONDUCT_AT_ONCE)
    turn = threading.BoundedSemaphore(MOST_WAITING)
    @server.get("/data/run")
    def run() -> flask.Response:
        view = view_of(query())
        return reply(answers.get(f"run?{view.query()}", lambda: record_of(view, runs.of(view))))

    @server.get("/data/people")
    def people() -> flask.Response:
        def everybody() -> Any:
            named = sim.run(replicates=1).directory()
            named["regional_group"] = [
                regional_group(*home) for home in zip(named["home"], named["region"], strict=True)
            ]
            named["groups"] = named.pop("memberships").map(lambda groups: ", ".join(groups))
            named["supporter_since"] = named["supporter_since"].map(lambda day: day.isoformat() if day else None)
            return json.loads(named.to_json(orient="records"))

        return reply(answers.get("people", everybody))

    @server.get("/data/world")
    def world() -> flask.Response:
        asked = one_world_of(query())
        return reply(answers.get(asked.key, lambda: courses_of(asked, runs.of(asked.view))))

    @server.get("/data/conduct")
    def conduct() -> flask.Response:
        view = view_of(query())
        kept = conducts.kept(view.query())
        if kept is not None:
            return reply(kept)
        if not turn.acquire(blocking=False):
            return refused(BUSY, 202)  # accepted, not answered yet: the page asks again
        try:
            return reply(conducts.get(view.query(), lambda: conduct_of(view, runs)))
        finally:
            turn.release()

    @server.get("/data/network")
    def network() -> flask.Response:
        view = view_of(query())
        return reply(answers.get(f"network?{mixing_of(view)}", lambda: network_of(runs.of(view))))

    @server.get("/data/network/ties")
    def ties() -> flask.Response:
        view, who = view_beside(WHO, query())
        return reply(answers.get(f"ties?{mixing_of(view)}&{who}", lambda: ties_of(runs.of(view), who)))

    def offer(name: str, mimetype: str, made: Callable[[View, sim.Run], bytes]) -> None:
        def file() -> flask.Response:
            view = view_of(query())
            content = answers.get(f"{name}?{view.query()}", lambda: made(view, runs.of(view)))
            return reply(content, mimetype, name)

        server.add_url_rule(f"/data/{name}", name, file)

    for name, told in FILES.items():
        offer(name, *told)

    @server.get("/data/shares.csv")
    def shares() -> flask.Response:
        view, shown = view_and_round(query())
        key = f"shares.csv {shown}?{view.query()}"
        return reply(answers.get(key, lambda: as_csv(shares_table(view, runs.of(view), shown))), CSV, "shares.csv")
