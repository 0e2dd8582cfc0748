"""What the page Simulate asks for beside its record: one world, conduct as ranges, the influence network."""

from __future__ import annotations

import threading
from urllib.parse import parse_qsl, urlencode

import flask

import sim
from dashboard.answers import Answers
from dashboard.bounds import refused
from dashboard.conduct import conduct_of
from dashboard.network import mixing_of, network_of, ties_of
from dashboard.one_world import courses_of, one_world_of
from dashboard.replies import query, reply
from dashboard.runs import Runs
from dashboard.view import LONGEST, MOST_PARTS, WHERE, View, view_of

WHO = "who"
CONDUCT_AT_ONCE = 1  # it takes as long as some eighty worlds
MOST_WAITING = 2  # the one that is simulated among them; each holds a thread of the server
BUSY = "Other views' conduct is being simulated. This one's comes after it."


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""
    conducts = Answers(at_once=CONDUCT_AT_ONCE)
    turn = threading.BoundedSemaphore(MOST_WAITING)

    @server.get("/data/world")
    def world() -> flask.Response:
        asked = one_world_of(query())
        return reply(answers.get(asked.key, lambda: courses_of(asked, runs.of(asked.view))))

    @server.get("/data/conduct")
    def conduct() -> flask.Response:
        view = view_of(query())
        kept = conducts.kept(view.query())
        if kept is not None:
            return reply(kept)
        if not turn.acquire(blocking=False):
            return refused(BUSY, 202)  # accepted, not answered yet: the page asks again
        try:
            return reply(conducts.get(view.query(), lambda: conduct_of(view, runs)))
        finally:
            turn.release()

    @server.get("/data/network")
    def network() -> flask.Response:
        view = view_of(query())
        return reply(answers.get(f"network?{mixing_of(view)}", lambda: network_of(runs.of(view))))

    @server.get("/data/network/ties")
    def ties() -> flask.Response:
        view, who = _with_who(query())
        return reply(answers.get(f"ties?{mixing_of(view)}&{who}", lambda: ties_of(runs.of(view), who)))


def _with_who(said: str) -> tuple[View, str]:
    """The view that *said* asks for, and who."""
    if len(said) > LONGEST:
        raise sim.InputError(f"{WHERE}: it has {len(said)} characters, expected at most {LONGEST}")
    try:
        pairs = parse_qsl(said, keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:
        raise sim.InputError(f"{WHERE}: found more than {MOST_PARTS} of key=value, expected at most as many") from None
    who = [value for key, value in pairs if key == WHO]
    if len(who) != 1:
        raise sim.InputError(f"{WHERE}: found {WHO} {len(who)} times, expected it once")
    return view_of(urlencode([pair for pair in pairs if pair[0] != WHO])), who[0]
