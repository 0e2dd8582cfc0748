"""The page Compare: two to four views side by side under the same random streams, each beside the first."""

from __future__ import annotations

import json

import dash
import dash_mantine_components as dmc
import flask
from dash import html

from dashboard.controls import lens_options, scenario_options
from dashboard.data.compare import (
    comparison_of,
    conduct_of,
    curves_table,
    differences_table,
    key_of,
    sides_of,
    views_of,
)
from dashboard.data.words import ASSUMED, KINDS
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.shell import basis, call_on_change, card, figure, message, signing_basis, wide_table

PATH, NAME = "/compare", "Compare"


def layout() -> html.Main:
    """The views compared, their curves, then each of the others less the first."""
    return html.Main(
        [
            html.H1("Compare"),
            html.P(
                "Up to four views of the same worlds under the same luck: what differs between them is what somebody "
                "changed, and not chance.", className="lead",
            ),
            message(),
            html.Ul([], id="compared", className="compared", **{"aria-label": "Views compared"}),
            _add_view(),
            signing_basis("", "compare-provenance", role="status"),
            html.Div(
                [
                    html.P("Line: median of the worlds. Band: 90 % of the worlds of A.", className="dimmed"),
                    html.A("Download the differences (CSV)", href="data/compare.csv", id="compare-download"),
                ],
                className="legend",
            ),
            html.Div([_curves(kind, words) for kind, words in KINDS.items()], className="panels"),
            html.P(
                "Differences are taken world by world, so that luck cancels: the mean over the pairs of worlds, and "
                "the 5th to the 95th percentile (in 90 % of pairs); both levels are means too.",
                id="pairs-read", className="dimmed", hidden=True,
            ),
            html.Div([], id="pairs", className="pairs"),
            _conduct(),
        ],
        className="column compare", id="compare", **{"aria-busy": "true"},
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/compare.js of an added view; answers with the views side by side, and with conduct on request."""
    for name in ("scenario", "lens"):
        call_on_change(app, f"on_beside_{name}", f"beside-{name}")
    answers, runs = services.answers, services.runs

    def comparison() -> bytes:
        views = views_of(query())
        sides = sides_of(views, answers, runs)
        return answers.get(f"compare?{key_of(views)}", lambda: comparison_of(sides, views))

    @app.server.get("/data/compare")
    def compare() -> flask.Response:
        return reply(comparison())

    @app.server.get("/data/compare.csv")
    def compare_differences() -> flask.Response:
        return reply(differences_table(json.loads(comparison())), CSV, "compare.csv")

    @app.server.get("/data/compare/curves.csv")
    def compare_curves() -> flask.Response:
        return reply(curves_table(json.loads(comparison())), CSV, "curves.csv")

    @app.server.get("/data/compare/conduct")
    def compare_conduct() -> flask.Response:
        views = views_of(query())
        return reply(answers.get(f"conduct?{key_of(views)}", lambda: conduct_of(views), slow=True))


def _add_view() -> html.Section:
    return html.Section(
        [
            dmc.Select(id="beside-scenario", label="Add a scenario, as it ships", data=scenario_options(), value=None,
                       placeholder="Choose a scenario", searchable=True, selectFirstOptionOnChange=True),
            dmc.Select(id="beside-lens", label="Add A under another lens", data=lens_options(), value=None,
                       placeholder="Choose a lens"),
            html.Button("Add A without its branches", id="beside-branchless", className="quiet", hidden=True),
            html.P("Four views are compared: remove one to add another.", id="compare-full", className="dimmed",
                   hidden=True),
        ],
        className="add-view", **{"aria-label": "Add a view"},
    )  # fmt: skip


def _curves(kind: str, words: str) -> html.Section:
    title = f"{words} on the public list"
    return card(f"{words}, month by month", html.H2(title),
                figure(f"compare-{kind}", f"{title} in each view, month by month"))  # fmt: skip


def _conduct() -> html.Details:
    return html.Details(
        [
            html.Summary("Conduct: what the others change, over what nobody has measured"),
            basis(ASSUMED, "", "conduct-provenance"),
            html.P(
                "Each range holds 90 % of worlds in which all assumptions about conduct vary at once; it belongs to a "
                "group, never to anybody by name.", className="dimmed",
            ),
            html.P("", id="conduct-state", className="dimmed", role="status"),
            wide_table("conduct-table", "Change in conduct, by group"),
        ],
        id="conduct", className="card", hidden=True,
    )  # fmt: skip
