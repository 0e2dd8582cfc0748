"""The card with the influence network: whose example counts for whom, among those with a name; assets/network.js draws
it, tells ties as a list, and follows the round.

Everybody has a place on a circle, in the order of the sub-regions of the world, neighbours in the network beside each
other; the strongest ties of each layer are drawn, bundled by region, and all ties of one stakeholder are told on
request. The network follows from public facts and two dials alone: the same for every seed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import dash
import dash_mantine_components as dmc
import numpy as np
import pandas as pd
from dash import ClientsideFunction, Input, html

import sim
from dashboard.view import WHERE, View

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


STRONGEST = 3  # ties drawn for each stakeholder and layer
MOST_HEEDED = 10
DIGITS = 4
LAYERS = {
    "organisations": "shared organisations", "region": "same sub-region", "home": "same home country",
    "sector": "same sector",
}  # fmt: skip
MIXING = ("organisations_layer_share", "sector_layer_share", "capacity_wealth_share")


def mixing_of(view: View) -> str:
    """What the network depends on, of all that a view says."""
    return "&".join(f"{dial}={view.asked.settings[dial]:g}" for dial in MIXING)


def network_of(run: sim.Run) -> dict[str, Any]:
    """Who stands where on the circle, by region, and the ties to draw: [heeding, heeded, layer, weight] as numbers."""
    people, ties = run.directory(), run.ties()
    regions = _order(people, ties)
    people["place"] = people["region"].map({region: place for place, region in enumerate(regions)})
    people["kind_place"] = people["kind"].map({kind: place for place, kind in enumerate(sim.KINDS)})
    people = people.sort_values(["place", "kind_place", "weight", "id"], ascending=[True, True, False, True])
    number = {who: place for place, who in enumerate(people["id"])}
    layers = {layer: place for place, layer in enumerate(LAYERS)}
    strongest = ties.sort_values(["weight", "heeds"], ascending=[False, True]).groupby(["who", "layer"]).head(STRONGEST)
    strongest = strongest.sort_values(["who", "heeds", "layer"])
    columns = (
        strongest["who"].map(number), strongest["heeds"].map(number), strongest["layer"].map(layers),
        strongest["weight"].round(DIGITS),
    )  # fmt: skip
    sizes = people.groupby("region").size()
    return {
        "ids": list(number),
        "regions": [[region, int(sizes[region])] for region in regions],
        "layers": LAYERS,
        "strongest": STRONGEST,
        "most_heeded": _most_heeded(ties),
        "ties": [list(tie) for tie in zip(*(column.tolist() for column in columns), strict=True)],
    }  # fmt: skip


def _most_heeded(ties: pd.DataFrame) -> list[list[Any]]:
    """[id, how many heed it, sum of its example's weights for them], the largest sums first."""
    found = ties.groupby("heeds").agg(by=("who", "nunique"), weight=("weight", "sum")).reset_index()
    found = found.sort_values(["weight", "heeds"], ascending=[False, True]).head(MOST_HEEDED)
    return [[row[0], row[1], round(row[2], DIGITS)] for row in found.itertuples(index=False)]


def ties_of(run: sim.Run, who: str) -> dict[str, Any]:
    """All ties of one who goes by a name, strongest first: whom it heeds, and who heeds it; InputError for others."""
    ties = run.ties()
    if who not in run.signed:
        raise sim.InputError(f"{WHERE}: who is {who[:40]!r}, expected the iso3 code of a state or a name on the page")
    return {"who": who, "heeds": _told(ties[ties["who"] == who], "heeds"),
            "heeded_by": _told(ties[ties["heeds"] == who], "who")}  # fmt: skip


def _told(ties: pd.DataFrame, other: str) -> list[list[Any]]:
    """[id, weight, layers], strongest first; ties through several layers as one."""
    found = ties.groupby(other).agg(weight=("weight", "sum"), layers=("layer", list)).reset_index()
    found = found.sort_values(["weight", other], ascending=[False, True])
    return [[row[0], round(row[1], DIGITS), row[2]] for row in found.itertuples(index=False)]


def _order(people: pd.DataFrame, ties: pd.DataFrame) -> list[str]:
    """The sub-regions around the circle, so that those with strong ties are neighbours: the best chain of neighbours
    found by exchanging stretches of it, from the alphabet on.
    """
    home = people.set_index("id")["region"]
    pairs = pd.DataFrame({"to": ties["who"].map(home), "from": ties["heeds"].map(home), "weight": ties["weight"]})
    between = pairs.pivot_table(index="to", columns="from", values="weight", aggfunc="sum")
    regions = sorted(home.unique())
    between = between.reindex(index=regions, columns=regions).fillna(0.0)
    bonds = between.to_numpy() + between.to_numpy().T
    order = list(range(len(regions)))

    def closeness(chain: list[int]) -> float:
        return float(sum(bonds[a, b] for a, b in pairwise([*chain, chain[0]])))

    best, better = closeness(order), True
    while better:
        better = False
        for start in range(len(order) - 1):
            for end in range(start + 2, len(order) + 1):
                turned = [*order[:start], *order[start:end][::-1], *order[end:]]
                if (found := closeness(turned)) > best + 1e-12:
                    order, best, better = turned, found, True
    return [str(np.array(regions)[place]) for place in order]


