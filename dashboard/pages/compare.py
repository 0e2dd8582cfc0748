"""The page Compare: two to four views side by side under the same random streams, each beside the
first.
"""

from __future__ import annotations

import json
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
from dash import html

import sim
from dashboard.controls import scenario_options
from dashboard.data.beside import UnreadError
from dashboard.data.compare import (
    MOST_VIEWS,
    comparison_of,
    conduct_of,
    key_of,
    sides_of,
    views_of,
)
from dashboard.data.compare_tables import curves_table, differences_table
from dashboard.data.pairs import reference_of
from dashboard.data.view_names import FULL_MONITORING, STATE_LED, STRONGEST_SANCTIONS
from dashboard.data.words import ASSUMED, KINDS, POWER, RANGES, WHAT_POWER_COUNTS
from dashboard.pages import Services
from dashboard.requests import CSV, JSON, query, reply
from dashboard.shell import (
    basis,
    call_on_change,
    card,
    figure,
    message,
    segments,
    signing_basis,
    wide_table,
)
from dashboard.view import MOST_WORLDS, SCENARIO

PATH, NAME = "/compare", "Compare"
# Scenarios that are offered where nothing stands beside A yet; where its own question asks of
# conduct too, what of it this page answers at once, which is who signs.
READY = {
    "great-powers-sign": (
        "Would the Call have spread further with Washington, Beijing and Moscow in it?"
    ),
    "states-only": "",
    "hack-back": "What does the principle against private hack-back cost in signatories?",
}
# Rules and texts that are offered after them, each as a change of A: what they set, and their
# question.
READY_SETS = {
    "the strongest sanctions": (
        STRONGEST_SANCTIONS,
        "Do penalties for a broken promise deter, or keep anybody away?",
    ),
    "a state-led text": (
        STATE_LED,
        "Who would sign a text with more public rule and less openness?",
    ),
}
PAIRS = (
    "A pair is a world of each of two views with the same luck. Differences are medians over pairs"
    " of worlds, so they need not equal the difference of the two medians."
)
CAMPAIGN = (
    " asks another question, so it has another number: how many more follow where it signs than"
    " where it never does, as a mean."
)
LUCK = (
    " May be luck: too few pairs differ, or they go both ways, so that more cannot be told from"
    " fewer."
)
THEORIES = {"full": "All motives together", "null": "No theory: attention and size alone"}
AS_IT_WAS = (  # offered where A is another scenario
    "What is different from the Paris Call as it was?"
)


