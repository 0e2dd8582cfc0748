"""The page Stakeholder: what really happened, what the model has of it, what would bring it in by a
date or keep it out, why, and what it said.

All of it is about signing under the fitted weights, so it may stand beside a name. Nothing here
knows of conduct.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import dash
import dash_mantine_components as dmc
import flask
from dash import html

import sim
from dashboard.cache import Runs
from dashboard.data.explanations import (
    AIMS,
    Question,
    changes_of,
    changes_table,
    explanation_of,
    first_changes_of,
    history_table,
    motives_table,
    question_of,
)
from dashboard.data.tables import file_name, month_of, unusual
from dashboard.folds import fold, folds
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.shell import (
    BY_ANY_NAME,
    badge,
    call_on_change,
    card,
    graph,
    keys,
    message,
    signing_badge,
    signing_basis,
)

PATH, NAME = "/stakeholder", "Stakeholder"

# Name, what 0 is, what 1 is, and where it comes from: for states, and for firms and NGOs
# (docs/odd.md, section 5).
TRAITS = {
    "openness": (
        "Openness",
        "state control",
        "open, rights-based",
        "freedom score",
        "its home's, within 0.15",
    ),
    "public_rule": (
        "Public rule",
        "private self-rule",
        "public authority rules",
        "1 for members of the Council of Europe, else 1 minus openness",
        "its sector's or type's, within 0.15",
    ),
    "offence": (
        "Offence",
        "nothing to give up",
        "most offensive means",
        "disclosed operations and weight, half each",
        "a share of its home's, by sector",
    ),
    "exposure": (
        "Exposure",
        "little to lose to attacks",
        "most to lose",
        "share of the population online",
        "its home's, within 0.15",
    ),
    "capacity": (
        "Capacity",
        "fewest means to take part",
        "most means",
        "GDP per head, and population",
        "its home's, within 0.15",
    ),
    "audience": (
        "Audience",
        "nobody punishes hypocrisy",
        "a free public online does",
        "exposure times openness",
        "its sector's or type's, within 0.15",
    ),
    "weight": (
        "Weight",
        "no example to others",
        "the largest",
        "shares of the world's GDP and population",
        "its home's, by its rank there",
    ),
}


def layout() -> html.Main:
    """The choice of a stakeholder, what happened, which stands there at once, the question and its
    answer; what is behind it is folded.
    """
    return html.Main(
        [
            html.Div(
                [
                    html.Div([html.H1("A stakeholder", id="who-name")]),
                    dmc.Select(
                        id="who",
                        label="State, firm or NGO",
                        data=[],
                        searchable=True,
                        allowDeselect=False,
                        placeholder="Type a name",
                        nothingFoundMessage="Nobody of that name",
                        maxDropdownHeight=320,
                        filter=BY_ANY_NAME,
                        selectFirstOptionOnChange=True,
                    ),
                ],
                className="who-head",
            ),
            html.Div(
                [
                    html.P(
                        [html.Strong("What really happened: "), html.Span("", id="happened")],
                        id="happened-line",
                    ),
                    html.Details(
                        [html.Summary("Why is the day not known?"), html.P("", id="not-dated")],
                        id="not-dated-fold",
                        className="beyond",
                        hidden=True,
                    ),
                    html.P("", id="in-words"),
                ],
                id="happened-part",
                hidden=True,
            ),
            message(),
            message("who-message"),
            html.Div(
                [
                    html.P("Reading the register and simulating…", role="status"),
                    *(
                        html.Div(className="shape", style={"height": f"{height}rem"})
                        for height in (3, 12, 4)
                    ),
                ],
                id="who-wait",
                className="card wait",
            ),
            html.Div(
                [
                    _answer(),
                    folds(
                        _motives(),
                        _history(),
                        _details(),
                        _traits(),
                        _statements(),
                        name="who-why",
                        words="Behind the answer",
                    ),
                ],
                id="told",
                className="told",
                hidden=True,
            ),
        ],
        className="stakeholder column",
        **{"data-simulate": "/"},
    )


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/stakeholder.js who is chosen, and answers why it signs or stays out, and what
    would turn it.
    """
    call_on_change(app, "on_stakeholder", "who", namespace="stakeholder")
    answers, runs = services.answers, services.runs

    @app.server.get("/data/explain")
    def explain() -> flask.Response:
        question = question_of(query())
        return reply(answers.get(f"explain {question.key}", lambda: explanation_of(question, runs)))

    @app.server.get("/data/explain/happened")
    def happened() -> flask.Response:
        question = question_of(query())
        return reply(
            json.dumps({"happened": sim.what_happened(question.view.variant, question.who)})
        )

    @app.server.get("/data/explain/first")
    def first_changes() -> flask.Response:
        question = question_of(query())
        return reply(answers.get(f"first {question.key}", lambda: first_changes_of(question, runs)))

    @app.server.get("/data/explain/changes")
    def changes() -> flask.Response:
        question = question_of(query())
        is_long = question.ready is None
        return reply(
            answers.get(f"changes {question.key}", lambda: changes_of(question, runs), slow=is_long)
        )

    def download(
        question: Question, name: str, table: Callable[[Question, Runs], bytes], *of: str
    ) -> flask.Response:
        rows = answers.get(f"{name} {question.key}", lambda: table(question, runs))
        return reply(rows, CSV, file_name(name, question.who, *of))

    @app.server.get("/data/explain/changes.csv")
    def table_of_changes() -> flask.Response:
        question = question_of(query())
        is_long = question.ready is None
        rows = answers.get(
            f"changes.csv {question.key}", lambda: changes_table(question, runs), slow=is_long
        )
        month = month_of(question.view, question.by)
        return reply(
            rows,
            CSV,
            file_name("changes", question.who, unusual(question.view), month, question.aim or ""),
        )

    @app.server.get("/data/explain.csv")
    def motives() -> flask.Response:
        question = question_of(query())
        month = month_of(question.view, question.by)
        return download(question, "motives", motives_table, unusual(question.view), month)

    @app.server.get("/data/explain/history.csv")
    def history() -> flask.Response:
        question = question_of(query())
        return download(question, "history", history_table, unusual(question.view))


