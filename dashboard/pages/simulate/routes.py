"""The routes of the page Simulate: the record of a view, what it changes beside the Paris Call, the
people, one world, conduct as ranges, the network, and the downloads: numbers as CSV and Parquet,
and the manifest that repeats a run to the bit.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import flask
import pandas as pd

import sim
from dashboard.cache import Answers
from dashboard.data.pairs import under_other_fits
from dashboard.data.record import people, record_of
from dashboard.data.suppositions import as_it_was, supposing
from dashboard.data.tables import (
    as_csv,
    as_parquet,
    file_name,
    month_of,
    run_table,
    scenario_of,
    shares_table,
)
from dashboard.data.words import basis_of_worlds
from dashboard.pages import Services
from dashboard.pages.simulate.baseline import beside_baseline
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.pages.simulate.map import courses_of, one_world_of
from dashboard.pages.simulate.network import mixing_of, network_of, ties_of, ties_table
from dashboard.requests import CSV, JSON, BusyError, query, refusal, reply
from dashboard.view import View, view_and_round, view_and_value, view_of

PARQUET = "application/vnd.apache.parquet"
FILES_OF_TIES = 2  # kept, of some 4 MB each
BUSY = "Other views' conduct is being simulated. This one's comes after it."


def _manifest(run: sim.Run) -> bytes:
    return json.dumps(run.manifest, indent=2, allow_nan=False).encode()


def file_of(name: str, view: View) -> str:
    """What the download *name* of *view* is called."""
    stem, _, ending = name.partition(".")
    return file_name(stem, scenario_of(view), ends=f".{ending}")


def about(view: View) -> dict[str, str]:
    """What a file about *view* says of itself."""
    return {
        "basis": basis_of_worlds(view.variant),
        "supposing": supposing(view),
        "view": view.query(),
    }


TOTALS: dict[str, tuple[str, Callable[[View, pd.DataFrame], bytes]]] = {
    "run.csv": (CSV, lambda view, table: as_csv(table)),
    "run.parquet": (PARQUET, lambda view, table: as_parquet(table, **about(view))),
}


def register(server: flask.Flask, services: Services) -> None:
    """The routes on *server*, from *services*."""
    answers, runs = services.answers, services.runs
    files_of_ties = Answers(FILES_OF_TIES, quick=server.config["LIMITS"].quick)

    @server.get("/data/run")
    def run() -> flask.Response:
        view = view_of(query())
        return reply(answers.get(f"run?{view.query()}", lambda: record_of(view, runs.of(view))))

    def beside(view: View) -> bytes:
        return answers.get(f"baseline?{view.query()}", lambda: beside_baseline(view, runs))

    @server.get("/data/baseline")
    def baseline() -> flask.Response:
        return reply(beside(view_of(query())))

    @server.get("/data/people")
    def everybody() -> flask.Response:
        return reply(answers.get("people", people))

    @server.get("/data/world")
    def world() -> flask.Response:
        world = one_world_of(query())
        return reply(answers.get(world.key, lambda: courses_of(world, runs.of(world.view))))

    @server.get("/data/conduct")
    def conduct() -> flask.Response:
        view = view_of(query())
        try:
            return reply(
                services.conduct.get(
                    view.query(), lambda: conduct_of(view, runs, services.baselines)
                )
            )
        except BusyError as problem:
            if problem.retry_after is None:
                raise
            return refusal(BUSY, 202)  # accepted and not answered yet: the page asks again

    @server.get("/data/network")
    def network() -> flask.Response:
        view = view_of(query())
        return reply(answers.get(f"network?{mixing_of(view)}", lambda: network_of(runs.of(view))))

    @server.get("/data/network/ties")
    def ties() -> flask.Response:
        view, who = view_and_value(query(), "who")
        return reply(
            answers.get(f"ties?{mixing_of(view)}&{who}", lambda: ties_of(runs.of(view), who))
        )

    def totals(
        name: str, mimetype: str, file_from: Callable[[View, pd.DataFrame], bytes]
    ) -> flask.Response:
        view = view_of(query())
        # What the page has been told already, so that a table of what it draws waits for no worlds
        # of its own.
        pairs = [] if as_it_was(view) == view else [view, *under_other_fits(view)]
        changes = [json.loads(beside(each)) for each in pairs]
        file = answers.get(
            f"{name}?{view.query()}",
            lambda: file_from(view, run_table(view, runs.of(view), *changes)),
        )
        return reply(file, mimetype, file_of(name, view))

    for name, (mimetype, file_from) in TOTALS.items():
        server.add_url_rule(f"/data/{name}", name, partial(totals, name, mimetype, file_from))

    @server.get("/data/manifest.json")
    def manifest() -> flask.Response:
        view = view_of(query())
        file = answers.get(f"manifest.json?{view.query()}", lambda: _manifest(runs.of(view)))
        return reply(file, JSON, file_of("manifest.json", view))

    @server.get("/data/shares.csv")
    def shares() -> flask.Response:
        view, number = view_and_round(query())
        key, baseline = f"shares.csv {number}?{view.query()}", as_it_was(view)

        def rows() -> bytes:
            beside = None if baseline == view else runs.of(baseline)
            return as_csv(shares_table(view, runs.of(view), number, beside))

        return reply(
            answers.get(key, rows),
            CSV,
            file_name("shares", scenario_of(view), month_of(view, number)),
        )

    @server.get("/data/network.csv")
    def all_ties() -> flask.Response:
        view = view_of(query())
        rows = files_of_ties.get(view.query(), lambda: as_csv(ties_table(view, runs.of(view))))
        return reply(rows, CSV, file_of("ties.csv", view))
