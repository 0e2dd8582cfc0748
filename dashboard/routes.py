"""What the pages ask the server for: plain JSON and tables at addresses that hold the whole question."""

from __future__ import annotations

import json
from typing import Any

import flask

import sim
from dashboard.answers import Answers
from dashboard.record import record_of
from dashboard.regional_groups import regional_group
from dashboard.replies import query, reply
from dashboard.runs import Runs
from dashboard.view import view_of


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

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
