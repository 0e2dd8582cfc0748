"""What one visitor can ask for, on a computer of one's own and where the world can ask; checked before any page is."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from urllib.parse import parse_qsl

import flask

from dashboard.cache import SLOW_WAITING
from dashboard.view import LONGEST, MOST_BRANCHES, MOST_WORLDS, WHERE

DATA, BRIEF = "/data/", "/brief"


@dataclass(frozen=True)
class Bounds:
    """The most of everything that a request may hold, and of what the server does at once."""

    worlds: int = MOST_WORLDS
    branches: int = MOST_BRANCHES  # of one view
    query: int = 4 * LONGEST  # characters; pages may ask for less
    body: int = 64 * 1024  # bytes
    work: float = math.inf  # seconds of one answer
    slow_waiting: int = SLOW_WAITING
    connections: int = 200
    idle: int = 60  # seconds after which a silent connection is closed

    @property
    def where(self) -> str:
        """Who sets these bounds, for whoever meets them."""
        return "here" if self == OWN else "on this public server"


OWN = Bounds()
PUBLIC = Bounds(
    worlds=100, branches=4, query=LONGEST, body=16 * 1024, work=120.0, slow_waiting=2, connections=100, idle=30
)


def bounds() -> Bounds:
    """Those of the app that answers this request; outside of any, those of one's own computer."""
    found: Bounds = flask.current_app.config["BOUNDS"] if flask.has_app_context() else OWN
    return found


def register(server: flask.Flask, within: Bounds) -> None:
    """Holds *server* to the bounds."""
    server.config.update(BOUNDS=within, MAX_CONTENT_LENGTH=within.body)

    @server.before_request
    def check() -> flask.Response | None:
        length = flask.request.content_length or 0
        if length > within.body:
            return refused(f"the request: it has {length} bytes, expected at most {within.body}", 413)
        if not flask.request.path.startswith((DATA, BRIEF)):
            return None
        problem = problem_of(flask.request.query_string.decode("ascii", "replace"), within)
        return refused(problem, 400) if problem else None


def problem_of(query: str, within: Bounds) -> str:
    """What *query* has too much of, in one sentence; empty where it has not.

    On one's own computer the pages' own bounds do; on others, views in `with` count like the first.
    """
    if len(query) > within.query:
        return f"{WHERE}: it has {len(query)} characters, expected at most {within.query} {within.where}"
    if within == OWN:
        return ""
    first = parse_qsl(query, keep_blank_values=True)
    for view in (first, *(parse_qsl(value, keep_blank_values=True) for key, value in first if key == "with")):
        branches = sum(key == "branch" for key, _ in view)
        if branches > within.branches:
            return f"{WHERE}: found {branches} branches, expected at most {within.branches} {within.where}"
        worlds = next((value for key, value in view if key == "worlds"), "")
        if worlds.isascii() and worlds.isdigit() and float(worlds) > within.worlds:
            return f"{WHERE}: worlds is {worlds[:20]}, expected at most {within.worlds} {within.where}"
    return ""


def refused(message: str, status: int) -> flask.Response:
    """One sentence, and no more."""
    return flask.Response(json.dumps({"message": message}), status=status, mimetype="application/json")
