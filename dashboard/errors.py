"""What a visitor is told when something cannot be had or went wrong: one plain sentence, and nothing of the code."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import dash
import flask
from dash.exceptions import DependencyException
from markupsafe import escape
from werkzeug.exceptions import HTTPException

import sim
from dashboard.limits import DATA, refused
from dashboard.requests import BusyError, GoneError

CALLBACKS = "/_dash-update-component"
SENTENCES = {
    400: "the request cannot be read",
    404: "there is nothing at this address",
    405: "this address is for reading alone",
    413: "the request is too large",
    415: "the request is no JSON",
}
WENT_WRONG = "something went wrong here, which is the server's fault; its log says what"
NO_CALLBACK = "the request is none that a page of Parley makes"
GONE = "nobody waits for this answer any more"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley</title>
<style>
:root {{ color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; }}
main {{ max-width: 40rem; margin: 15vh auto; padding: 0 1.5rem; }}
</style>
</head>
<body><main><h1>{status}</h1><p>{sentence}.</p><p><a href="/">To Parley</a></p></main></body>
</html>
"""


def register(app: dash.Dash, paths: Collection[str]) -> None:
    """Plain answers on the server of *app*, which has pages at *paths* alone."""
    server = app.server

    @server.errorhandler(HTTPException)
    def told(problem: HTTPException) -> flask.Response:
        status = problem.code or 500
        answer = plainly(SENTENCES.get(status, WENT_WRONG if status >= 500 else SENTENCES[400]), status)
        if status == 405 and problem.get_response().headers.get("Allow"):
            answer.headers["Allow"] = problem.get_response().headers["Allow"]
        return answer

    @server.errorhandler(sim.InputError)
    def makes_no_sense(problem: sim.InputError) -> flask.Response:
        return plainly(str(problem), 400)

    @server.errorhandler(BusyError)
    def busy(problem: BusyError) -> flask.Response:
        answer = refused(str(problem), 503)
        answer.headers["Retry-After"] = "5"
        return answer

    @server.errorhandler(GoneError)
    def gone(_: GoneError) -> flask.Response:
        return refused(GONE, 503)

    @server.errorhandler(DependencyException)
    def no_bundle(_: DependencyException) -> flask.Response:
        return plainly(SENTENCES[404], 404)

    @server.errorhandler(Exception)
    def went_wrong(problem: Exception) -> flask.Response:
        server.logger.error("%s %s", flask.request.method, flask.request.path, exc_info=problem)
        return plainly(WENT_WRONG, 500)

    @server.before_request
    def check() -> flask.Response | None:
        asked = flask.request
        if asked.path == CALLBACKS and asked.method == "POST":
            return None if _is_callback(_body(), app.callback_map) else refused(NO_CALLBACK, 400)
        # Dash answers any address with its frame.
        if asked.url_rule is not None and asked.url_rule.rule == "/<path:path>" and asked.path not in paths:
            return plainly(SENTENCES[404], 404)
        return None


def plainly(sentence: str, status: int) -> flask.Response:
    """The sentence as a page for who reads pages, else as JSON."""
    asked = flask.request
    reads = asked.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
    if reads and not asked.path.startswith((DATA, CALLBACKS)):
        page = PAGE.format(status=status, sentence=escape(sentence[0].upper() + sentence[1:]))
        return flask.Response(page, status=status, mimetype="text/html")
    return refused(sentence, status)


def _body() -> Any:
    """What this request holds as JSON; None where it holds none, or is nested beyond reading."""
    try:
        return flask.request.get_json(silent=True) if flask.request.is_json else None
    except RecursionError:
        return None


def _is_callback(body: Any, known: dict[str, Any]) -> bool:
    """Whether *body* is a question to one of the *known* callbacks as a page of ours asks it."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    callback = known.get(body["output"])
    if callback is None or "callback" not in callback:
        return False
    outputs = body.get("outputs", {})
    return (
        _are(body.get("inputs", []), callback["inputs"])
        and _are(body.get("state", []), callback["state"])
        and _strings(body.get("changedPropIds", []))
        and isinstance(outputs, dict)
        and f"{outputs.get('id')}.{outputs.get('property')}" == body["output"]
    )


def _are(found: Any, expected: list[dict[str, Any]]) -> bool:
    """Whether *found* are values of the *expected* properties, in their order."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return False
    named = [(one.get("id"), one.get("property")) for one in found]
    return named == [(one["id"], one["property"]) for one in expected]


def _strings(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)
