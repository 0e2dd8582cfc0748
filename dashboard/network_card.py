"""The card with the influence network; assets/network.js draws it, tells ties as a list, and follows the round."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, html

from dashboard.network import LAYERS, STRONGEST

ABOUT = (
    "A tie leads from whose example counts to the one for whom it counts, when it weighs whether to sign. States heed "
    "those they share organisations with, the smaller the organisation the more, and their sub-region; firms and NGOs "
    "heed the ten nearest in size in their home country and in their sector. Memberships and regions are public. That "
    "examples travel along these ties, and how the layers are mixed, is assumed; what an example weighs was fitted to "
    "the register, which can hardly tell it from what neighbours have in common."
)


def network_card() -> html.Section:
    """The circle, the layer that it shows, and all ties of the one that is chosen."""
    layers = [{"value": "all", "label": "All"}]
    layers += [{"value": layer, "label": words[0].upper() + words[1:]} for layer, words in LAYERS.items()]
    return html.Section(
        [
            html.Div(
                [
                    html.Div([html.H2("Whose example counts for whom"),
                              html.P("", id="network-unit", className="dimmed")]),
                    dmc.SegmentedControl(id="network-layer", value="all", size="sm", className="world-share",
                                         data=layers, **{"aria-label": "Layer of ties"}),
                ],
                className="world-head",
            ),
            html.Div(
                [
                    html.Div(html.Div(id="network", className="network"), className="network-place"),
                    html.Div(
                        [
                            dmc.Select(id="network-who", label="All ties of", data=[], searchable=True, limit=60,
                                       disabled=True, clearable=True, placeholder="State or organisation",
                                       selectFirstOptionOnChange=True, nothingFoundMessage="Nobody has this name"),
                            html.P(f"Drawn are the {STRONGEST} strongest ties of each in each layer. Choose somebody, "
                                   "here or on the circle, to see and read all of its ties.",
                                   id="network-hint", className="dimmed"),
                            html.Div([], id="network-ties", className="network-ties"),
                        ],
                        className="network-told",
                    ),
                ],
                className="network-both",
            ),
            html.Ul([
                html.Li([html.Span("0 %"), html.Span(className="world-scale cividis"), "signed in 100 % of worlds"]),
                html.Li([html.Span(className="key tie"), "tie, brighter the more often whom it leads from has signed"]),
                html.Li(dmc.Badge("shares: fitted to the register", variant="light", c="var(--text)", tt="none")),
                html.Li(dmc.Badge("ties: assumed", variant="outline", c="var(--text)", tt="none")),
            ], className="world-key"),
            html.P(ABOUT, className="dimmed"),
        ],
        id="network-card", className="card", **{"aria-label": "Influence network"},
    )  # fmt: skip


def register(app: dash.Dash) -> None:
    """The controls tell assets/network.js, in the browser."""
    for control, heard in (("network-layer", "heard_layer"), ("network-who", "heard_network_who")):
        app.clientside_callback(
            ClientsideFunction("parley", heard), Input(control, "value"), prevent_initial_call=True
        )
