"""The number cards: who is on the list at the round shown, beside the register and beside the Paris Call as it was, who
is outside, and the harm prevented.
"""

from __future__ import annotations

from dash import html

import sim
from dashboard.data.words import KINDS
from dashboard.pages.simulate.conduct import conduct_card
from dashboard.shell import card


def number_cards() -> html.Div:
    """One card a number; assets/simulate.js and assets/baseline.js fill them at the round shown."""
    return html.Div(
        [*(_headline(kind) for kind in KINDS), _power(), _outside(), conduct_card()],
        className="headlines", id="headlines",
    )  # fmt: skip


def _headline(kind: str) -> html.Section:
    return card(
        f"{KINDS[kind]} on the public list",
        html.H2(f"{KINDS[kind]} on the list"),
        html.Strong("–", id=f"listed-{kind}", className="headline"),
        _interval(kind),
        html.P(
            [html.Span(className="key point"), " register ", html.Span("–", id=f"register-{kind}")], className="dimmed"
        ),
        _difference(kind),
        style="number",
    )


def _interval(name: str, place: str = "") -> html.P:
    """The ends of 90 % of worlds, and that the number above is their median; or that a kind may not sign."""
    worlds = html.Span(" in 90 % of worlds, the median above", id=f"worlds-{name}")
    return html.P([html.Span("–", id=place or f"interval-{name}"), worlds], className="dimmed")


def _difference(name: str) -> html.P:
    """The difference from the Paris Call as it was, in pairs of worlds with the same luck."""
    return html.P("", id=f"difference-{name}", className="difference", hidden=True)


def _power() -> html.Section:
    return card(
        "Signatories' share of material power",
        html.H2("Material power"),
        html.Strong("–", id="power", className="headline"),
        _interval("power", "power-interval"),
        html.P("held by signatory states", className="dimmed"),
        _difference("power"),
        style="number",
    )


def _outside() -> html.Section:
    return card(
        "States that have not signed",
        html.H2("States outside"),
        html.Dl(
            [
                html.Div([html.Dt(sim.STATUSES[status].word), html.Dd("–", id=f"states-{status}")])
                for status in ("not_taken_up", "waiting", "declined")
            ]
        ),
        html.P("each the median of the worlds", className="dimmed"),
        style="number wide outside",
        id="outside-card",
    )
