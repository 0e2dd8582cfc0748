"""The number cards: who is on the list at the round shown, beside the register and beside the Paris
Call as it was, who is outside, how many states ratify a treaty, and the harm prevented.
"""

from __future__ import annotations

from dash import html

import sim
from dashboard.data.words import KINDS, POWER
from dashboard.pages.simulate.conduct import conduct_card, ratified_card
from dashboard.shell import card
from sim import number_formats as formats

OUTSIDE = {  # what the status of a state outside means
    "not_taken_up": "has not looked at the text",
    "waiting": "has looked, and waits for others",
    "declined": "has looked, and said no for now",
}


# Of how a difference is counted, where one stands on the cards.
BESIDE = (
    " A change is counted world by world, each beside the same world without it, so it need not be"
    " what lies between the two medians."
)


FAR = (
    "Far outside what the register can judge: read which way these numbers go, and not how large"
    " they are."
)


def number_cards() -> html.Div:
    """One card a number; assets/simulate.js and assets/baseline.js fill them at the round shown."""
    return html.Div(
        [
            _head(),
            *(_headline(kind) for kind in KINDS),
            _power(),
            ratified_card(),
            _outside(),
            conduct_card(),
        ],
        className="headlines",
        id="headlines",
    )


def _head() -> html.Div:
    """Of which month the numbers of the cards are, which assets/simulate.js says, and how they are
    to be read; where there is a baseline, how a difference from it is counted, in short on a slide;
    far outside the data, first what they are good for.
    """
    reading = f"Each is the median of the worlds; in brackets, {formats.percent(0.9)} of worlds."
    paired = html.Span(BESIDE, id="numbers-beside", hidden=True)
    far = html.P(FAR, id="numbers-far", className="far-numbers", hidden=True)
    counted = html.Span("; changes are counted world by world", className="of-changes-counted")
    in_short = html.P([f"Medians; in brackets {formats.percent(0.9)} of worlds", counted, "."],
                      className="dimmed on-slides")  # fmt: skip
    title = html.H2("Numbers", id="numbers-month")
    return html.Div(
        [title, far, html.P([reading, paired], className="dimmed"), in_short],
        className="head-of-numbers",
    )


def _headline(kind: str) -> html.Section:
    return card(
        f"{KINDS[kind]} on the public list",
        html.H2(f"{KINDS[kind]} on the list"),
        _level(f"listed-{kind}", f"interval-{kind}", kind),
        html.P(
            [html.Span(className="key point"), " register ", html.Span("–", id=f"register-{kind}")],
            className="dimmed",
            id=f"of-register-{kind}",
        ),
        _difference(kind),
        style="number",
    )


def _level(median: str, ends: str, name: str) -> html.P:
    """The median of the worlds and, in the brackets of assets/simulate.css, the ends of 90 % of
    them; or that a kind may not sign.
    """
    interval = html.Span(html.Span("–", id=ends), id=f"worlds-{name}", className="of-worlds")
    return html.P(
        [html.Strong("–", id=median, className="headline"), " ", interval],
        className="median-and-ends",
    )


def _difference(name: str) -> html.P:
    """The difference from what is simulated with nothing changed, in pairs of worlds with the same
    luck.
    """
    return html.P("", id=f"difference-{name}", className="difference", hidden=True)


def _power() -> html.Section:
    return card(
        "Signatories' share of material power",
        html.H2("Material power"),
        _level("power", "power-interval", "power"),
        html.Details(
            [html.Summary("held by signatory states"), html.P(POWER)], className="dimmed of-power"
        ),
        _difference("power"),
        style="number",
    )


def _outside() -> html.Section:
    return card(
        "States that have not signed",
        html.H2("States outside"),
        html.Dl(
            [
                html.Div(
                    [
                        html.Dt(
                            [sim.STATUSES[status].word, html.Span(f" {means}", className="dimmed")]
                        ),
                        html.Dd("–", id=f"states-{status}"),
                    ]
                )
                for status, means in OUTSIDE.items()
            ]
        ),
        html.P("Each is a median of its own: they need not add up.", className="dimmed"),
        style="number wide outside",
        id="outside-card",
    )
