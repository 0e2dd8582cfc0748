"""The page Stakeholder: what really happened, what the model has of it, what would bring it in by a date or keep it
out, why, and what it said.

All of it is about signing under the fitted weights, so it may stand beside a name. Nothing here knows of conduct.
"""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
import numpy as np
import pandas as pd
from dash import html

import sim
from dashboard.cache import Runs
from dashboard.data.record import dates_of, directory, provenance
from dashboard.data.tables import as_csv
from dashboard.data.tried import tried
from dashboard.data.words import basis_of_worlds
from dashboard.folds import fold, folds
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.shell import badge, call_on_change, card, graph, keys, message, signing_badge, signing_basis
from dashboard.view import MOST_WORLDS, WHERE, View, at_most_one, split_query, view_of, whole

PATH, NAME = "/stakeholder", "Stakeholder"
AIMS = {"in": "bring it in", "out": "keep it out"}
FEW_WORLDS = 50  # of the first answer, which comes at once
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
    """The choice of a stakeholder, what happened, which stands there at once, the question and its answer; what is
    behind it is folded.
    """
    return html.Main(
        [
            html.Div([
                html.Div([html.H1("A stakeholder", id="who-name")]),
                dmc.Select(
                    id="who", label="State, firm or NGO", data=[], searchable=True, allowDeselect=False,
                    placeholder="Type a name", nothingFoundMessage="Nobody of that name", maxDropdownHeight=320,
                    selectFirstOptionOnChange=True,
                ),
            ], className="who-head"),
            html.P([html.Strong("What really happened: "), html.Span("", id="happened")], id="happened-part",
                   hidden=True),
            message(),
            message("who-message"),
            html.P("Reading the register and simulating…", id="who-wait", className="dimmed wait", role="status"),
            html.Div(
                [
                    _answer(),
                    folds(_motives(), _history(), _details(), _traits(), _statements(), name="who-why"),
                ],
                id="told", className="told", hidden=True,
            ),
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

    @app.server.get("/data/explain/happened")
    def happened() -> flask.Response:
        question = question_of(query())
        return reply(json.dumps({"happened": sim.what_happened(question.view.variant, question.who)}))

    @app.server.get("/data/explain/changes")
    def changes() -> flask.Response:
        question = question_of(query())
        is_long = question.view.worlds > FEW_WORLDS
        return reply(answers.get(f"changes {question.key}", lambda: changes_of(question, runs), slow=is_long))

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
    """Why *who* (an id of somebody with a name) signs or stays out in one round of a view, and what would bring it in
    by the end of round *by*, or keep it out: the *aim*, None for what follows from where it stands.
    """

    view: View
    who: str
    round: int
    by: int
    aim: str | None

    @property
    def key(self) -> str:
        """The same for the same question, and no other's."""
        return f"{self.round}:{self.by}:{self.aim}:{self.who}?{self.view.query()}"

    def explanation(self, runs: Runs) -> sim.Explanation:
        """The explanation, from the worlds of the view."""
        return runs.of(self.view).explain(self.who, self.round, self.by, self.aim)

    def at_the_date(self, runs: Runs) -> sim.Explanation:
        """The explanation of how it deliberates in the round by whose end it is asked about."""
        return runs.of(self.view).explain(self.who, self.by)


def question_of(query: str) -> Question:
    """The question of *query*: a view's link with who=, round= (by default the launch), by= (by default that round) and
    aim=. It is answered in as many worlds as a page may have or, with first=yes, in a few.

    InputError, in one sentence, where it is none.
    """
    keys = {"who": "", "round": "0", "by": "", "aim": "", "first": ""}
    of_view, values = split_query(query, *keys)
    view = view_of(of_view)
    who, number, by, aim, first = (at_most_one(key, values[key], default) for key, default in keys.items())
    if not values["who"]:
        raise sim.InputError(f"{WHERE}: found no who, expected a state (USA), or a firm or an NGO with a name")
    if aim not in ("", *AIMS):
        raise sim.InputError(f"{WHERE}: aim is {aim[:40]!r}, expected one of {', '.join(AIMS)}")
    if first not in ("", "yes"):
        raise sim.InputError(f"{WHERE}: first is {first[:40]!r}, expected yes")
    explained = whole("round", number, view.variant.first_round, view.variant.last_round)
    until = whole("by", by, explained, view.variant.last_round) if by else explained
    most = int(MOST_WORLDS / view.variant.parameters.population_scale)
    counted = replace(view, worlds=min(view.worlds, FEW_WORLDS) if first else most)
    return Question(counted, _id_of(who), explained, until, aim or None)


WEIGHED = (  # at the date of the question
    "date", "contributions", "value", "value_low", "value_high", "chance", "occasion", "decided_with", "value_together",
)  # fmt: skip


def explanation_of(question: Question, runs: Runs) -> dict[str, Any]:
    """The explanation without its changes, what it weighs at the date asked, its shares of the worlds by round, and the
    traits.
    """
    run = runs.of(question.view)
    person = run.directory().set_index("id").loc[question.who].to_dict()
    content = question.explanation(runs).as_json(changes=False)
    del content["manifest"]
    if question.by != question.round:
        then = question.at_the_date(runs).as_json(changes=False)
        content |= {key: then[key] for key in WEIGHED}
    traits = {trait: round(float(person[trait]), 3) for trait in sim.TRAITS}
    since = person["supporter_since"].isoformat() if person["supporter_since"] else None
    shares = {name: parts.tolist() for name, parts in _shares(run, question.who).items()}
    return content | {"traits": traits, "supporter_since": since, "shares": shares} | provenance(question.view)


def changes_of(question: Question, runs: Runs) -> dict[str, Any]:
    """What would turn its decision: a change for each family of levers, and the query of the view of which it is a
    part, null where an address cannot hold it.
    """
    explanation = question.explanation(runs)
    content = explanation.as_json()
    shown = replace(question.view, worlds=View.worlds)  # the worlds of this page are its own
    for change, lever in zip(content["changes"], explanation.changes, strict=True):
        view = tried(shown, lever.change) if lever.change else None
        change["tried"] = view.query() if view else None
    keys = ("who", "name", "round", "date", "basis", "asked", "signed_by", "aim", "answer", "changes")
    return {key: content[key] for key in keys} | provenance(question.view)


def motives_table(question: Question, runs: Runs) -> bytes:
    """What each motive adds, as CSV."""
    table = question.at_the_date(runs).table()
    return _csv(table.drop(columns="motive").rename(columns={"meaning": "motive"}), question)


def _shares(run: sim.Run, who: str) -> dict[str, np.ndarray]:
    """Status -> [rounds] the share of worlds that show it."""
    courses = run.courses()
    signed, taken_up = (courses[name][who].to_numpy() for name in ("signed", "taken_up"))
    shares = {"signed": signed, "considered": taken_up - signed, "not_taken_up": 1 - taken_up}
    return {name: each.round(6) for name, each in shares.items()}


def history_table(question: Question, runs: Runs) -> bytes:
    """Shares of the simulated worlds by round, as CSV."""
    run = runs.of(question.view)
    return _csv(pd.DataFrame({"date": dates_of(run)} | _shares(run, question.who)), question)


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


def _answer() -> html.Section:
    """The question, its answer in a sentence beside what really happened, and what each change yields, in one figure.
    """
    buttons = [
        html.Button(words, type="button", className="aim", **{"data-aim": aim, "aria-pressed": "false"})
        for aim, words in AIMS.items()
    ]
    return card(
        "What happened, and what would bring it in or keep it out",
        html.Div([
            html.Span("What would"),
            html.Span(buttons, className="aims", role="group", **{"aria-label": "What is asked"}),
            html.Label([html.Span("by", id="by-word"), html.Span(id="by-place")], className="by"),
            html.Span("", id="turn-state", className="dimmed", role="status"),
        ], className="asked-row decides"),
        html.H2("", id="answer", className="finding decides"),
        signing_basis(None, "who-provenance", answer="who"),
        html.P([html.Span("", id=name) for name in ("brackets", "in-words", "footing", "aside", "reading")],
               className="answer-more"),
        html.Div(id="changes", className="decides"),
        html.Div(
            [
                html.Span("Suppose that, from here on, it"),
                html.Button("signs", type="button", className="quiet", **{"data-suppose": "signs"}),
                html.Button("stays out", type="button", className="quiet", **{"data-suppose": "stays-out"}),
                html.Span("", id="suppose-round"),
            ],
            id="suppose", className="suppose dimmed decides", role="group",
            **{"aria-label": "Suppose a choice of its own"},
        ),
        style="answer-card",
    )  # fmt: skip


def _motives() -> html.Details:
    return fold(
        "who-motives", "Why does it sign, or stay out?", "",
        html.Div([
            html.P(["What each motive adds, ", html.Span("", id="weighs-round")], className="dimmed"),
            html.A("Motives (CSV)", href="data/explain.csv", id="motives-csv"),
        ], className="title"),
        html.P("", id="occasion"),
        keys({"speaks-for": "for signing", "speaks-against": "against signing", "in-sum": "in sum"}),
        html.Div(id="motives"),
        html.Button("Show the numbers, in logits", id="logits", type="button", className="quiet",
                    **{"aria-expanded": "false", "aria-controls": "motives"}),
    )  # fmt: skip


def _history() -> html.Details:
    return fold(
        "who-months", "How does it stand, month by month?", "",
        html.Div([
            html.P("Share of simulated worlds, month by month.", className="dimmed"),
            signing_badge(),
            html.A("History (CSV)", href="data/explain/history.csv", id="history-csv"),
        ], className="title"),
        html.Div(graph("history"), role="img", **{"aria-labelledby": "history-now"}),
        html.P("", id="history-now", className="dimmed"),
    )  # fmt: skip


def _details() -> html.Details:
    return fold("who-changes", "What is each change, and how far is it to be trusted?", "", html.Div(id="details"))


def _traits() -> html.Details:
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
    return fold(
        "who-traits", "What is it like?", "",
        html.P("Each trait runs from 0 to 1, by a formula from the public figures that stand below it.",
               className="dimmed"),
        html.Dl(rows, className="traits"),
    )


def _statements() -> html.Details:
    return fold(
        "who-said", "What did it say in public?", "",
        html.P([badge("the model does not use it", outline=True)]),
        html.Ul([], id="said", className="words"),
    )
