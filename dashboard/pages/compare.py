"""Two to four views side by side under the same luck: what the others change beside the first."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
from dash import ClientsideFunction, Input, dcc, html

import sim
from dashboard.cache import Answers, Runs
from dashboard.data.comparison import (
    KINDS,
    comparison_of,
    conduct_of,
    curves_of,
    key_of,
    side_of,
    table_of,
    views_of,
)
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.view import View

PATH, NAME = "/compare", "Compare"


def layout() -> html.Main:
    """What is compared, the curves over each other, then each of the others less the first."""
    return html.Main(
        [
            html.H1("Compare"),
            html.P(
                "Up to four views of the same worlds under the same luck: what differs between them is what somebody "
                "changed, and not chance.", className="lead",
            ),
            html.P("", id="message", className="message", role="alert", hidden=True),
            html.Ul([], id="compared", className="compared", **{"aria-label": "Views compared"}),
            _add(),
            html.Div([
                dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none", size="lg"),
                html.Span("worlds under the fitted weights; ", className="dimmed"),
                html.Span("", id="compare-provenance", className="dimmed", role="status"),
            ], className="basis"),
            html.Div(
                [
                    html.P("Line: median of the worlds. Band: 90 % of the worlds of A.", className="dimmed"),
                    html.A("Download the differences (CSV)", href="data/compare.csv", id="compare-download"),
                ],
                className="legend",
            ),
            html.Div([_panel(kind) for kind in KINDS], className="panels"),
            html.P(
                "Differences are taken world by world, so that luck cancels: the median over the pairs of worlds, and "
                "the 5th to the 95th percentile (in 90 % of pairs). pts: percentage points.",
                id="pairs-read", className="dimmed", hidden=True,
            ),
            html.Div([], id="pairs", className="pairs"),
            _conduct(),
        ],
        className="column compare", id="compare", **{"aria-busy": "true"},
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """The ways to add a view tell assets/compare.js, in the browser."""
    for name in ("scenario", "lens"):
        heard = ClientsideFunction("parley", f"heard_beside_{name}")
        app.clientside_callback(heard, Input(f"beside-{name}", "value"), prevent_initial_call=True)
    _routes(app.server, services.answers, services.runs)


def _add() -> html.Section:
    scenarios = [{"value": name, "label": title} for name, title, _ in sim.available()]
    lenses = [{"value": name, "label": f"{name}: {lens.title}"} for name, lens in sim.LENSES.items()]
    return html.Section(
        [
            dmc.Select(id="beside-scenario", label="Add a scenario, as it ships", data=scenarios, value=None,
                       placeholder="Choose a scenario", searchable=True, selectFirstOptionOnChange=True),
            dmc.Select(id="beside-lens", label="Add A under another lens", data=lenses, value=None,
                       placeholder="Choose a lens"),
            html.Button("Add A without its branches", id="beside-branchless", className="quiet", hidden=True),
            html.P("Four views are compared: remove one to add another.", id="compare-full", className="dimmed",
                   hidden=True),
        ],
        className="add-view", **{"aria-label": "Add a view"},
    )  # fmt: skip


def _panel(kind: str) -> html.Section:
    title = KINDS[kind]
    return html.Section(
        [
            html.H2(f"{title} on the public list"),
            html.Div(
                dcc.Graph(id=f"compare-{kind}", config={"displayModeBar": False}, responsive=True, className="graph"),
                role="img", **{"aria-label": f"{title} on the public list in each view, month by month"},
            ),
        ],
        className="card", **{"aria-label": f"{title}, month by month"},
    )  # fmt: skip


def _conduct() -> html.Details:
    return html.Details(
        [
            html.Summary("Conduct: what the others change, over what nobody has measured"),
            html.Div([
                dmc.Badge("assumed", variant="light", c="var(--text)", tt="none", size="lg"),
                html.Span("", id="conduct-provenance", className="dimmed"),
            ], className="basis"),
            html.P(
                "Each range runs over all combinations of the assumptions about conduct and their luck; it belongs to "
                "a group, never to anybody by name.", className="dimmed",
            ),
            html.P("", id="conduct-state", className="dimmed", role="status"),
            html.Div([], id="conduct-table", className="wide-table", tabIndex=0, role="region",
                     **{"aria-label": "Change in conduct, by group"}),
        ],
        id="conduct", className="card", hidden=True,
    )  # fmt: skip


def _routes(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    def compared() -> bytes:
        views = views_of(query())
        # One after the other, and none inside another's turn: who waits for a turn while holding one waits for ever.
        sides = [json.loads(answers.get(f"side?{view.query()}", partial(_side, view, runs))) for view in views]
        return answers.get(f"compare?{key_of(views)}", lambda: comparison_of(sides, views))

    @server.get("/data/compare")
    def compare() -> flask.Response:
        return reply(compared())

    @server.get("/data/compare.csv")
    def compare_table() -> flask.Response:
        return reply(table_of(json.loads(compared())), CSV, "compare.csv")

    @server.get("/data/compare/curves.csv")
    def compare_curves() -> flask.Response:
        return reply(curves_of(json.loads(compared())), CSV, "curves.csv")

    @server.get("/data/compare/conduct")
    def compare_conduct() -> flask.Response:
        views = views_of(query())
        return reply(answers.get(f"conduct?{key_of(views)}", lambda: conduct_of(views), slow=True))


def _side(view: View, runs: Runs) -> dict[str, Any]:
    return side_of(view, runs.of(view))


