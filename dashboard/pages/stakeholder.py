"""The page Stakeholder: how one stands, why it signs or stays out in this model, what it said, and what would turn it.

All of it is about signing under the fitted weights, so it may stand beside a name. Nothing here knows of conduct.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
import pandas as pd
from dash import html

import sim
from dashboard.cache import Runs
from dashboard.data.record import dates_of, directory, provenance
from dashboard.data.tables import as_csv
from dashboard.data.words import SHARES, basis_of_worlds
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.shell import badge, call_on_change, card, graph, message, play_bar, signing_basis
from dashboard.view import WHERE, View, at_most_one, split_query, view_of, whole

PATH, NAME = "/stakeholder", "Stakeholder"
MOST_WORLDS = 100  # for changes, of which a dozen and more are simulated
LONGEST_NAME = 100

# Name, what 0 is, what 1 is, and where it comes from: for states, and for firms and NGOs (docs/odd.md, section 5).
TRAITS = {
    "openness": ("Openness", "state control", "open, rights-based", "freedom score", "its home's, within 0.15"),
    "public_rule": ("Public rule", "private self-rule", "public authority rules",
                    "1 in the Council of Europe, else 1 less openness", "its sector's or type's, within 0.15"),
    "offence": ("Offence", "nothing to give up", "most offensive means",
                "disclosed operations and weight, half each", "a share of its home's, by sector"),
    "exposure": ("Exposure", "little to lose to attacks", "most to lose", "share of the population online",
                 "its home's, within 0.15"),
    "capacity": ("Capacity", "fewest means to take part", "most means", "GDP per head, and population",
                 "its home's, within 0.15"),
    "audience": ("Audience", "nobody punishes hypocrisy", "a free public online does", "exposure times openness",
                 "its sector's or type's, within 0.15"),
    "weight": ("Weight", "no example to others", "the largest", "shares of the world's GDP and population",
               "its home's, by its rank there"),
}  # fmt: skip


def layout() -> html.Main:
    """The choice of a stakeholder, then the answer, its parts, and the round shown."""
    return html.Main(
        [
            html.Div([
                html.Div([
                    html.H1("A stakeholder", id="who-name"),
                    html.P("Why does it sign or stay out, in this model, and what would turn it?", className="lead"),
                ]),
                dmc.Select(
                    id="who", label="State, firm or NGO", data=[], searchable=True, allowDeselect=False,
                    placeholder="Type a name", nothingFoundMessage="Nobody of that name", maxDropdownHeight=320,
                    selectFirstOptionOnChange=True,
                ),
            ], className="who-head"),
            message(),
            message("who-message"),
            html.Div(
                [
                    _verdict(),
                    html.Div([
                        html.Div([_motives(), _history(), _turn()]), html.Div([_traits(), _statements()]),
                    ], className="who-why"),
                ],
                id="told", className="told", hidden=True,
            ),
            play_bar(),
        ],
        className="stakeholder column", **{"data-simulate": "/"},
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/stakeholder.js who is chosen, and answers why it signs or stays out, and what would turn it."""
    call_on_change(app, "on_stakeholder", "who", namespace="stakeholder")
    answers, runs = services.answers, services.runs

    @app.server.get("/data/explain")
    def explain() -> flask.Response:
        question = question_of(query())
        return reply(answers.get(f"explain {question.key}", lambda: explanation_of(question, runs)))

    @app.server.get("/data/explain/changes")
    def changes() -> flask.Response:
        question = question_of(query())
        question = replace(question, view=replace(question.view, worlds=min(question.view.worlds, MOST_WORLDS)))
        return reply(answers.get(f"changes {question.key}", lambda: changes_of(question, runs), slow=True))

    def download(name: str, table: Callable[[Question, Runs], bytes]) -> flask.Response:
        question = question_of(query())
        return reply(answers.get(f"{name} {question.key}", lambda: table(question, runs)), CSV, f"{name}.csv")

    @app.server.get("/data/explain.csv")
    def motives() -> flask.Response:
        return download("motives", motives_table)

    @app.server.get("/data/explain/history.csv")
    def history() -> flask.Response:
        return download("history", history_table)


