"""The influence network: whose example counts for whom, among those with a name; assets/network.js
draws it, lists ties, and follows the round.

Everybody has a place on a circle, in the order of the sub-regions of the world, neighbours in the
network beside each other. The strongest ties of each layer are drawn, bundled by region; all ties
of one stakeholder come on request. The network follows from public facts and the dials in MIXING
alone, so it is the same for every seed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import dash
import dash_mantine_components as dmc
import pandas as pd
from dash import html

import sim
from dashboard.data.record import provenance
from dashboard.data.words import ASSUMED
from dashboard.shell import BY_ANY_NAME, badge, call_on_change, card
from dashboard.view import WHERE, View

STRONGEST = 3  # ties drawn for each stakeholder and layer
MOST_HEEDED = 10
MOST_POWERFUL = 3  # states of the most material power, named even where they are heeded less
DIGITS = 4
LAYERS = {
    "organisations": "shared organisations",
    "region": "same sub-region",
    "home": "same home country",
    "sector": "same sector",
}
MIXING = (
    "organisations_layer_share",
    "sector_layer_share",
    "capacity_wealth_share",
    "population_scale",
)
SOURCE = "public memberships, regions, homes and sectors"
HOLDS_FOR = "every scenario, seed and month with these dials"
ABOUT = (
    "A line leads from whose example counts to the one for whom it counts, when it weighs whether"
    " to sign. States heed those they share organisations with, the smaller the organisation the"
    " more, and their part of the world; firms and NGOs heed the ten nearest in size in their home"
    " country and in their sector. Memberships and regions are public. That examples travel along"
    " these ties, and how their kinds are mixed, is assumed; what an example weighs comes from the"
    " register, which can hardly tell it from what neighbours have in common."
)


def network_card() -> html.Section:
    """The circle, the layer that it shows, and all ties of the one that is chosen."""
    layers = {
        "all": "All ties",
        **{layer: words[0].upper() + words[1:] for layer, words in LAYERS.items()},
    }
    return card(
        "Influence network",
        html.H2("Who heeds whom", id="network-finding"),
        html.P("", id="network-unit", className="dimmed"),
        html.Div(
            [
                html.Div(id="network", className="network"),
                html.Div(
                    [
                        html.Div(
                            [
                                dmc.Select(
                                    id="network-who",
                                    data=[],
                                    value=None,
                                    searchable=True,
                                    searchValue="",
                                    filter=BY_ANY_NAME,
                                    limit=60,
                                    disabled=True,
                                    clearable=True,
                                    placeholder="Ties of …",
                                    size="sm",
                                    selectFirstOptionOnChange=True,
                                    nothingFoundMessage="Nobody has this name",
                                    **{"aria-label": "All ties of"},
                                ),
                                dmc.Select(
                                    id="network-layer",
                                    value="all",
                                    allowDeselect=False,
                                    size="sm",
                                    data=[
                                        {"value": value, "label": words}
                                        for value, words in layers.items()
                                    ],
                                    **{"aria-label": "Layer of ties"},
                                ),
                            ],
                            className="network-asks",
                        ),
                        html.Div([], id="network-ties", className="network-ties"),
                    ],
                    className="network-told",
                ),
            ],
            className="network-both",
        ),
        html.Ul(
            [
                html.Li(
                    [
                        html.Span("signed in 0 %"),
                        html.Span(className="world-scale"),
                        "100 % of worlds",
                    ]
                ),
                html.Li(
                    [html.Span(className="key tie"), html.Span("strongest ties", id="network-key")]
                ),
                html.Li(badge(f"ties: {ASSUMED}", small=True, outline=True)),
                html.Li(
                    html.A(
                        "All ties (CSV)",
                        href="data/network.csv",
                        className="on-screen",
                        **{"data-holds-view": "yes", "aria-label": "Download all ties (CSV)"},
                    )
                ),
                html.Li(html.Details([html.Summary("What a tie is"), html.P(ABOUT)])),
            ],
            className="world-key network-key",
        ),
        id="network-card",
    )


def register(app: dash.Dash) -> None:
    """Tells assets/network.js of the controls."""
    call_on_change(app, "on_layer", "network-layer")
    call_on_change(app, "on_network_who", "network-who")


def mixing_of(view: View) -> str:
    """The values of the dials on which the network of *view* depends."""
    return "&".join(f"{dial}={view.variant.settings[dial]:g}" for dial in MIXING)


def network_of(run: sim.Run) -> dict[str, Any]:
    """Everybody's place on the circle, by region, and the ties to draw: [heeding, heeded, layer,
    weight] as numbers.
    """
    people, ties = run.directory(), run.ties_by_layer()
    regions = _order(people, ties)
    people["place"] = people["region"].map({region: place for place, region in enumerate(regions)})
    people["kind_place"] = people["kind"].map({kind: place for place, kind in enumerate(sim.KINDS)})
    people = people.sort_values(
        ["place", "kind_place", "weight", "id"], ascending=[True, True, False, True]
    )
    number = {who: place for place, who in enumerate(people["id"])}
    layers = {layer: place for place, layer in enumerate(LAYERS)}
    strongest = (
        ties.sort_values(["weight", "heeds"], ascending=[False, True])
        .groupby(["who", "layer"])
        .head(STRONGEST)
    )
    strongest = strongest.sort_values(["who", "heeds", "layer"])
    columns = (
        strongest["who"].map(number),
        strongest["heeds"].map(number),
        strongest["layer"].map(layers),
        strongest["weight"].round(DIGITS),
    )
    sizes = people.groupby("region").size()
    return {
        "ids": list(number),
        "regions": [[region, int(sizes[region])] for region in regions],
        "layers": LAYERS,
        "strongest": STRONGEST,
        "most_heeded": _most_heeded(ties),
        "powers": _powers(people, ties),
        "articles": (
            people.loc[people["name"].map(sim.with_article) != people["name"], "id"].tolist()
        ),
        "share_of_most": round(
            float(_sums(ties)["weight"][:MOST_HEEDED].sum() / ties["weight"].sum()), DIGITS
        ),
        "ties": [list(tie) for tie in zip(*(column.tolist() for column in columns), strict=True)],
    }


def ties_of(run: sim.Run, who: str) -> dict[str, Any]:
    """All ties of one with a name, strongest first: whom it heeds, and who heeds it; InputError for
    others.
    """
    ties = run.ties_by_layer()
    if who not in run.signed:
        raise sim.InputError(
            f"{WHERE}: who is {who[:40]!r}, expected the iso3 code of a state or a name on the page"
        )
    return {"who": who, "heeds": _by_weight(ties[ties["who"] == who], "heeds"),
            "heeded_by": _by_weight(ties[ties["heeds"] == who], "who")}  # fmt: skip


def ties_table(view: View, run: sim.Run) -> pd.DataFrame:
    """All ties of the network of *view*: a row for each layer of each, with what it takes to repeat
    it.
    """
    names = run.directory().set_index("id")["name"]
    ties = run.ties_by_layer()
    columns = {
        "who": ties["who"],
        "name": ties["who"].map(names),
        "heeds": ties["heeds"],
        "name_of_heeded": ties["heeds"].map(names),
        "layer": ties["layer"],
        "weight": ties["weight"],
    }
    about = {"basis": ASSUMED, "source": SOURCE, "dials": mixing_of(view), "holds_for": HOLDS_FOR}
    return pd.DataFrame(columns).assign(**about, **provenance(view), view=view.query())


def _most_heeded(ties: pd.DataFrame) -> list[list[Any]]:
    """[id, how many heed it, sum of its example's weights for them], the largest sums first."""
    return [
        [row[0], row[1], round(row[2], DIGITS)]
        for row in _sums(ties)[:MOST_HEEDED].itertuples(index=False)
    ]


def _powers(people: pd.DataFrame, ties: pd.DataFrame) -> list[list[Any]]:
    """[id, rank, how many heed it, sum of its example's weights] of each state of the most power
    that is not among the most heeded.
    """
    powerful = people[people["kind"] == "state"].nlargest(MOST_POWERFUL, "weight")["id"].tolist()
    ranked = [(rank, *row) for rank, row in enumerate(_sums(ties).itertuples(index=False), start=1)]
    return [
        [who, rank, by, round(weight, DIGITS)]
        for rank, who, by, weight in ranked[MOST_HEEDED:]
        if who in powerful
    ]


def _sums(ties: pd.DataFrame) -> pd.DataFrame:
    """Of everybody who is heeded: by how many, and the sum of the weights, the largest first."""
    sums = ties.groupby("heeds").agg(by=("who", "nunique"), weight=("weight", "sum")).reset_index()
    return sums.sort_values(["weight", "heeds"], ascending=[False, True])


def _by_weight(ties: pd.DataFrame, other: str) -> list[list[Any]]:
    """[id, weight, layers], strongest first; ties through several layers as one."""
    sums = ties.groupby(other).agg(weight=("weight", "sum"), layers=("layer", list)).reset_index()
    sums = sums.sort_values(["weight", other], ascending=[False, True])
    return [[row[0], round(row[1], DIGITS), row[2]] for row in sums.itertuples(index=False)]


def _order(people: pd.DataFrame, ties: pd.DataFrame) -> list[str]:
    """The sub-regions around the circle, so that those with strong ties are neighbours: the best
    order that reversing stretches of it leads to, from the alphabet on.
    """
    home = people.set_index("id")["region"]
    pairs = pd.DataFrame(
        {"to": ties["who"].map(home), "from": ties["heeds"].map(home), "weight": ties["weight"]}
    )
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
                other = [*order[:start], *order[start:end][::-1], *order[end:]]
                if (sum_of_bonds := closeness(other)) > best + 1e-12:
                    order, best, better = other, sum_of_bonds, True
    return [regions[place] for place in order]
