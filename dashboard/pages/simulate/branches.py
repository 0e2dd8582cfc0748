"""Branches: the card that changes one thing from the round shown on; assets/branch.js does the rest."""

from __future__ import annotations

import json

import dash_mantine_components as dmc
from dash import html

import sim
from dashboard.data.words import CHOICES, dial_words
from dashboard.shell import card
from dashboard.view import SIGNS

ROLES = ("lever", "uncertainty")


def changing_dials() -> dict[str, tuple[float, float, bool]]:
    """The dials that may change during a run: lowest and highest value, and whether whole."""
    return {
        name: (*dial.between, dial.whole)
        for name, dial in sim.DIALS.items()
        if dial.role in ROLES and not dial.structural
    }


def branch_card() -> html.Section:
    """Who signs or stays out, or which dial changes, from the round shown on; at the last month, where to go first."""
    dials = changing_dials()
    return card(
        "Branch from here",
        html.H2("Change one thing from a month on"),
        html.Div(
            [
                html.Span("The last month is shown, which has no future. Begin", className="dimmed"),
                html.Button("at the launch", className="quiet", **{"data-round": "0"}),
                html.Button("a year later", className="quiet", **{"data-round": "12"}),
                html.Span("or at any month of the play bar.", className="dimmed"),
            ],
            id="branch-over", className="branch-over",
        ),
        html.Div(
            [
                html.P(["In ", html.Span("the last month", id="branch-round"), " and after, under the same luck:"],
                       className="dimmed"),
                html.Div(
                    [
                        dmc.Select(id="branch-who", label="Who", data=[], placeholder="Name", limit=60,
                                   searchable=True, selectFirstOptionOnChange=True,
                                   nothingFoundMessage="Nobody has this name"),
                        dmc.Select(id="branch-choice", label="does what", value=SIGNS, allowDeselect=False,
                                   data=[{"value": value, "label": words} for value, words in CHOICES.items()]),
                        _run_on("branch-sign", "choice"),
                    ],
                    className="branch-row",
                ),
                html.Div(
                    [
                        dmc.Select(id="branch-dial", label="Dial", searchable=True, placeholder="Which dial",
                                   selectFirstOptionOnChange=True,
                                   data=[{"value": name, "label": dial_words(name)} for name in dials]),
                        dmc.NumberInput(id="branch-value", label="becomes"),
                        _run_on("branch-set", "dial"),
                    ],
                    className="branch-row",
                ),
            ],
            id="branch-form", className="branch-form", hidden=True,
        ),
        html.P("", id="branch-message", className="dimmed", role="status"),
        html.Ul([], id="branches", className="branches", hidden=True, **{"aria-label": "Branches"}),
        id="branch-card", **{"data-dials": json.dumps(dials)},
    )  # fmt: skip


def _run_on(name: str, what: str) -> html.Button:
    return html.Button("Run on", id=name, className="quiet", **{"aria-label": f"Run on with this {what}"})
