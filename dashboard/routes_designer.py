"""What the page Code designer asks for: the designed text beside the present one, the frontier, and conduct."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import flask

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
from dashboard.replies import CSV, query, reply
from dashboard.runs import Runs
from dashboard.view import View, view_of


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    def side(view: View) -> dict[str, Any]:
        return side_of(view, runs.of(view))

    def sides(view: View) -> list[dict[str, Any]]:
        # One after the other, and none inside another's turn: who waits for a turn while holding one waits for ever.
        return [json.loads(answers.get(f"side?{one.query()}", partial(side, one))) for one in (present_of(view), view)]

    def design(view: View) -> bytes:
        found = sides(view)
        return answers.get(f"design?{view.query()}", lambda: design_of(found, view, runs.of(view)))

    def frontier(view: View) -> bytes:
        frame = frame_of(view)
        return answers.get(f"frontier?{frame.query()}", lambda: frontier_of(frame), slow=True)

    def harm(view: View) -> bytes:
        frame = frame_of(view)
        return answers.get(f"harm?{frame.query()}", lambda: harm_by_depth_of(frame), slow=True)

    def conduct(view: View) -> bytes:
        def compute() -> object:
            return conduct_of(view, runs.of(present_of(view)), runs.of(view))

        return answers.get(f"design/conduct?{view.query()}", compute, slow=True)

    def differences(view: View) -> str:
        return table_of(comparison_of(sides(view), [present_of(view), view]))

    tables: dict[str, Callable[[View], str]] = {
        "design": differences,
        "design/who": lambda view: who_of(sides(view), view),
        "design/conduct": lambda view: conduct_table(json.loads(conduct(view))),
        "frontier": lambda view: frontier_table(json.loads(frontier(view))),
        "frontier/harm": lambda view: harm_table(json.loads(harm(view))),
    }

    @server.get("/data/design")
    def designed() -> flask.Response:
        return reply(design(view_of(query())))

    @server.get("/data/design/conduct")
    def conduct_ranges() -> flask.Response:
        return reply(conduct(view_of(query())))

    @server.get("/data/frontier")
    def frontier_texts() -> flask.Response:
        return reply(frontier(view_of(query())))

    @server.get("/data/frontier/harm")
    def harm_by_depth() -> flask.Response:
        return reply(harm(view_of(query())))

    def download(name: str) -> flask.Response:
        return reply(tables[name](view_of(query())), CSV, f"{name.replace('/', '-')}.csv")

    for name in tables:
        server.add_url_rule(f"/data/{name}.csv", name.replace("/", "_"), partial(download, name))
