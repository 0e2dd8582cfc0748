"""The page Evidence: would the model have been right, on what it has seen and on what it has not,
and what is unknown?

Three sentences and a figure first, then a fold for each question, those that the sentences rest on
before others. assets/evidence.js writes the sentences and answers from data/evidence/summary, and
the rest from data/evidence: the record, as docs/evidence.md has it, and the view.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash
from dash import html

import sim
from dashboard.data.words import ASSUMED, FITTED, KINDS
from dashboard.folds import fold, folds, lead
from dashboard.pages import Services
from dashboard.pages.evidence import routes
from dashboard.shell import badge, figure, message, scrolled_table
from dashboard.shell import card as plain_card
from dashboard.view import SCENARIO

PATH, NAME = "/evidence", "Evidence"
OF_DATES = (
    "Date",
    "Register",
    "Median",
    "90\u00a0%: fitted weights",
    "Inside",
    "90\u00a0%: with their uncertainty",
    "Inside",
)
LEADS = ("Would it have been right?", "Where was it wrong?", "What can nobody know?")
# The parts of the record, by their names in the document, with the question that each answers: what
# matters most, then what else was tried.
FIRST_PARTS = {
    "unseen-states": "Who signs: does it know states that it has never seen?",
    "unseen-dates": "How many: would it have foreseen those who came later?",
    "conclusions": "What does a code change in how they behave?",
}
OTHER_PARTS = {
    "instruments": "Do other texts bear it out?",
    "elsewhere": "Does one code’s model serve for another code?",
    "dates": "Does it fit the dates it was made from?",
    "checks": "Does the method find what is there, and nothing else?",
}
OF_THE_RECORD = {**FIRST_PARTS, **OTHER_PARTS}
LIMITS = "Some choices were made knowing who had signed, and one list of one code is one history."
UNTOLD = "untold"  # why a weight is not fitted
TURNING = "The record cannot tell. It says what either answer would have to explain."
MADE = "By one command, from the public register; whoever repeats it gets the same numbers."


def layout() -> html.Main:
    """All that does not depend on the record or the view, and places for what does."""
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Evidence: how far to trust it"),
                    message("evidence-message"),
                    message("record-message"),
                    html.P("", id="evidence-left-out", className="dimmed", hidden=True),
                ],
                className="introduction short",
            ),
            html.Div(
                [
                    html.Div(
                        [lead(place, question) for place, question in enumerate(LEADS)],
                        className="leads",
                    ),
                    _states(),
                ],
                id="first",
                className="first",
            ),
            folds(
                *_folds(), name="evidence", words="Each question opens; these three matter most."
            ),
        ],
        className="column",
    )


def register(app: dash.Dash, services: Services) -> None:
    """Answers for the page, whose scripts ask once it is there; there is no callback."""
    routes.register(app.server, services)


def _states() -> html.Section:
    """The figure that comes first: every state, by what was said of it."""
    return plain_card(
        "Every state, by what the model said of it",
        html.Div(
            [html.H3("", id="states-finding"), badge(f"{FITTED}, states left out")],
            className="card-head",
        ),
        figure(
            "every-state",
            "States by the share of simulated worlds in which each signs, its region left out of"
            " the fit; those that signed above the line, the others below; the numbers are in the"
            " table",
            "graph lead-graph",
        ),
        html.P("", id="states-provenance", className="dimmed"),
        _folded(
            "The numbers",
            scrolled_table("states-rows", ("State", "Share of worlds", "On the register")),
        ),
        style="lead-figure",
        **{"data-own-provenance": "yes"},
    )


def _folds() -> list[html.Details | html.H2]:
    """The folds in three groups, each under its heading but the first, which stands first
    anyway.
    """
    assumed = sum(dial.role == "uncertainty" for dial in sim.DIALS.values())
    basis = f"{_weights()} {assumed} dials are assumed, since nobody has measured them."
    return [
        *_of_the_record(FIRST_PARTS),
        _group("What else was tried"),
        *_of_the_record(OTHER_PARTS),
        _group("What it rests on, and what stays open"),
        fold("basis", "What was measured, and what is assumed?", basis, *_basis()),
        fold("limits", "What can no score make good?", LIMITS, _document("limits")),
        fold("turning-point", "Was the Call a turning point?", TURNING, *_turning_point()),
        fold(
            "right",
            "And all of it in the words of statistics?",
            "The findings one by one, with every number.",
            _document("right"),
        ),
        fold("made", "How was this made?", MADE, html.Div([], id="made-how"), _downloads()),
    ]


def _weights() -> str:
    """How many weights there are, and how many of them the register tells."""
    weights = sim.load(SCENARIO).fitted()
    untold = sum(weight.reason == UNTOLD for weight in weights)
    return (
        f"Of {len(weights)} weights, {len(weights) - untold} are fitted to the register; {untold},"
        " which the text of one code cannot tell, stand at 0."
    )


def _of_the_record(parts: Mapping[str, str]) -> list[html.Details]:
    more = {"dates": _dates()}
    return [
        fold(part, question, "", *more.get(part, []), _document(part))
        for part, question in parts.items()
    ]


def _group(words: str) -> html.H2:
    return html.H2(words, className="folds-group")


def _document(part: str) -> html.Div:
    """A place for a *part* of the document of evidence."""
    return html.Div([], id=f"document-{part}", className="evidence-part")


def _downloads() -> html.Div:
    links = [
        html.A("The record (JSON)", href="data/evidence/record.json"),
        html.A(
            "The dates (CSV)",
            id="evidence-csv",
            href="data/evidence.csv",
            className="evidence-data",
        ),
        html.A("Everything on this page (JSON)", href="data/evidence", className="evidence-data"),
        html.A("The conclusions (CSV)", href="data/evidence/conclusions.csv"),
    ]
    return html.Div(html.Span(links, className="downloads"), className="basis")


def _card(
    title: str, *content: Any, basis: str = "", words: str = "", finding: str = ""
) -> html.Section:
    """A card with a title, which a script may replace by the *finding* of that name, a badge for
    its *basis*, and *words* on what it shows.
    """
    heading = html.H3(title, **({"id": finding} if finding else {}))
    head = html.Div([heading, badge(basis)] if basis else [heading], className="card-head")
    return plain_card(
        title, head, *([html.P(words, className="dimmed")] if words else []), *content
    )


def _chart(name: str, words: str) -> html.Div:
    """An empty figure, drawn once its fold is open, whose numbers are in the table behind it."""
    place = html.Div([], id=name, className="graph tall")
    return html.Div(place, role="img", **{"aria-label": f"{words}; the numbers are in the table"})


def _folded(title: str, *content: Any) -> html.Details:
    return html.Details([html.Summary(title), *content])


def _dates() -> list[Any]:
    """The dates in the worlds of the view, under whatever lens, and the states by their share of
    these worlds.
    """
    return [
        html.Div(
            [badge(FITTED), html.Span("", id="evidence-provenance", className="dimmed")],
            className="basis",
        ),
        html.P("", id="wide-note", className="dimmed"),
        html.Div([], id="dates-legend"),
        html.Div([_kind(kind, words) for kind, words in KINDS.items()], className="cards"),
        _tenths(),
    ]


def _kind(kind: str, words: str) -> html.Section:
    return plain_card(
        f"{words}, register against model",
        html.H3([f"{words}: ", html.Span("–", id=f"inside-{kind}"), " dates inside"]),
        html.P("", id=f"wide-inside-{kind}"),
        html.P("", id=f"errors-{kind}", className="dimmed"),
        _chart(
            f"evidence-{kind}", f"{words}: register and model at each date, with both intervals"
        ),
        _folded("The numbers", scrolled_table(f"dates-{kind}", OF_DATES)),
    )


def _tenths() -> html.Section:
    return _card(
        "Who signed, by tenth of the simulated share",
        html.Div(
            [
                _chart("evidence-tenths", "Share on the register by tenth of the simulated share"),
                html.Div(
                    [
                        html.P("", id="tenths-size", className="dimmed"),
                        html.H4("The largest misses"),
                        html.P("", id="misses-worlds", className="dimmed"),
                        html.Ul([], id="misses", className="said"),
                    ]
                ),
            ],
            className="beside",
        ),
        _folded(
            "The numbers",
            scrolled_table("tenths", ("Tenth", "States", "Simulated", "From – to", "Register")),
        ),
        basis=FITTED,
        finding="tenths-finding",
        words=(
            "The 193 states, ordered by the share of simulated worlds in which each signs. On the"
            " diagonal as many signed as in the worlds."
        ),
    )


def _basis() -> list[Any]:
    theories = html.Details(
        [html.Summary("Each theory, in the words of statistics"), _lenses()], className="technical"
    )
    return [html.Div([_fitted(), _assumed()], className="cards even"), theories]


def _lenses() -> html.Section:
    return _card(
        "Each theory's score on the register",
        scrolled_table("scores", ("Lens", "Motives weighed", "States", "Firms", "NGOs", "Total")),
        html.P("", id="verdict", className="verdict"),
        basis=f"{FITTED}, in sample",
        words=(
            "Log likelihood (natural logarithm) of the states' dates and of the counts of firms and"
            " NGOs, in the sample that the weights were fitted to. Larger is better. More weights"
            " can only help here, so a larger lens and a smaller one are no contest."
        ),
    )


def _fitted() -> html.Section:
    return _card(
        "What is fitted",
        html.P("", id="fitted-count"),
        _listing("fitted", "Fitted weights"),
        html.P("", id="entangled", className="dimmed"),
        basis=FITTED,
        words=(
            "Weights with their standard errors: the spread of what the register leaves possible,"
            " and the penalty's pull."
        ),
    )


def _assumed() -> html.Section:
    return _card(
        "What is assumed",
        html.P("", id="assumed-count"),
        _listing("assumed", "Uncertainties"),
        basis=ASSUMED,
        words="Uncertainties: what nobody has measured. Nothing on this page tests them.",
    )


def _listing(name: str, label: str) -> html.Details:
    """A place for a long list, folded in."""
    return _folded(f"{label}, one by one", html.Div([], id=name, className="listed"))


def _turning_point() -> list[Any]:
    one = [
        html.Strong("If it was one, why did so little follow? "),
        html.Span("", id="turning-after"),
    ]
    none = [
        html.Strong("If it was not, why did so many come at once? "),
        html.Span("", id="turning-first"),
    ]
    either = [
        html.Strong("Either way, signing is not keeping. "),
        (
            "Whether anybody acted otherwise because of the Call is what a turning point would"
            " mean, and nobody has measured it."
        ),
    ]
    words = (
        "So Microsoft's president said of the Call. Critics of voluntary declarations saw words"
        " without means. This page cannot decide between them; it can say what each would have to"
        " explain."
    )
    return [
        html.Div(badge("register"), className="basis"),
        html.P(words, className="dimmed"),
        html.Ul([html.Li(points) for points in (one, none, either)], className="said"),
    ]
