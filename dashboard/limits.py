"""The most that one request and one address may ask for, on one's own computer and on a public
server.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

import flask

from dashboard.turns import Bounds
from dashboard.view import LONGEST, MOST_BRANCHES, MOST_WORLDS, WHERE


@dataclass(frozen=True)
class Limits:
    """The most that a request may hold, and what the server does at once."""

    # Lines of questions that are new here, and of what is computed for them: quick, slow, and
    # conduct, which takes as long as some eighty worlds. All share 32 threads with files and
    # answers given before, which wait in no line.
    new: Bounds
    quick: Bounds
    slow: Bounds
    conduct: Bounds
    worlds: int = MOST_WORLDS
    branches: int = MOST_BRANCHES  # of one view
    query: int = 4 * LONGEST  # characters; pages may ask for less
    body: int = 64 * 1024  # bytes
    work: float = math.inf  # seconds for one answer
    jobs_each: int | None = None  # jobs of one address that wait or run
    connections: int = 200
    connections_each: int | None = None  # of one address
    idle: int = 60  # seconds after which a silent connection is closed
    proxies: int = 0  # before the server, each of which adds an address to X-Forwarded-For
    own: bool = True  # whether this computer alone is served

    @property
    def where(self) -> str:
        """The server whose limits these are, as a sentence names it."""
        return "here" if self.own else "on this public server"


# A browser asks six things at once of one server, whatever the number of its tabs.
OWN = Limits(
    new=Bounds(places=26, places_each=26),
    quick=Bounds(places=20, places_each=20, at_once=2, at_once_each=2),
    slow=Bounds(places=3, places_each=3, at_once=1, at_once_each=1, retry_after=5),
    conduct=Bounds(places=2, places_each=2, at_once=1, at_once_each=1),
)
PUBLIC = Limits(
    new=Bounds(places=26, places_each=3),
    quick=Bounds(places=20, places_each=3, at_once=2, at_once_each=1),
    slow=Bounds(places=2, places_each=1, at_once=1, at_once_each=1, retry_after=5),
    conduct=Bounds(places=2, places_each=1, at_once=1, at_once_each=1),
    worlds=100, branches=4, query=LONGEST, body=16 * 1024, work=120.0,
    jobs_each=2, connections=400, connections_each=40, idle=30, own=False,
)  # fmt: skip
CLASS = replace(PUBLIC, connections_each=200)  # a class may sit behind one address


def current_limits() -> Limits:
    """The limits of the app that answers this request; outside of any, those of one's own
    computer.
    """
    limits: Limits = flask.current_app.config["LIMITS"] if flask.has_app_context() else OWN
    return limits


def problem_of(query: str, limits: Limits) -> str:
    """What *query* has too much of, in one sentence; empty where it is within the *limits*.

    On one's own computer the pages check worlds and branches. On a public server the views in
    `with` are checked too.
    """
    if len(query) > limits.query:
        return (
            f"{WHERE}: it has {len(query)} characters, expected at most {limits.query}"
            f" {limits.where}"
        )
    if limits.own:
        return ""
    first = parse_qsl(query, keep_blank_values=True)
    for view in (
        first,
        *(parse_qsl(value, keep_blank_values=True) for key, value in first if key == "with"),
    ):
        branches = sum(key == "branch" for key, _ in view)
        if branches > limits.branches:
            return (
                f"{WHERE}: found {branches} branches, expected at most {limits.branches}"
                f" {limits.where}"
            )
        worlds = next((value for key, value in view if key == "worlds"), "")
        if worlds.isascii() and worlds.isdigit() and float(worlds) > limits.worlds:
            return (
                f"{WHERE}: worlds is {worlds[:20]}, expected at most {limits.worlds} {limits.where}"
            )
    return ""
