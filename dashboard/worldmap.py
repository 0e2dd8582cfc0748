"""The card with the world map; assets/world.js draws it and follows the round."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, dcc, html

SHARES = {"signed": "Signed", "waiting": "Considered, has not signed", "untouched": "Not taken up"}

# Plotly would ask a host of its own for the geometry.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": "assets/topojson/"}

DISCLAIMER = (
    "Shapes follow the simplified geodata of the United Nations and serve orientation alone: no boundary, name or "
    "hatching here says anything about the legal status of a territory. The model has the 193 members of the United "
    "Nations; hatched areas are not modelled on their own, and members too small for this scale are dots."
)


def world_card() -> html.Section:
    """The map, which share it shows, its key, and what its boundaries do not mean."""
    return html.Section(
        [
            html.Div([
                html.Div([html.H2("The world, state by state"), html.P("", id="world-unit", className="dimmed")]),
                dmc.SegmentedControl(
                    id="world-share", value="signed", size="sm", className="world-share",
                    data=[{"value": value, "label": label} for value, label in SHARES.items()],
                    **{"aria-label": "Share shown on the map"},
                ),
            ], className="world-head"),
            html.Div(
                dcc.Graph(id="world", config=CONFIG, responsive=True, className="world"),
                id="world-image", role="img", **{"aria-label": "World map"},
            ),
            html.Ul([
                html.Li([
                    html.Span("0 %"), html.Span(id="world-scale", className="world-scale"), "100 % of worlds",
                ]),
                html.Li([html.Span(className="key listed"), "on the register at the round shown"]),
                html.Li([html.Span(className="key not-modelled"), "not modelled"]),
                html.Li(dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none")),
            ], className="world-key"),
            html.P(DISCLAIMER, className="dimmed"),
        ],
        className="card", **{"aria-label": "World map"},
    )  # fmt: skip


def register(app: dash.Dash) -> None:
    """The switch tells assets/world.js, in the browser."""
    heard = ClientsideFunction("parley", "heard_world")
    app.clientside_callback(heard, Input("world-share", "value"), prevent_initial_call=True)
