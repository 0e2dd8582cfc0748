"""The most that one request may ask for, on one's own computer and on a public server; checked before any route."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import parse_qsl

import flask

from dashboard.cache import SLOW_WAITING
from dashboard.requests import query, refusal
from dashboard.view import LONGEST, MOST_BRANCHES, MOST_WORLDS, WHERE

DATA, BRIEF = "/data/", "/brief"  # the addresses whose queries hold views


@dataclass(frozen=True)
class Limits:
    """The most that a request may hold, and what the server does at once."""

    worlds: int = MOST_WORLDS
    branches: int = MOST_BRANCHES  # of one view
    query: int = 4 * LONGEST  # characters; pages may ask for less
    body: int = 64 * 1024  # bytes
    work: float = math.inf  # seconds for one answer
    slow_waiting: int = SLOW_WAITING
    connections: int = 200
    idle: int = 60  # seconds after which a silent connection is closed

    @property
    def where(self) -> str:
        """The server whose limits these are, as a sentence names it."""
        return "here" if self == OWN else "on this public server"


OWN = Limits()
PUBLIC = Limits(
    worlds=100, branches=4, query=LONGEST, body=16 * 1024, work=120.0, slow_waiting=2, connections=100, idle=30
)


def current_limits() -> Limits:
    """The limits of the app that answers this request; outside of any, those of one's own computer."""
    limits: Limits = flask.current_app.config["LIMITS"] if flask.has_app_context() else OWN
    return limits


def register(server: flask.Flask, limits: Limits) -> None:
    """Holds *server* to the *limits*."""
    server.config.update(LIMITS=limits, MAX_CONTENT_LENGTH=limits.body)

    @server.before_request
    def check() -> flask.Response | None:
        length = flask.request.content_length or 0
        if length > limits.body:
            return refusal(f"the request: it has {length} bytes, expected at most {limits.body}", 413)
        if not flask.request.path.startswith((DATA, BRIEF)):
            return None
        problem = problem_of(query(), limits)
        return refusal(problem, 400) if problem else None


def problem_of(query: str, limits: Limits) -> str:
    """What *query* has too much of, in one sentence; empty where it is within the *limits*.

    On one's own computer the pages check worlds and branches. On a public server the views in `with` are checked too.
    """
    if len(query) > limits.query:
        return f"{WHERE}: it has {len(query)} characters, expected at most {limits.query} {limits.where}"
    if limits == OWN:
        return ""
    first = parse_qsl(query, keep_blank_values=True)
    for view in (first, *(parse_qsl(value, keep_blank_values=True) for key, value in first if key == "with")):
        branches = sum(key == "branch" for key, _ in view)
        if branches > limits.branches:
            return f"{WHERE}: found {branches} branches, expected at most {limits.branches} {limits.where}"
        worlds = next((value for key, value in view if key == "worlds"), "")
        if worlds.isascii() and worlds.isdigit() and float(worlds) > limits.worlds:
            return f"{WHERE}: worlds is {worlds[:20]}, expected at most {limits.worlds} {limits.where}"
    return ""
