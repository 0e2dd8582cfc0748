"""What the page Simulate asks for beside its record: one world, conduct as ranges, the influence network."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

import flask

import sim
from dashboard.answers import Answers
from dashboard.conduct import conduct_of
from dashboard.network import mixing_of, network_of, ties_of
from dashboard.one_world import courses_of, one_world_of
from dashboard.routes import KEPT
from dashboard.runs import Runs
from dashboard.view import LONGEST, MOST_PARTS, WHERE, View, view_of

WHO = "who"
CONDUCT_AT_ONCE = 1  # it takes some fifty times as long as a record
BUSY = "Other views' conduct is being simulated. This one's comes after it."


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""
    conducts = Answers(at_once=CONDUCT_AT_ONCE)
    turn = threading.BoundedSemaphore(2)  # one computes, one waits

    @server.get("/data/world")
    def world() -> flask.Response:
        def told(query: str) -> bytes:
            asked = one_world_of(query)
            return answers.get(asked.key, lambda: courses_of(asked, runs.of(asked.view)))

        return _answered(told)

    @server.get("/data/conduct")
    def conduct() -> flask.Response:
        def told(query: str) -> bytes:
            view = view_of(query)
            return conducts.get(view.query(), lambda: conduct_of(view, runs))

        if not turn.acquire(blocking=False):
            return _refused(BUSY, 202)  # accepted, not answered yet: the page asks again
        try:
            return _answered(told)
        finally:
            turn.release()

    @server.get("/data/network")
    def network() -> flask.Response:
        def told(query: str) -> bytes:
            view = view_of(query)
            return answers.get(f"network?{mixing_of(view)}", lambda: network_of(runs.of(view)))

        return _answered(told)

    @server.get("/data/network/ties")
    def ties() -> flask.Response:
        def told(query: str) -> bytes:
            view, who = _with_who(query)
            return answers.get(f"ties?{mixing_of(view)}&{who}", lambda: ties_of(runs.of(view), who))

        return _answered(told)


def _with_who(query: str) -> tuple[View, str]:
    """The view that *query* asks for, and who."""
    if len(query) > LONGEST:
        raise sim.InputError(f"{WHERE}: it has {len(query)} characters, expected at most {LONGEST}")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:
        raise sim.InputError(f"{WHERE}: found more than {MOST_PARTS} of key=value, expected at most as many") from None
    who = [value for key, value in pairs if key == WHO]
    if len(who) != 1:
        raise sim.InputError(f"{WHERE}: found {WHO} {len(who)} times, expected it once")
    return view_of(urlencode([pair for pair in pairs if pair[0] != WHO])), who[0]


def _answered(answer: Callable[[str], bytes]) -> flask.Response:
    """What *answer* has to say to this request's query; one sentence where there is nothing."""
    try:
        content = answer(flask.request.query_string.decode("ascii", "replace"))
    except sim.InputError as problem:
        return _refused(str(problem), 400)
    response = flask.Response(content, mimetype="application/json")
    response.headers["Cache-Control"] = KEPT
    return response


def _refused(message: str, status: int) -> flask.Response:
    return flask.Response(json.dumps({"message": message}), status=status, mimetype="application/json")
