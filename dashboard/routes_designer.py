"""What the page Code designer asks for: the designed text beside the present one, the frontier, and conduct."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import flask

import sim
from dashboard.answers import Answers
from dashboard.comparison import comparison_of, side_of, table_of
from dashboard.design import (
    conduct_of,
    conduct_table,
    design_of,
    frame_of,
    frontier_of,
    frontier_table,
    harm_by_depth_of,
    harm_table,
    present_of,
    who_of,
)
from dashboard.routes import KEPT
from dashboard.runs import Runs
from dashboard.view import View, view_of

MOST_WAITING = 2  # who may wait for a frontier or for conduct; each holds a thread of the server for some seconds
BUSY = "others are asking for a frontier; ask again in a moment"

Answer = Callable[[View], Any]


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there.

    What takes seconds has answers and turns of its own, so that nobody who only moves a slider waits for it.
    """
    slow, places = Answers(at_once=1), threading.BoundedSemaphore(MOST_WAITING)

    def side(view: View) -> dict[str, Any]:
        return side_of(view, runs.of(view))

    def sides(view: View) -> list[dict[str, Any]]:
        # One after the other, and none inside another's turn: who waits for a turn while holding one waits for ever.
        return [json.loads(answers.get(f"side?{one.query()}", partial(side, one))) for one in (present_of(view), view)]

    def design(view: View) -> bytes:
        found = sides(view)
        return answers.get(f"design?{view.query()}", lambda: design_of(found, view, runs.of(view)))

    def in_turn(key: str, compute: Callable[[], object]) -> Any:
        if not places.acquire(blocking=False):
            raise BlockingIOError(BUSY)
        try:
            return json.loads(slow.get(key, compute))
        finally:
            places.release()

    def frontier(view: View) -> Any:
        frame = frame_of(view)
        return in_turn(f"frontier?{frame.query()}", lambda: frontier_of(frame))

    def harm(view: View) -> Any:
        frame = frame_of(view)
        return in_turn(f"harm?{frame.query()}", lambda: harm_by_depth_of(frame))

    def conduct(view: View) -> Any:
        def compute() -> object:
            return conduct_of(view, runs.of(present_of(view)), runs.of(view))

        return in_turn(f"conduct?{view.query()}", compute)

    def differences(view: View) -> str:
        return table_of(comparison_of(sides(view), [present_of(view), view]))

    tables: dict[str, Answer] = {
        "design": differences,
        "design/who": lambda view: who_of(sides(view), view),
        "design/conduct": lambda view: conduct_table(conduct(view)),
        "frontier": lambda view: frontier_table(frontier(view)),
        "frontier/harm": lambda view: harm_table(harm(view)),
    }

    @server.get("/data/design")
    def designed() -> flask.Response:
        return _answered(design)

    @server.get("/data/design/conduct")
    def conduct_ranges() -> flask.Response:
        return _answered(lambda view: json.dumps(conduct(view)))

    @server.get("/data/frontier")
    def frontier_texts() -> flask.Response:
        return _answered(lambda view: json.dumps(frontier(view)))

    @server.get("/data/frontier/harm")
    def harm_by_depth() -> flask.Response:
        return _answered(lambda view: json.dumps(harm(view)))

    for name, answer in tables.items():
        server.add_url_rule(f"/data/{name}.csv", name.replace("/", "_"), partial(_download, answer, name))


def _answered(answer: Answer, mimetype: str = "application/json") -> flask.Response:
    """What *answer* has to say to the view in this request's query; one sentence where there is none."""
    try:
        content = answer(view_of(flask.request.query_string.decode("ascii", "replace")))
    except (sim.InputError, BlockingIOError) as problem:
        status = 503 if isinstance(problem, BlockingIOError) else 400
        return flask.Response(json.dumps({"message": str(problem)}), status=status, mimetype="application/json")
    response = flask.Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = KEPT
    return response


def _download(answer: Answer, name: str) -> flask.Response:
    response = _answered(answer, "text/csv")
    if response.status_code == 200:
        response.headers["Content-Disposition"] = f"attachment; filename=parley-{name.replace('/', '-')}.csv"
    return response
