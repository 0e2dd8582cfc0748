"""The page for paper: a view's brief, without a script but for its button."""

from __future__ import annotations

import json

import flask

import sim
from dashboard.answers import Answers
from dashboard.brief import brief_of, colours, link_of
from dashboard.faults import plainly
from dashboard.routes_downloads import KEPT, view_and_round
from dashboard.runs import Runs


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The route, on *server*, from *answers* and *runs* where they are there."""

    @server.get("/brief")
    def brief() -> flask.Response:
        try:
            view, shown = view_and_round(flask.request.query_string.decode("ascii", "replace"))
        except sim.InputError as problem:
            return plainly(str(problem), 400)
        told = json.loads(answers.get(f"brief {shown}?{view.query()}", lambda: brief_of(view, runs.of(view), shown)))
        last = shown == view.asked.last_round
        link = link_of(flask.request.url_root, told["query"], shown, last)
        back = link_of("./", told["query"], shown, last) or "./"
        page = flask.render_template("brief.html", **told, colours=colours(), link=link, back=back)
        response = flask.Response(page, mimetype="text/html")
        response.headers["Cache-Control"] = KEPT
        return response