@dataclass(frozen=True)
class Question:
    """Why *who* (an id of somebody with a name) signs or stays out in one round of a view."""

    view: View
    who: str
    round: int

    @property
    def key(self) -> str:
        """The same for the same question, and no other's."""
        return f"{self.round}:{self.who}?{self.view.query()}"


def question_of(query: str) -> Question:
    """The question of *query*: a view's link with who= and round= (by default the launch).

    InputError, in one sentence, where it is none.
    """
    of_view, values = split_query(query, "who", "round")
    view = view_of(of_view)
    who, number = (at_most_one(key, values[key], default) for key, default in (("who", ""), ("round", "0")))
    if not values["who"]:
        raise sim.InputError(f"{WHERE}: found no who, expected a state (USA), or a firm or an NGO with a name")
    return Question(view, _id_of(who), whole("round", number, view.variant.first_round, view.variant.last_round))


def explanation_of(question: Question, runs: Runs) -> dict[str, Any]:
    """The explanation without its changes, and the traits, from the view's own worlds."""
    run = runs.of(question.view)
    person = run.directory().set_index("id").loc[question.who].to_dict()
    content = run.explain(question.who, question.round).as_json(changes=False)
    del content["manifest"]
    traits = {trait: round(float(person[trait]), 3) for trait in sim.TRAITS}
    since = person["supporter_since"].isoformat() if person["supporter_since"] else None
    return content | {"traits": traits, "supporter_since": since} | provenance(question.view)


def changes_of(question: Question, runs: Runs) -> dict[str, Any]:
    """What would turn its decision: a change for each family of levers, with a scenario file's words for it."""
    explanation = runs.of(question.view).explain(question.who, question.round)
    content = explanation.as_json()
    for change, lever in zip(content["changes"], explanation.changes, strict=True):
        change["file"] = lever.as_toml()
    parts = {key: content[key] for key in ("who", "name", "round", "date", "basis", "aim", "changes")}
    return parts | provenance(question.view)


def motives_table(question: Question, runs: Runs) -> bytes:
    """What each motive adds, as CSV."""
    table = runs.of(question.view).explain(question.who, question.round).table()
    return _csv(table.drop(columns="motive").rename(columns={"meaning": "motive"}), question)


def history_table(question: Question, runs: Runs) -> bytes:
    """Shares of the simulated worlds by round, as CSV."""
    run = runs.of(question.view)
    courses = run.courses()
    signed, taken_up = (courses[name][question.who].to_numpy() for name in ("signed", "taken_up"))
    shares = {"signed": signed, "considered": taken_up - signed, "not_taken_up": 1 - taken_up}
    return _csv(pd.DataFrame({"date": dates_of(run)} | {name: s.round(6) for name, s in shares.items()}), question)


def _csv(table: pd.DataFrame, question: Question) -> bytes:
    view = question.view
    repeats = {"basis": basis_of_worlds(view.variant), **provenance(view), "view": view.query()}
    return as_csv(table, who=question.who, round=question.round, **repeats)


def _id_of(text: str) -> str:
    """The id of whom *text* names: a state by iso3 or name, a firm or an NGO by name."""
    spellings = _spellings()
    if len(text) <= LONGEST_NAME and text.casefold() in spellings:
        return spellings[text.casefold()][0]
    close = difflib.get_close_matches(text[:LONGEST_NAME].casefold(), list(spellings), n=1)
    near = f"; did you mean {spellings[close[0]][1]!r}?" if close else ""
    expected = f"a state (USA), or a firm or an NGO with a name{near}"
    raise sim.InputError(f"{WHERE}: who is {text[:40]!r}, expected {expected}")


