"""The headline's card on conduct: a range that opens its assumptions; assets/conduct.js fills it, after the page."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html


def conduct_card() -> html.Section:
    """The harm prevented, as a range over what nobody has measured, and what that is."""
    return html.Section(
        [
            html.Div([html.H2("Harm prevented"), dmc.Badge("assumed", variant="outline", c="var(--text)", tt="none")],
                     className="with-badge"),
            html.Strong("–", id="harm", className="headline"),
            html.P("", id="harm-unit", className="dimmed", role="status"),
            html.Details(
                [
                    html.Summary("What this assumes"),
                    html.P("Nobody has measured conduct, so the worlds are simulated at each combination of:"),
                    html.Ul([], id="assumptions"),
                    html.Div([], id="conduct-rows"),
                    html.P([html.Span("", id="conduct-provenance"), " ",
                            html.A("Method", href="method", **{"data-keeps-view": "yes"}), " holds the formulas."],
                           className="dimmed"),
                ],
                id="conduct-more", className="conduct-more", hidden=True,
            ),
        ],
        id="conduct-card", className="card number wide", **{"aria-label": "Conduct, assumed"},
    )  # fmt: skip
