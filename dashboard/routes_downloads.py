"""What can be taken along of a view: its numbers as CSV and Parquet, and the manifest that repeats it to the bit."""

from __future__ import annotations

import json
from collections.abc import Callable

import flask

import sim
from dashboard.answers import Answers
from dashboard.replies import CSV, JSON, query, reply
from dashboard.runs import Runs
from dashboard.tables import as_csv, as_parquet, run_table, shares_table
from dashboard.view import WHERE, View, view_of, whole

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


def view_and_round(said: str) -> tuple[View, int]:
    """The view of *said* and its round=, by default the last; InputError, in one sentence, where they are none."""
    parts = said.split("&") if said else []
    rounds = [part.removeprefix("round=") for part in parts if part.startswith("round=")]
    if len(rounds) > 1:
        raise sim.InputError(f"{WHERE}: found round twice, expected it once")
    view = view_of("&".join(part for part in parts if not part.startswith("round=")))
    last = view.asked.last_round
    return view, whole("round", rounds[0], view.asked.first_round, last) if rounds else last
