"""The page for paper: a view's brief, without a script but for its button."""

from __future__ import annotations

import json

import flask

from dashboard.answers import Answers
from dashboard.brief import brief_of, colours, link_of
from dashboard.replies import query, reply
from dashboard.routes_downloads import view_and_round
from dashboard.runs import Runs


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The route, on *server*, from *answers* and *runs* where they are there."""

    @server.get("/brief")
    def brief() -> flask.Response:
        view, shown = view_and_round(query())
        told = json.loads(answers.get(f"brief {shown}?{view.query()}", lambda: brief_of(view, runs.of(view), shown)))
        last = shown == view.asked.last_round
        link = link_of(flask.request.url_root, told["query"], shown, last)
        back = link_of("./", told["query"], shown, last) or "./"
        page = flask.render_template("brief.html", **told, colours=colours(), link=link, back=back)
        return reply(page, "text/html")
