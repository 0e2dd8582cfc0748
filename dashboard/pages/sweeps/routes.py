"""The routes of the page Sweeps: the view that is the base of one's own sweep, with the results
that the server shows, and what one's own sweep would be. Sweeps themselves are questions to the
table of jobs.
"""

from __future__ import annotations

import json
from typing import Any

import flask

import sim
from dashboard.data.own_sweep import plan_of
from dashboard.data.record import settings_of
from dashboard.data.words import basis_and_why, dial_words
from dashboard.pages import Services
from dashboard.requests import JSON, query, reply
from dashboard.view import View, at_most_one, split_query, view_of


def register(server: flask.Flask, services: Services) -> None:
    """The routes on *server*, from *services*."""
    results = services.results

    @server.get("/data/sweeps")
    def base() -> flask.Response:
        return _now({**base_of(view_of(query())), "results": results.listing()})

    @server.get("/data/sweeps/plan")
    def plan() -> flask.Response:
        of_view, values = split_query(query(), "sweep")
        return reply(_text(plan_of(of_view, at_most_one("sweep", values["sweep"]))))


def base_of(view: View) -> dict[str, Any]:
    """The view, as the scripts of all pages know one, and what it has beside its scenario."""
    scenario = view.variant
    moved = [
        f"{dial_words(name)} {value}"
        for name, _, value in (part.partition(":") for part in view.set)
    ]
    lens = [f"lens {view.lens}"] if view.lens and view.lens != "full" else []
    chosen = [
        f"{dial_words(name)} {value}"
        for name, _, value in (part.partition(":") for part in view.choose)
    ]
    return {
        "query": view.query(),
        "scenario": scenario.name,
        "title": scenario.title,
        "lens": scenario.lens,
        "weights": view.weights or "fitted",
        "worlds": view.worlds,
        "seed": view.seed,
        "version": sim.__version__,
        **basis_and_why(scenario),
        "settings": settings_of(view),
        "chosen": {name: list(options) for name, options in scenario.answers.items()},
        "beside": [*lens, *chosen, *moved],
    }


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, allow_nan=False)


def _now(content: dict[str, Any]) -> flask.Response:
    """*content* as it is at this moment, since a sweep may be under way elsewhere."""
    response = flask.Response(_text(content), mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response
