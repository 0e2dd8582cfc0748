"""What a visitor reads where a request cannot be answered: one plain sentence, and nothing of the
code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash
import flask
from dash.exceptions import DependencyException
from werkzeug.exceptions import HTTPException

import sim
from dashboard import theme
from dashboard.admission import DATA
from dashboard.requests import BusyError, GoneError, body, refusal
from dashboard.shell import groups_of

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
SAYS = {404: "The address is misspelt, or what stood there is gone."}  # below the sentence


def register(app: dash.Dash, pages: Sequence[tuple[str, str]]) -> None:
    """Error handlers on the server of *app*, whose *pages* (path and name) are all that it has."""
    server, paths = app.server, {path for path, _ in pages}

    def sentence_page(sentence: str, status: int) -> flask.Response:
        return _answer(sentence, status, groups_of(pages))

    @server.errorhandler(HTTPException)
    def http_error(problem: HTTPException) -> flask.Response:
        status = problem.code or 500
        answer = sentence_page(
            SENTENCES.get(status, SERVER_ERROR if status >= 500 else SENTENCES[400]), status
        )
        if status == 405 and problem.get_response().headers.get("Allow"):
            answer.headers["Allow"] = problem.get_response().headers["Allow"]
        return answer

    @server.errorhandler(sim.InputError)
    def input_error(problem: sim.InputError) -> flask.Response:
        return sentence_page(str(problem), 400)

    @server.errorhandler(BusyError)
    def busy(problem: BusyError) -> flask.Response:
        answer = sentence_page(str(problem), 503)
        if problem.retry_after is not None:
            answer.headers["Retry-After"] = str(problem.retry_after)
            if (
                answer.mimetype == "text/html"
            ):  # the browser asks again by itself, as the scripts do
                answer.headers["Refresh"] = str(AGAIN)
        return answer

    @server.errorhandler(GoneError)
    def gone(_: GoneError) -> flask.Response:
        return refusal(GONE, 503)

    @server.errorhandler(DependencyException)
    def no_bundle(_: DependencyException) -> flask.Response:
        return sentence_page(SENTENCES[404], 404)

    @server.errorhandler(Exception)
    def server_error(problem: Exception) -> flask.Response:
        server.logger.error("%s %s", flask.request.method, flask.request.path, exc_info=problem)
        return sentence_page(SERVER_ERROR, 500)

    @server.before_request
    def check() -> flask.Response | None:
        request = flask.request
        if request.path == CALLBACKS and request.method == "POST":
            return None if _is_callback(_body(), app.callback_map) else refusal(NO_CALLBACK, 400)
        # Dash answers any address with its frame.
        if (
            request.url_rule is not None
            and request.url_rule.rule == "/<path:path>"
            and request.path not in paths
        ):
            return sentence_page(SENTENCES[404], 404)
        return None


def _answer(
    sentence: str, status: int, groups: Mapping[str, Sequence[tuple[str, str]]]
) -> flask.Response:
    """The sentence as a page for a browser that opens one, with links to all pages by *groups*,
    else as JSON.
    """
    request = flask.request
    wants_page = (
        request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
    )
    if wants_page and not request.path.startswith((DATA, CALLBACKS)):
        said = {
            "sentence": sentence[0].upper() + sentence[1:],
            "says": SAYS.get(status, ""),
            "status": status,
        }
        page = flask.render_template("error.html", **said, groups=groups, palettes=theme.PALETTES)
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
