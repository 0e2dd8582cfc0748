"""What the page Simulate asks for beside its record: one world, conduct as ranges, the influence network."""

from __future__ import annotations

import threading

import flask

from dashboard.answers import Answers
from dashboard.bounds import refused
from dashboard.conduct import conduct_of
from dashboard.network import mixing_of, network_of, ties_of
from dashboard.one_world import courses_of, one_world_of
from dashboard.replies import query, reply
from dashboard.runs import Runs
from dashboard.view import view_beside, view_of

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
        view, who = view_beside(WHO, query())
        return reply(answers.get(f"ties?{mixing_of(view)}&{who}", lambda: ties_of(runs.of(view), who)))
