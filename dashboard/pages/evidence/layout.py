"""The page Evidence: would the model have been right, on what it has seen and on what it has not, and what is unknown?

assets/evidence.js shows the record of evidence, as the document that docs/evidence.md is too; the rest is of the view.
"""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from dashboard.data.words import ASSUMED, FITTED, KINDS
from dashboard.pages import Services
from dashboard.pages.evidence import routes
from dashboard.shell import badge, figure, message, scrolled_table
from dashboard.shell import card as plain_card

PATH, NAME = "/evidence", "Evidence"
OF_DATES = ("Date", "Register", "Median", "90 %: fitted weights", "Inside", "90 %: with their uncertainty", "Inside")


def layout() -> html.Main:
    """What is of the view, and places for the document of evidence; assets/evidence.js fills them from data/evidence.
    """
    parts = {
        "right": ("Would it have been right?", _right()),
        "dates": ("Dates it was fitted to", _dates()),
        "basis": ("What it rests on, and what nobody knows", _basis()),
    }
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Evidence"),
                    html.P(
                        "Nobody knows what the next code of conduct will bring. What one can know is how this model "
                        "would have done on the last one, where it would have been wrong, and what it leaves open.",
                        className="lead",
                    ),
                    message("evidence-message"),
                    html.P("", id="evidence-left-out", className="dimmed", hidden=True),
                    html.Nav([], id="parts", className="parts", **{"aria-label": "Parts of this page"}),
                ],
                className="introduction",
            ),
            html.Div(
                [
                    html.Section([html.H2(title), *content], id=name, className="evidence-part")
                    for name, (title, content) in parts.items()
                ],
                id="evidence", className="evidence",
            ),
        ],
        className="column",
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Answers for the page, whose scripts ask once it is there; there is no callback."""
    routes.register(app.server, services)


def _card(title: str, *content: Any, basis: str = "", words: str = "") -> html.Section:
    """A card with a title, a badge for its *basis*, and *words* on what it shows."""
    head = html.Div([html.H3(title), badge(basis)], className="card-head")
    return plain_card(title, head, html.P(words, className="dimmed"), *content)


def _chart(name: str, words: str) -> html.Div:
    """An empty figure, whose numbers are in the table behind it."""
    return figure(name, f"{words}; the numbers are in the table", "graph tall")


def _folded(title: str, *content: Any) -> html.Details:
    return html.Details([html.Summary(title), *content])


def _right() -> list[Any]:
    return [
        message("record-message"),
        html.Div([], id="document-right", className="card headlines-said", hidden=True),
    ]


def _dates() -> list[Any]:
    downloads = [
        html.A("The dates (CSV)", id="evidence-csv", href="data/evidence.csv", className="evidence-data"),
        html.A("Everything here (JSON)", href="data/evidence", className="evidence-data"),
    ]
    return [
        html.Div([], id="document-dates", className="evidence-part", hidden=True),
        html.Div([badge(FITTED), html.Span("", id="evidence-provenance", className="dimmed"),
                  html.Span(downloads, className="downloads")], className="basis"),
        html.P("", id="wide-note", className="dimmed"),
        html.Div([], id="dates-legend"),
        html.Div([_kind(kind, words) for kind, words in KINDS.items()], className="cards"),
        _folded("State by state, in the same worlds", html.Div([_tenths(), _misses()], className="cards")),
    ]  # fmt: skip


def _kind(kind: str, words: str) -> html.Section:
    return plain_card(
        f"{words}, register against model",
        html.H3(f"{words} on the public list"),
        html.P([html.Strong("–", id=f"inside-{kind}", className="headline"),
                html.Span(" dates inside, under the fitted weights", className="dimmed")], className="inside"),
        html.P("", id=f"wide-inside-{kind}"),
        html.P("", id=f"errors-{kind}", className="dimmed"),
        _chart(f"evidence-{kind}", f"{words}: register and model at each date, with both intervals"),
        _folded("The numbers", scrolled_table(f"dates-{kind}", OF_DATES)),
    )  # fmt: skip


def _tenths() -> html.Section:
    return _card(
        "Who signed, by tenth of the simulated share",
        _chart("evidence-tenths", "Share on the register by tenth of the simulated share"),
        html.P("", id="tenths-size", className="dimmed"),
        _folded("The numbers", scrolled_table("tenths", ("Tenth", "States", "Simulated", "From – to", "Register"))),
        basis=FITTED,
        words="The 193 states, ordered by the share of simulated worlds in which each signs. On the diagonal as many "
        "signed as in the worlds.",
    )


def _misses() -> html.Section:
    return _card(
        "The largest misses", html.Ul([], id="misses", className="said"), basis=FITTED,
        words="Share of simulated worlds in which each signs, beside what happened.",
    )  # fmt: skip


def _basis() -> list[Any]:
    limits = html.Div([], id="document-limits", hidden=True)
    return [_lenses(), html.Div([_fitted(), _assumed(), limits, _turning_point()], className="cards even")]


def _lenses() -> html.Section:
    return _card(
        "Each theory's score on the register",
        scrolled_table("scores", ("Lens", "Motives weighed", "States", "Firms", "NGOs", "Total")),
        html.P("", id="verdict", className="verdict"),
        basis=f"{FITTED}, in sample",
        words="Log likelihood (natural logarithm) of the states' dates and of the counts of firms and NGOs, in the "
        "sample that the weights were fitted to. Larger is better. More weights can only help here, so a larger lens "
        "and a smaller one are no contest.",
    )


def _fitted() -> html.Section:
    return _card(
        "What is fitted", html.P("", id="fitted-count"), _listing("fitted", "Fitted weights"),
        html.P("", id="entangled", className="dimmed"), basis=FITTED,
        words="Weights with their standard errors: the spread of what the register leaves possible, and the penalty's "
        "pull.",
    )  # fmt: skip


def _assumed() -> html.Section:
    return _card(
        "What is assumed", html.P("", id="assumed-count"), _listing("assumed", "Uncertainties"), basis=ASSUMED,
        words="Uncertainties: what nobody has measured. Nothing on this page tests them.",
    )  # fmt: skip


def _listing(name: str, label: str) -> html.Div:
    """A place for a long list, which scrolls inside its card."""
    return html.Div([], id=name, className="listed", tabIndex=0, role="group", **{"aria-label": label})


def _turning_point() -> html.Section:
    one = [html.Strong("If it was one, why did so little follow? "), html.Span("", id="turning-after")]
    none = [html.Strong("If it was not, why did so many come at once? "), html.Span("", id="turning-first")]
    either = [
        html.Strong("Either way, signing is not keeping. "),
        "Whether anybody acted otherwise because of the Call is what a turning point would "
        "mean, and nobody has measured it.",
    ]
    return _card(
        "A turning point?", html.Ul([html.Li(points) for points in (one, none, either)], className="said"),
        basis="register",
        words="So Microsoft's president said of the Call. Critics of voluntary declarations saw words without means. "
        "This page cannot decide between them; it can say what each would have to explain.",
    )  # fmt: skip