@functools.cache
def _spellings() -> dict[str, tuple[str, str]]:
    """Every name and id in small letters -> id, and the spelling as it should be."""
    people = directory()
    pairs = [*zip(people["id"], people["name"], strict=True), *zip(people["id"], people["id"], strict=True)]
    return {spelling.casefold(): (who, spelling) for who, spelling in pairs}


def _verdict() -> html.Section:
    return card(
        "In one sentence",
        html.P("", id="reading", className="reading"),
        signing_basis(None, "who-provenance"),
        html.Div(
            [
                html.Span("Suppose that, from here on, it", className="dimmed"),
                html.Button("signs", type="button", className="quiet", **{"data-suppose": "signs"}),
                html.Button("stays out", type="button", className="quiet", **{"data-suppose": "stays-out"}),
                html.Span("", id="suppose-round", className="dimmed"),
            ],
            id="suppose", className="suppose", role="group", **{"aria-label": "Suppose a choice of its own"},
        ),
    )  # fmt: skip


def _motives() -> html.Section:
    return card(
        "Motives",
        html.Div([
            html.H2("What it weighs"),
            html.A("Motives (CSV)", href="data/explain.csv", id="motives-csv"),
        ], className="title"),
        html.P(
            ["What each motive adds, for signing or against, in logits, ", html.Span("", id="weighs-round")],
            className="dimmed",
        ),
        html.Div(id="motives", **{"aria-live": "polite"}),
        style="decides",
    )  # fmt: skip


def _traits() -> html.Section:
    rows = [
        html.Div(
            [
                html.Dt([name, html.Span("–", id=f"trait-{trait}", className="trait-value")]),
                html.Dd([
                    html.Span(html.Span(id=f"meter-{trait}"), className="meter", **{"aria-hidden": "true"}),
                    html.Span([html.Span(least), html.Span(most)], className="ends"),
                    html.Span(states, className="source for-states"),
                    html.Span(others, className="source for-others"),
                ]),
            ],
            className="trait",
        )
        for trait, (name, least, most, states, others) in TRAITS.items()
    ]  # fmt: skip
    return card(
        "Traits",
        html.H2("What it is like"),
        html.P(
            [
                html.Span("Traits from 0 to 1, from public figures of 2017; ", className="for-states"),
                html.Span("Traits from 0 to 1, drawn around its home country's; ", className="for-others"),
                "formulas in docs/odd.md, section 5.",
            ],
            className="dimmed",
        ),
        html.Dl(rows, className="traits"),
    )


def _history() -> html.Section:
    return card(
        "Signing, month by month",
        html.Div([
            html.H2("How it stands"),
            html.A("History (CSV)", href="data/explain/history.csv", id="history-csv"),
        ], className="title"),
        html.P("Share of simulated worlds, month by month.", className="dimmed"),
        html.Ul(
            [
                *(
                    html.Li([html.Span(className=f"key {share.replace('_', '-')}"), words])
                    for share, words in SHARES.items()
                ),
                html.Li([html.Span(className="key rule"), html.Span("", id="register-says")], id="register-key"),
            ],
            className="keys",
        ),
        html.Div(graph("history"), role="img", **{"aria-labelledby": "history-now"}),
        html.P("", id="history-now", className="dimmed"),
        style="decides",
    )  # fmt: skip


def _turn() -> html.Section:
    return card(
        "What would turn it",
        html.H2("What would turn it?"),
        html.P(
            ["The smallest feasible change of each kind that somebody could make ", html.Span(id="turn-round")],
            className="dimmed",
        ),
        html.Div([
            html.Button("What would turn it?", id="turn", type="button", className="main"),
            html.Span("", id="turn-state", className="dimmed", role="status"),
        ], className="turn"),
        html.Div(id="changes"),
        style="decides",
    )  # fmt: skip


def _statements() -> html.Section:
    return card(
        "Said in public",
        html.H2("What it said in public"),
        html.P([badge("the model does not use it", outline=True)]),
        html.Ul([], id="said", className="words"),
    )