def layout() -> html.Main:
    """What can be set beside A where nothing is, else the views; then the finding with the curves,
    each of the others beside the first, and what else can be added.
    """
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Compare"),
                    html.P(
                        "What would have changed, and for whom? Each history has the same luck, so"
                        " what differs is what somebody changed.",
                        className="lead",
                    ),
                ],
                className="compare-head",
            ),
            message(),
            html.P(
                html.A("Compare the Paris Call as it was", href="compare"), className="compare-anew"
            ),
            _ready(),
            html.Ul([], id="compared", className="compared", **{"aria-label": "Views compared"}),
            _finding(),
            html.Div([], id="pairs", className="pairs"),
            html.Div(
                html.Details(
                    [html.Summary(WHAT_POWER_COUNTS), html.P(POWER)], className="of-power dimmed"
                ),
                id="power-counts",
                hidden=True,
            ),
            _conduct(),
            _add_view(),
        ],
        className="column compare",
        id="compare",
        **{"aria-busy": "true"},
    )


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/compare.js of an added view; answers with the views side by side, and with
    conduct on request.
    """
    for name in ("scenario", "lens", "convenor"):
        call_on_change(app, f"on_beside_{name}", f"beside-{name}")
    call_on_change(app, "on_compare_kind", "compare-kind")
    answers, runs = services.answers, services.runs

    def comparison(question: str) -> bytes:
        views = views_of(question)
        sides = sides_of(views, answers, runs)
        return answers.get(
            f"compare?{key_of(views)}", lambda: comparison_of(sides, views, reference_of(views))
        )

    def in_other_fits(found: dict[str, Any]) -> dict[str, Any] | None:
        return json.loads(comparison(found["other_fits"])) if found["other_fits"] else None

    @app.server.get("/data/compare")
    def compare() -> flask.Response:
        try:
            return reply(comparison(query()))
        except UnreadError as problem:
            content = json.dumps({"message": str(problem), "unread": problem.entries})
            return flask.Response(content, 400, mimetype=JSON)

    @app.server.get("/data/compare.csv")
    def compare_differences() -> flask.Response:
        found = json.loads(comparison(query()))
        return reply(differences_table(found, in_other_fits(found)), CSV, f"{found['file']}.csv")

    @app.server.get("/data/compare/curves.csv")
    def compare_curves() -> flask.Response:
        found = json.loads(comparison(query()))
        return reply(curves_table(found, in_other_fits(found)), CSV, f"{found['file']}-curves.csv")

    @app.server.get("/data/compare/conduct")
    def compare_conduct() -> flask.Response:
        views = views_of(query())
        return reply(answers.get(f"conduct?{key_of(views)}", lambda: conduct_of(views), slow=True))


def _ready() -> html.Section:
    """Comparisons that one press makes and another takes back; assets/compare.js marks those that
    stand beside A, and hides those of which A is one already.
    """
    titles = {name: (title, question) for name, title, question in sim.available()}
    offers = [
        (SCENARIO, titles[SCENARIO][0], AS_IT_WAS, {}),
        *((name, titles[name][0], asked or titles[name][1], {}) for name, asked in READY.items()),
        *((name, name[0].upper() + name[1:], asked, {"data-sets": json.dumps(levels)})
          for name, (levels, asked) in READY_SETS.items()),
    ]  # fmt: skip
    return html.Section(
        [
            html.H2(
                [
                    html.Span("Change one thing, and see who signs", className="of-one"),
                    html.Span("Press to add or take away", className="of-several"),
                ],
                id="compare-ready-title",
            ),
            html.P(
                "Press a question. The same months then run twice with the same luck, as they were"
                " and with that one change, so whatever differs comes from the change.",
                className="ready-lead",
            ),
            html.Div(
                [
                    html.Button(
                        [
                            html.I(
                                className="ready-picture",
                                **{"data-pictures": name, "aria-hidden": "true"},
                            ),
                            html.Strong(title),
                            html.Span(question),
                        ],
                        type="button",
                        className="ready",
                        **{"data-beside": name},
                        **sets,
                    )
                    for name, title, question, sets in offers
                ],
                className="ready-comparisons",
            ),
            html.P("For example …", id="compare-example", hidden=True),
        ],
        id="compare-ready",
        **{"aria-labelledby": "compare-ready-title"},
    )


def _finding() -> html.Section:
    """What differs, of each view in a sentence with its range and what it rests on; the curves of
    one kind, the others one press away, beside how many there are in each view, or, where nobody
    moves, what becomes of harm.
    """
    return card(
        "What differs",
        html.Div([], id="compare-finding", className="finding awaited"),
        html.Div([], id="compare-harm"),
        html.P(
            [
                html.Span("", id="compare-flat-words"),
                " ",
                html.Button(
                    "Show who signs, month by month", id="compare-unfold", className="quiet"
                ),
            ],
            id="compare-flat",
            hidden=True,
        ),
        html.Div(
            [
                html.P("", id="compare-reading", className="dimmed awaited"),
                segments("compare-kind", KINDS, "Who is counted"),
            ],
            className="with-badge",
        ),
        html.Ul([], id="compare-key", className="compare-key"),
        html.Div(
            [
                figure(
                    "compare-curves",
                    "The public list in each view, month by month; the numbers are in the download",
                    "graph compare-graph",
                ),
                html.Div(html.Div([], id="compare-findings"), className="glance"),
            ],
            className="compare-figure",
        ),
        html.P("", id="compare-sure", className="dimmed"),
        html.P(
            [
                PAIRS,
                html.Span(LUCK, id="pairs-luck", hidden=True),
                html.Span(
                    [" ", _with_view("Campaign", "campaign"), CAMPAIGN],
                    id="compare-elsewhere",
                    hidden=True,
                ),
            ],
            id="pairs-read",
            className="dimmed",
            hidden=True,
        ),
        signing_basis(
            None,
            "compare-provenance",
            html.A(
                "Download the differences (CSV)", href="data/compare.csv", id="compare-download"
            ),
            role="status",
        ),
        style="compare-card",
    )


def _add_view() -> html.Section:
    return html.Section(
        [
            html.H2("Or set something else beside A", id="add-view-title"),
            html.P(
                [
                    "A is what Parley shows now: ",
                    html.Strong("", id="view-a", className="awaited"),
                    ".",
                ],
                id="compare-own",
                className="dimmed",
            ),
            dmc.Select(
                id="beside-scenario",
                label="Another scenario",
                data=scenario_options(),
                value=None,
                placeholder="Choose a scenario",
                searchable=True,
                selectFirstOptionOnChange=True,
            ),
            dmc.Select(
                id="beside-lens",
                label="A, if one theory alone were right",
                data=_theories(),
                value=None,
                placeholder="Choose a theory",
            ),
            dmc.Select(
                id="beside-convenor",
                label="A, convened by another state",
                data=[],
                value=None,
                placeholder="Choose a state",
                searchable=True,
                selectFirstOptionOnChange=True,
            ),
            html.Button(
                "A, without what is supposed",
                id="beside-branchless",
                className="quiet",
                hidden=True,
            ),
            html.Button(
                "A, with full monitoring too",
                id="beside-monitored",
                className="quiet",
                hidden=True,
                **{"data-sets": json.dumps(FULL_MONITORING)},
            ),
            html.P(
                [
                    "Another text? Write it on the ",
                    _with_view("Designer", "designer"),
                    ". An event, a dial, or who may sign? Change it on ",
                    _with_view("Simulate", "./"),
                    (
                        ". Then come back: what you changed is A, and the Paris Call as it was can"
                        f" stand beside it. Up to {MOST_VIEWS} views are compared, in at most"
                        f" {MOST_WORLDS} worlds each."
                    ),
                ],
                id="compare-limits",
                className="dimmed",
            ),
            html.P(
                "Four views are compared: remove one to add another.",
                id="compare-full",
                className="dimmed",
                hidden=True,
            ),
        ],
        className="add-view",
        **{"aria-labelledby": "add-view-title"},
    )


def _with_view(words: str, page: str) -> html.A:
    """A link to another *page*, which opens it with view A."""
    return html.A(words, href=page, **{"data-keeps-view": "yes"})


def _theories() -> list[dict[str, str]]:
    """The lenses, each by its theory in a word or two."""
    return [
        {"value": name, "label": THEORIES.get(name, name.replace("-", ", ").capitalize())}
        for name in sim.LENSES
    ]


def _conduct() -> html.Details:
    return html.Details(
        [
            html.Summary(["What changes in conduct",
                          html.Span(" if our assumptions hold: harm, promises kept, operations",
                                    className="dimmed promise")]),
            basis(ASSUMED, "", "conduct-provenance"),
            html.P(RANGES, className="dimmed"),
            html.P("", id="conduct-state", className="dimmed", role="status"),
            wide_table("conduct-table", "Change in conduct, by group"),
        ],
        id="conduct", className="card", hidden=True,
    )  # fmt: skip
