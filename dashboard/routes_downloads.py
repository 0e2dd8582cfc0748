"""What can be taken along of a view: its numbers as CSV and Parquet, and the manifest that repeats it to the bit."""

from __future__ import annotations

import json
from collections.abc import Callable

import flask

import sim
from dashboard.answers import Answers
from dashboard.bounds import refused
from dashboard.runs import Runs
from dashboard.tables import as_csv, as_parquet, run_table, shares_table
from dashboard.view import WHERE, View, view_of, whole

KEPT = "private, max-age=600"
CSV, PARQUET, JSON = "text/csv", "application/vnd.apache.parquet", "application/json"


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
            def answer(query: str) -> bytes:
                view = view_of(query)
                return answers.get(f"{name}?{view.query()}", lambda: made(view, runs.of(view)))

            return _sent(answer, mimetype, name)

        server.add_url_rule(f"/data/{name}", name, file)

    for name, told in FILES.items():
        offer(name, *told)

    @server.get("/data/shares.csv")
    def shares() -> flask.Response:
        def answer(query: str) -> bytes:
            view, shown = view_and_round(query)
            key = f"shares.csv {shown}?{view.query()}"
            return answers.get(key, lambda: as_csv(shares_table(view, runs.of(view), shown)))

        return _sent(answer, CSV, "shares.csv")


def view_and_round(query: str) -> tuple[View, int]:
    """The view of *query* and its round=, by default the last; InputError, in one sentence, where they are none."""
    parts = query.split("&") if query else []
    said = [part.removeprefix("round=") for part in parts if part.startswith("round=")]
    if len(said) > 1:
        raise sim.InputError(f"{WHERE}: found round twice, expected it once")
    view = view_of("&".join(part for part in parts if not part.startswith("round=")))
    last = view.asked.last_round
    return view, whole("round", said[0], view.asked.first_round, last) if said else last


def _sent(answer: Callable[[str], bytes], mimetype: str, name: str) -> flask.Response:
    """What *answer* has to say to this request's query, as the file *name*; one sentence where there is none."""
    try:
        content = answer(flask.request.query_string.decode("ascii", "replace"))
    except sim.InputError as problem:
        return refused(str(problem), 400)
    response = flask.Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = KEPT
    response.headers["Content-Disposition"] = f"attachment; filename=parley-{name}"
    return response
