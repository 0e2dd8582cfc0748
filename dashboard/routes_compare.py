"""What the page Compare asks the server for: views side by side, each kept by itself, and conduct on request."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import flask

import sim
from dashboard.answers import Answers
from dashboard.comparison import comparison_of, conduct_of, curves_of, key_of, side_of, table_of, views_of
from dashboard.routes import KEPT
from dashboard.runs import Runs
from dashboard.view import View


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    def compared(views: Sequence[View]) -> bytes:
        # One after the other, and none inside another's turn: who waits for a turn while holding one waits for ever.
        sides = [
            json.loads(answers.get(f"side?{view.query()}", partial(_side, view, runs))) for view in views
        ]
        return answers.get(f"compare?{key_of(views)}", lambda: comparison_of(sides, views))

    @server.get("/data/compare")
    def compare() -> flask.Response:
        return _answered(compared)

    @server.get("/data/compare.csv")
    def compare_table() -> flask.Response:
        return _download(lambda views: table_of(json.loads(compared(views))), "compare")

    @server.get("/data/compare/curves.csv")
    def compare_curves() -> flask.Response:
        return _download(lambda views: curves_of(json.loads(compared(views))), "curves")

    @server.get("/data/compare/conduct")
    def compare_conduct() -> flask.Response:
        return _answered(lambda views: answers.get(f"conduct?{key_of(views)}", lambda: conduct_of(views), slow=True))


def _side(view: View, runs: Runs) -> dict[str, Any]:
    return side_of(view, runs.of(view))


def _answered(answer: Callable[[list[View]], Any], mimetype: str = "application/json") -> flask.Response:
    """What *answer* has to say to the views in this request's query; one sentence where there is none."""
    try:
        content = answer(views_of(flask.request.query_string.decode("ascii", "replace")))
    except sim.InputError as problem:
        return flask.Response(json.dumps({"message": str(problem)}), status=400, mimetype="application/json")
    response = flask.Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = KEPT
    return response


def _download(table: Callable[[list[View]], str], name: str) -> flask.Response:
    response = _answered(lambda views: table(views).encode(), "text/csv")
    if response.status_code == 200:
        response.headers["Content-Disposition"] = f"attachment; filename=parley-{name}.csv"
    return response
