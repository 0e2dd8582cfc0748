"""The page Simulate, which is the home page: one sentence, one figure that plays, three questions; then the numbers,
and what can be changed.
"""

from __future__ import annotations

import dash
from dash import ALL, Input, html

from dashboard import controls
from dashboard.pages import Services
from dashboard.pages.simulate import figure, network, routes, story
from dashboard.pages.simulate import map as world_map
from dashboard.pages.simulate.branches import branch_card
from dashboard.pages.simulate.numbers import number_cards
from dashboard.shell import call_on_change, card, message

PATH, NAME = "/", "Simulate"


def layout() -> html.Div:
    """What is shown, beside what is simulated; on a phone before it."""
    return html.Div(
        [
            html.Main(
                [
                    story.head(),
                    message(),
                    figure.figure(),
                    story.presets(),
                    number_cards(),
                    branch_card(),
                    card("Events", html.H2("What happens from outside"), html.Ol([], id="log", className="log"),
                         id="log-card", hidden=True),
                ],
                className="shown",
            ),
            html.Aside(
                [
                    html.Div(controls.scenario_control(), className="asked"),
                    html.Div(
                        [html.H2("Dials"), html.Button("Reset all", id="reset-all", className="reset", hidden=True)],
                        className="dial-head",
                    ),
                    html.P("Move one, and all worlds are simulated anew.", className="dimmed dials-do"),
                    controls.dial_groups(),
                    html.Div([html.H2("How it is simulated"), *controls.world_controls()], className="asked"),
                ],
                className="controls", id="controls",
                **{"aria-label": "What is simulated"},
            ),
        ],
        className="simulate",
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/view.js of every control, and answers for the page."""
    call_on_change(app, "on_dial", Input({"type": "dial", "name": ALL}, "value"))
    call_on_change(app, "on_view", "scenario", "lens", "weights", "worlds", "seed")
    call_on_change(app, "on_choice", Input({"type": "choice", "scenario": ALL, "name": ALL}, "value"))
    call_on_change(app, "on_reset", Input({"type": "reset", "name": ALL}, "n_clicks"))
    call_on_change(app, "on_reset_all", Input("reset-all", "n_clicks"))
    call_on_change(app, "on_branch_choice", "branch-who", "branch-choice")
    call_on_change(app, "on_branch_dial", "branch-dial")
    call_on_change(app, "on_branch_value", "branch-value")
    controls.register(app)
    figure.register(app)
    world_map.register(app)
    network.register(app)
    routes.register(app.server, services)
