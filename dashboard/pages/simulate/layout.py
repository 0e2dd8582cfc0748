"""The page Simulate, which is the home page: a scenario, one sentence, one figure that plays, three
questions; then the numbers, and what can be changed.
"""

from __future__ import annotations

from typing import Any

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
    """What is shown, beside the scenario and what is simulated; on a phone below the one and before
    the other.
    """
    return html.Div(
        [
            html.Main(
                [
                    story.head(),
                    message(),
                    figure.figure(),
                    story.presets(),
                    story.ranges(),
                    figure.why_not_fitted(),
                    number_cards(),
                    branch_card(),
                    card(
                        "Events",
                        html.H2("What happens from outside"),
                        html.Ol([], id="log", className="log"),
                        id="log-card",
                        hidden=True,
                    ),
                ],
                className="shown",
            ),
            html.Section(
                [controls.scenario_control(), _choices()],
                className="scenario-place",
                **{"aria-label": "Scenario"},
            ),
            html.Aside(
                html.Div(_controls(), className="controls", id="controls"),
                className="controls-column",
                **{"aria-label": "What is simulated"},
            ),
        ],
        className="simulate",
    )


def _controls() -> list[Any]:
    """The dials, and how it is simulated."""
    dials_do = html.P(["Moving one simulates all anew.",
                       html.Button("Reset all", id="reset-all", className="reset", hidden=True)],
                      className="dimmed dials-do")  # fmt: skip
    return [
        _part("Dials", dials_do, controls.dial_groups(), *_result_line()),
        _part("How it is simulated", html.Div(controls.world_controls(), className="asked")),
    ]


def _choices() -> html.Details:
    """What the scenario asks, in sight beside it; on a phone, where it would stand before the
    answer, on request.
    """
    return html.Details(
        [html.Summary("Choose in this scenario"), controls.choice_controls()],
        className="choices-part",
        open=True,
    )


def _result_line() -> list[html.P]:
    """What the dials have changed, in a line of assets/result_line.js that stays in sight below
    them where the figure does not, and once more for screen readers, when it is known.
    """
    return [html.P("", id="result-line", className="result-line", **{"aria-hidden": "true"}),
            html.P("", id="result-said", className="result-said", role="status")]  # fmt: skip


def _part(title: str, *content: Any) -> html.Details:
    """A part of what is simulated; assets/simulate.js closes it on a phone."""
    return html.Details(
        [html.Summary(html.H2(title)), *content], className="controls-part", open=True
    )


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/view.js of every control, and answers for the page."""
    call_on_change(app, "on_dial", Input({"type": "dial", "name": ALL}, "value"))
    call_on_change(app, "on_view", "scenario", "lens", "weights", "worlds", "seed")
    call_on_change(
        app, "on_choice", Input({"type": "choice", "scenario": ALL, "name": ALL}, "value")
    )
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