def _answer() -> html.Section:
    """The question, its answer in a sentence beside what really happened, and what each change
    yields, in one figure.
    """
    buttons = [
        html.Button(
            words, type="button", className="aim", **{"data-aim": aim, "aria-pressed": "false"}
        )
        for aim, words in AIMS.items()
    ]
    return card(
        "What happened, and what would bring it in or keep it out",
        html.Div(
            [
                html.Span("What would"),
                html.Span(
                    buttons, className="aims", role="group", **{"aria-label": "What is asked"}
                ),
                html.Label(
                    [html.Span("by", id="by-word"), html.Span(id="by-place")], className="by"
                ),
                html.Span("", id="turn-state", className="dimmed", role="status"),
            ],
            className="asked-row decides",
        ),
        html.P("", id="asked-in-words", className="decides"),  # on paper, where nobody chooses
        html.H2("", id="answer", className="finding decides"),
        html.P("", id="whom-to-approach", className="decides"),
        html.P("", id="because", className="reasons"),
        html.Div(
            id="changes", className="decides", **{"data-figure": "changes", "data-picture": ""}
        ),
        html.A(
            "What each change yields (CSV)",
            href="data/explain/changes.csv",
            id="changes-csv",
            hidden=True,
        ),
        html.Details(
            [
                html.Summary("How sure is that, and what is asked?"),
                html.Div(id="follows", className="reasons"),
            ],
            id="sureness",
            className="beyond",
            hidden=True,
        ),
        html.P(
            [html.Span("", id=name) for name in ("footing", "reading")],
            className="answer-more dimmed",
        ),
        html.Div(
            [
                html.Span(["Suppose that, from ", html.Span("", id="suppose-round"), " on, it"]),
                html.Button("signs", type="button", className="quiet", **{"data-suppose": "signs"}),
                html.Button(
                    "stays out", type="button", className="quiet", **{"data-suppose": "stays-out"}
                ),
                html.Span("and see on Simulate what follows."),
            ],
            id="suppose",
            className="suppose dimmed decides",
            role="group",
            **{"aria-label": "Suppose a choice of its own"},
        ),
        signing_basis(None, "who-provenance", answer="who"),
        style="answer-card",
    )


def _motives() -> html.Details:
    return fold(
        "why",
        "Why does it sign, or stay out?",
        "",
        html.Div(
            [
                html.P(
                    ["What each motive adds, ", html.Span("", id="weighs-round")],
                    className="dimmed",
                ),
                html.A("Motives (CSV)", href="data/explain.csv", id="motives-csv", hidden=True),
            ],
            className="title",
        ),
        html.P("", id="occasion"),
        html.P(
            "Read downwards: each bar starts where the last one ended. To the right a motive speaks"
            " for signing, to the left against; the last bar is where they lead from even odds.",
            className="dimmed",
        ),
        keys(
            {"speaks-for": "for signing", "speaks-against": "against signing", "in-sum": "in sum"}
        ),
        html.Div(id="motives", **{"data-figure": "motives", "data-picture": ""}),
        html.Button(
            "Show the numbers, in logits",
            id="logits",
            type="button",
            className="quiet",
            **{"aria-expanded": "false", "aria-controls": "motives"},
        ),
    )


def _history() -> html.Details:
    return fold(
        "who-months", "How does it stand, month by month?", "",
        html.Div([
            html.P("Share of simulated worlds, month by month.", className="dimmed"),
            signing_badge(),
            html.A("History (CSV)", href="data/explain/history.csv", id="history-csv"),
        ], className="title"),
        html.Div(id="history-place", role="img", **{
            "aria-labelledby": "history-now", "data-figure": "history",
            "data-graph": json.dumps(graph("history").to_plotly_json()),  # which scripts put there
        }),
        html.P("", id="history-now", className="dimmed"),
    )  # fmt: skip


def _details() -> html.Details:
    return fold(
        "who-changes", "What is each change, and how sure is it?", "", html.Div(id="details")
    )


def _traits() -> html.Details:
    rows = [
        html.Div(
            [
                html.Dt([name, html.Span("–", id=f"trait-{trait}", className="trait-value")]),
                html.Dd(
                    [
                        html.Span(
                            html.Span(id=f"meter-{trait}"),
                            className="meter",
                            **{"aria-hidden": "true"},
                        ),
                        html.Span([html.Span(least), html.Span(most)], className="ends"),
                        html.Span(states, className="source for-states"),
                        html.Span(others, className="source for-others"),
                    ]
                ),
            ],
            className="trait",
        )
        for trait, (name, least, most, states, others) in TRAITS.items()
    ]
    return fold(
        "who-traits",
        "What is it like?",
        "",
        html.P(
            "Each trait runs from 0 to 1, by a formula from the public figures that stand"
            " below it.",
            className="dimmed",
        ),
        html.Dl(rows, className="traits"),
    )


def _statements() -> html.Details:
    return fold(
        "who-said",
        "What did it say in public?",
        "",
        html.P([badge("the model does not use it", outline=True)]),
        html.Ul([], id="said", className="words"),
    )
