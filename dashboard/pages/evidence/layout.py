"""The page Evidence: would the model have been right, on what it has seen and on what it has not, and what is unknown?

The record of evidence is shown in its own sentences, those of docs/evidence.md; the rest is of the view.
"""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from dashboard.data.words import ASSUMED, FITTED, KINDS
from dashboard.pages import Services
from dashboard.pages.evidence import routes
from dashboard.pages.evidence.cards import (
    card,
    chart,
    checks,
    conclusions,
    elsewhere,
    legend,
    listing,
    numbers,
    sentences,
    unseen_dates,
    unseen_states,
)
from dashboard.shell import badge, message, scrolled_table
from dashboard.shell import card as plain_card

PATH, NAME = "/evidence", "Evidence"
OF_DATES = ("Date", "Register", "Median", "90 %: fitted weights", "Inside", "90 %: with their uncertainty", "Inside")


def layout() -> html.Main:
    """Headings and places; assets/evidence.js and evidence_record.js fill them from data/evidence."""
    parts = {
        "right": ("Would it have been right?", _right()),
        "dates": ("Dates it was fitted to", _dates()),
        "unseen-states": ("States it has not seen", unseen_states()),
        "unseen-dates": ("Dates it has not seen", unseen_dates()),
        "checks": ("Checks of the method", checks()),
        "elsewhere": ("Another instrument", elsewhere()),
        "conclusions": ("Conclusions about conduct", conclusions()),
        "basis": ("What it rests on, and what nobody knows", _basis()),
    }
    links = [html.A(title, href=f"#{name}", className=_whose(name)) for name, (title, _) in parts.items()]
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
                    html.Nav(links, className="parts", **{"aria-label": "Parts of this page"}),
                ],
                className="introduction",
            ),
            html.Div(
                [_part(name, title, content) for name, (title, content) in parts.items()],
                id="evidence", className="evidence",
            ),
        ],
        className="column",
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Answers for the page, whose scripts ask once it is there; there is no callback."""
    routes.register(app.server, services)


def _whose(name: str) -> str:
    """The class of parts that are there only with the record of evidence."""
    return "" if name in ("right", "dates", "basis") else "of-the-record"


def _part(name: str, title: str, content: list[Any]) -> html.Section:
    return html.Section([html.H2(title), *content], id=name, className=f"evidence-part {_whose(name)}".strip())


def _right() -> list[Any]:
    return [
        message("record-message"),
        html.Div(sentences("headline", visible=10), className="card of-the-record headlines-said"),
        html.P(
            [
                html.Span("", id="record-provenance"), " ",
                html.A("The record (JSON)", href="data/evidence/record.json"),
            ],
            className="dimmed of-the-record",
        ),
    ]  # fmt: skip


def _dates() -> list[Any]:
    downloads = [
        html.A("The dates (CSV)", id="evidence-csv", href="data/evidence.csv", className="evidence-data"),
        html.A("Everything here (JSON)", href="data/evidence", className="evidence-data"),
    ]
    return [
        sentences("in_sample"),
        html.Div([badge(), html.Span("", id="evidence-provenance", className="dimmed"),
                  html.Span(downloads, className="downloads")], className="basis"),
        html.P("", id="wide-note", className="dimmed"),
        legend(),
        html.Div([_kind(kind, words) for kind, words in KINDS.items()], className="panels"),
        html.Details(
            [
                html.Summary("State by state, in the same worlds"),
                html.Div([_tenths(), _misses()], className="evidence-pair"),
            ],
            id="state-by-state", className="folded",
        ),
    ]  # fmt: skip


def _kind(kind: str, words: str) -> html.Section:
    return plain_card(
        f"{words}, register against model",
        html.H3(f"{words} on the public list"),
        html.P([html.Strong("–", id=f"inside-{kind}", className="headline"),
                html.Span(" dates inside, under the fitted weights", className="dimmed")], className="inside"),
        html.P("", id=f"wide-inside-{kind}"),
        html.P("", id=f"errors-{kind}", className="dimmed"),
        chart(f"evidence-{kind}", f"{words}: register and model at each date, with both intervals"),
        numbers(f"dates-{kind}", OF_DATES),
    )  # fmt: skip


def _tenths() -> html.Section:
    return card(
        "Who signed, by tenth of the simulated share",
        "The 193 states, ordered by the share of simulated worlds in which each signs. On the diagonal as many signed "
        "as in the worlds.",
        chart("evidence-tenths", "Share on the register by tenth of the simulated share"),
        html.P("", id="tenths-size", className="dimmed"),
        numbers("tenths", ("Tenth", "States", "Simulated", "From – to", "Register")),
        rests_on=FITTED,
    )  # fmt: skip


def _misses() -> html.Section:
    return card(
        "The largest misses", "Share of simulated worlds in which each signs, beside what happened.",
        html.Ul([], id="misses", className="said"), rests_on=FITTED,
    )  # fmt: skip


def _basis() -> list[Any]:
    return [
        _lenses(),
        html.Div([_fitted(), _assumed()], className="evidence-pair even"),
        html.Div([_not_known(), _turning_point()], className="evidence-pair even"),
    ]


def _lenses() -> html.Section:
    return card(
        "Each theory's score on the register",
        "Log likelihood (natural logarithm) of the states' dates and of the counts of firms and NGOs, in the sample "
        "that the weights were fitted to. Larger is better. More weights can only help here, so a larger lens and a "
        "smaller one are no contest.",
        scrolled_table("scores", ("Lens", "Motives weighed", "States", "Firms", "NGOs", "Total")),
        html.P("", id="verdict", className="verdict"), rests_on=f"{FITTED}, in sample",
    )  # fmt: skip


def _fitted() -> html.Section:
    return card(
        "What is fitted",
        "Weights with their standard errors: the spread of what the register leaves possible, and the penalty's pull.",
        html.P("", id="fitted-count"), listing("fitted", "Fitted weights"),
        html.P("", id="entangled", className="dimmed"), rests_on=FITTED,
    )  # fmt: skip


def _assumed() -> html.Section:
    return card(
        "What is assumed", "Uncertainties: what nobody has measured. Nothing on this page tests them.",
        html.P("", id="assumed-count"), listing("assumed", "Uncertainties"), rests_on=ASSUMED,
    )  # fmt: skip


def _not_known() -> html.Section:
    return card("What nobody knows", "Read this before you quote a number.", sentences("limits", visible=10))


def _turning_point() -> html.Section:
    one = [html.Strong("If it was one, why did so little follow? "), html.Span("", id="turning-after")]
    none = [html.Strong("If it was not, why did so many come at once? "), html.Span("", id="turning-first")]
    either = [
        html.Strong("Either way, signing is not keeping. "),
        "Whether anybody acted otherwise because of the Call is what a turning point would "
        "mean, and nobody has measured it.",
    ]
    return card(
        "A turning point?",
        "So Microsoft's president said of the Call. Critics of voluntary declarations saw words without means. This "
        "page cannot decide between them; it can say what each would have to explain.",
        html.Ul([html.Li(points) for points in (one, none, either)], className="said"), rests_on="register",
    )  # fmt: skip
