"""What the page Compare asks the server for: views side by side, each kept by itself, and conduct on request."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import flask

from dashboard.answers import Answers
from dashboard.comparison import comparison_of, conduct_of, curves_of, key_of, side_of, table_of, views_of
from dashboard.replies import CSV, query, reply
from dashboard.runs import Runs
from dashboard.view import View


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    def compared() -> bytes:
        views = views_of(query())
        # One after the other, and none inside another's turn: who waits for a turn while holding one waits for ever.
        sides = [json.loads(answers.get(f"side?{view.query()}", partial(_side, view, runs))) for view in views]
        return answers.get(f"compare?{key_of(views)}", lambda: comparison_of(sides, views))

    @server.get("/data/compare")
    def compare() -> flask.Response:
        return reply(compared())

    @server.get("/data/compare.csv")
    def compare_table() -> flask.Response:
        return reply(table_of(json.loads(compared())), CSV, "compare.csv")

    @server.get("/data/compare/curves.csv")
    def compare_curves() -> flask.Response:
        return reply(curves_of(json.loads(compared())), CSV, "curves.csv")

    @server.get("/data/compare/conduct")
    def compare_conduct() -> flask.Response:
        views = views_of(query())
        return reply(answers.get(f"conduct?{key_of(views)}", lambda: conduct_of(views), slow=True))


def _side(view: View, runs: Runs) -> dict[str, Any]:
    return side_of(view, runs.of(view))
