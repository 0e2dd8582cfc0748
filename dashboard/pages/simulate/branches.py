"""Branches: the card that changes one thing from the round shown on; assets/branch.js does the
rest.
"""

from __future__ import annotations

import json

import dash_mantine_components as dmc
from dash import html

import sim
from dashboard.data.words import CHOICES, dial_words
from dashboard.shell import BY_ANY_NAME, card
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
    """Who signs or stays out, or which dial changes, from the round shown on, or, at the last, from
    the launch.
    """
    dials = changing_dials()
    return card(
        "Branch from here",
        html.H2("Change one thing from a month on"),
        html.Div(
            [
                html.P(
                    [
                        "From ",
                        html.Strong("the launch", id="branch-round"),
                        " on, under the same luck. ",
                        html.Span("The play bar chooses the month.", id="branch-how"),
                    ],
                    className="dimmed",
                ),
                html.Div(
                    [
                        dmc.Select(
                            id="branch-who",
                            label="Who",
                            data=[],
                            placeholder="Name",
                            limit=60,
                            filter=BY_ANY_NAME,
                            searchable=True,
                            selectFirstOptionOnChange=True,
                            nothingFoundMessage="Nobody has this name",
                        ),
                        dmc.Select(
                            id="branch-choice",
                            label="does what",
                            value=SIGNS,
                            allowDeselect=False,
                            data=[
                                {"value": value, "label": words} for value, words in CHOICES.items()
                            ],
                        ),
                        _run_on("branch-sign", "choice"),
                    ],
                    className="branch-row",
                ),
                html.Div(
                    [
                        dmc.Select(
                            id="branch-dial",
                            label="Dial",
                            searchable=True,
                            placeholder="Which dial",
                            selectFirstOptionOnChange=True,
                            data=[{"value": name, "label": dial_words(name)} for name in dials],
                        ),
                        dmc.NumberInput(id="branch-value", label="becomes"),
                        _run_on("branch-set", "dial"),
                    ],
                    className="branch-row",
                ),
            ],
            id="branch-form",
            className="branch-form",
        ),
        html.P("", id="branch-message", className="dimmed", role="status"),
        html.Ul([], id="branches", className="branches", hidden=True, **{"aria-label": "Branches"}),
        id="branch-card",
        **{"data-dials": json.dumps(dials)},
    )


def _run_on(name: str, what: str) -> html.Button:
    return html.Button(
        "Run on", id=name, className="quiet", **{"aria-label": f"Run on with this {what}"}
    )
