"""What a visitor reads where a request cannot be answered: one plain sentence, and nothing of the code."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import dash
import flask
from dash.exceptions import DependencyException
from markupsafe import escape
from werkzeug.exceptions import HTTPException

import sim
from dashboard.admission import DATA
from dashboard.requests import BusyError, GoneError, body, refusal

AGAIN = 5  # seconds after which a page that found the server busy asks again
CALLBACKS = "/_dash-update-component"
SENTENCES = {
    400: "the request cannot be read",
    404: "there is nothing at this address",
    405: "this address is for reading alone",
    413: "the request is too large",
    415: "the request is no JSON",
}
SERVER_ERROR = "something went wrong here, which is the server's fault; its log says what"
NO_CALLBACK = "the request is none that a page of Parley makes"
GONE = "nobody waits for this answer any more"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley</title>
<style>
:root {{ color-scheme: light dark; font: 1.0625rem/1.55 Inter, system-ui, sans-serif; }}
@font-face {{ font-family: Inter; src: url(/assets/inter.woff2) format("woff2"); font-weight: 100 900; }}
body {{ margin: 0; background: light-dark(#f7f8fa, #101418); color: light-dark(#15181d, #eceff3); }}
main {{ max-width: 40rem; margin: 14vh auto; padding: 0 1.5rem; }}
h1 {{ font-size: 1.9rem; line-height: 1.2; margin: 1.5rem 0 0.75rem; letter-spacing: -0.01em; text-wrap: balance; }}
p, ul {{ margin: 0 0 0.75rem; padding: 0; }}
ul {{ list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }}
li a {{ display: inline-block; padding-block: 0.6rem; }}
a {{ color: light-dark(#0060a8, #8ccbf7); }}
.name {{ display: flex; align-items: center; gap: 0.6rem; font-weight: 650; color: inherit; text-decoration: none; }}
.dimmed {{ color: light-dark(#565c66, #a7adb8); font-size: 0.9375rem; }}
</style>
</head>
<body><main>
<a class="name" href="/"><img src="/assets/parley.svg" alt="" width="30" height="30">Parley</a>
<h1>{sentence}.</h1>
<p class="dimmed">A simulator of cyber diplomacy: who signs a code of conduct, and why. (Error {status})</p>
<ul>
<li><a href="/">Begin</a></li> <li><a href="/learn">Learn</a></li> <li><a href="/evidence">How far to trust it</a></li>
</ul>
</main></body>
</html>
"""


def register(app: dash.Dash, paths: Collection[str]) -> None:
    """Error handlers on the server of *app*, whose pages are at *paths* alone."""
    server = app.server

    @server.errorhandler(HTTPException)
    def http_error(problem: HTTPException) -> flask.Response:
        status = problem.code or 500
        answer = _sentence(SENTENCES.get(status, SERVER_ERROR if status >= 500 else SENTENCES[400]), status)
        if status == 405 and problem.get_response().headers.get("Allow"):
            answer.headers["Allow"] = problem.get_response().headers["Allow"]
        return answer

    @server.errorhandler(sim.InputError)
    def input_error(problem: sim.InputError) -> flask.Response:
        return _sentence(str(problem), 400)

    @server.errorhandler(BusyError)
    def busy(problem: BusyError) -> flask.Response:
        answer = _sentence(str(problem), 503)
        if problem.retry_after is not None:
            answer.headers["Retry-After"] = str(problem.retry_after)
            if answer.mimetype == "text/html":  # the browser asks again by itself, as the scripts do
                answer.headers["Refresh"] = str(AGAIN)
        return answer

    @server.errorhandler(GoneError)
    def gone(_: GoneError) -> flask.Response:
        return refusal(GONE, 503)

    @server.errorhandler(DependencyException)
    def no_bundle(_: DependencyException) -> flask.Response:
        return _sentence(SENTENCES[404], 404)

    @server.errorhandler(Exception)
    def server_error(problem: Exception) -> flask.Response:
        server.logger.error("%s %s", flask.request.method, flask.request.path, exc_info=problem)
        return _sentence(SERVER_ERROR, 500)

    @server.before_request
    def check() -> flask.Response | None:
        request = flask.request
        if request.path == CALLBACKS and request.method == "POST":
            return None if _is_callback(_body(), app.callback_map) else refusal(NO_CALLBACK, 400)
        # Dash answers any address with its frame.
        if request.url_rule is not None and request.url_rule.rule == "/<path:path>" and request.path not in paths:
            return _sentence(SENTENCES[404], 404)
        return None


def _sentence(sentence: str, status: int) -> flask.Response:
    """The sentence as a page for a browser that opens one, else as JSON."""
    request = flask.request
    wants_page = request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
    if wants_page and not request.path.startswith((DATA, CALLBACKS)):
        page = PAGE.format(status=status, sentence=escape(sentence[0].upper() + sentence[1:]))
        return flask.Response(page, status=status, mimetype="text/html")
    return refusal(sentence, status)


def _body() -> Any:
    """The JSON of this request; None where there is none, or where it is nested beyond reading."""
    body()
    try:
        return flask.request.get_json(silent=True) if flask.request.is_json else None
    except RecursionError:
        return None


def _is_callback(content: Any, callbacks: dict[str, Any]) -> bool:
    """Whether *content* asks one of the *callbacks* in the form in which a page does."""
    if not isinstance(content, dict) or not isinstance(content.get("output"), str):
        return False
    callback = callbacks.get(content["output"])
    if callback is None or "callback" not in callback:
        return False
    outputs, changes = content.get("outputs", {}), content.get("changedPropIds", [])
    return (
        _match(content.get("inputs", []), callback["inputs"])
        and _match(content.get("state", []), callback["state"])
        and isinstance(changes, list)
        and all(isinstance(change, str) for change in changes)
        and isinstance(outputs, dict)
        and f"{outputs.get('id')}.{outputs.get('property')}" == content["output"]
    )


def _match(values: Any, expected: list[dict[str, Any]]) -> bool:
    """Whether *values* are those of the *expected* properties, in their order."""
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        return False
    properties = [(value.get("id"), value.get("property")) for value in values]
    return properties == [(one["id"], one["property"]) for one in expected]
