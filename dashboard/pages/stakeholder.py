"""One stakeholder: how it stands, why it signs or stays out in this model, what it said, and what would turn it.

All of it is about signing under the fitted weights, so it may stand beside a name; nothing here knows of conduct.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_plus

import dash
import dash_mantine_components as dmc
import flask
import pandas as pd
from dash import ClientsideFunction, Input, dcc, html

import sim
from dashboard.cache import Answers, Runs
from dashboard.data.record import FITTED, dates_of
from dashboard.pages import Services
from dashboard.requests import CSV, query, reply
from dashboard.shell import play_bar
from dashboard.view import LONGEST, WHERE, View, view_of

PATH, NAME = "/stakeholder", "Stakeholder"

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
    """Whom it is about, then the answer, its parts, and the round shown."""
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
            html.P("", id="message", className="message", role="alert", hidden=True),
            html.P("", id="who-message", className="message", role="alert", hidden=True),
            html.Div(
                [
                    _verdict(),
                    html.Div([
                        html.Div([_motives(), _history(), _turn()]), html.Div([_traits(), _said()]),
                    ], className="who-why"),
                ],
                id="told", className="told", hidden=True,
            ),
            play_bar(),
        ],
        className="stakeholder column", **{"data-simulate": "/"},
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """The choice of somebody tells assets/stakeholder.js, in the browser."""
    app.clientside_callback(
        ClientsideFunction("stakeholder", "heard_who"), Input("who", "value"), prevent_initial_call=True
    )
    _routes(app.server, services.answers, services.runs)


def _fitted() -> dmc.Badge:
    return dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none", size="lg")


def _verdict() -> html.Section:
    return html.Section(
        [
            html.P("", id="reading", className="reading"),
            html.Div([_fitted(), html.Span("", id="who-provenance", className="dimmed")], className="basis"),
            html.Div(
                [
                    html.Span("Suppose that, from here on, it", className="dimmed"),
                    html.Button("signs", type="button", className="quiet", **{"data-suppose": "signs"}),
                    html.Button("stays out", type="button", className="quiet", **{"data-suppose": "stays-out"}),
                    html.Span("", id="suppose-round", className="dimmed"),
                ],
                id="suppose", className="suppose", role="group", **{"aria-label": "Suppose a choice of its own"},
            ),
        ],
        className="card", **{"aria-label": "In one sentence"},
    )  # fmt: skip


def _motives() -> html.Section:
    return html.Section(
        [
            html.Div([
                html.H2("What it weighs"),
                html.A("Motives (CSV)", href="data/explain.csv", id="motives-csv"),
            ], className="title"),
            html.P(
                ["What each motive adds, for signing or against, in logits, ", html.Span("", id="weighs-round")],
                className="dimmed",
            ),
            html.Div(id="motives", **{"aria-live": "polite"}),
        ],
        className="card decides", **{"aria-label": "Motives"},
    )  # fmt: skip


def _traits() -> html.Section:
    rows = []
    for trait, (name, least, most, states, others) in TRAITS.items():
        rows.append(html.Div(
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
        ))  # fmt: skip
    return html.Section(
        [
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
        ],
        className="card", **{"aria-label": "Traits"},
    )  # fmt: skip


def _history() -> html.Section:
    keys = (("signed", "signed"), ("considered", "considered, not signed"), ("not-reached", "not taken up"))
    return html.Section(
        [
            html.Div([
                html.H2("How it stands"),
                html.A("History (CSV)", href="data/explain/history.csv", id="history-csv"),
            ], className="title"),
            html.P("Share of simulated worlds, month by month.", className="dimmed"),
            html.Ul(
                [
                    *(html.Li([html.Span(className=f"key {name}"), words]) for name, words in keys),
                    html.Li([html.Span(className="key rule"), html.Span("", id="register-says")], id="register-key"),
                ],
                className="keys",
            ),
            html.Div(
                dcc.Graph(id="history", config={"displayModeBar": False}, responsive=True, className="graph"),
                role="img", **{"aria-labelledby": "history-now"},
            ),
            html.P("", id="history-now", className="dimmed"),
        ],
        className="card decides", **{"aria-label": "Signing, month by month"},
    )  # fmt: skip


def _turn() -> html.Section:
    return html.Section(
        [
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
        ],
        className="card decides", **{"aria-label": "What would turn it"},
    )  # fmt: skip


def _said() -> html.Section:
    return html.Section(
        [
            html.H2("What it said in public"),
            html.P([dmc.Badge("the model does not use it", variant="outline", c="var(--text)", tt="none", size="lg")]),
            html.Ul([], id="said", className="words"),
        ],
        className="card", **{"aria-label": "Said in public"},
    )  # fmt: skip


MOST_WORLDS = 100  # each change is simulated anew, a dozen and more of them
LONGEST_NAME = 100


@dataclass(frozen=True)
class Question:
    """Why *who* (an id of somebody with a name) signs or stays out in one round of a view."""

    view: View
    who: str
    round: int

    @property
    def key(self) -> str:
        """What tells it from any other question."""
        return f"{self.round}:{self.who}?{self.view.query()}"


def _routes(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    @server.get("/data/explain")
    def explain() -> flask.Response:
        asked = question_of(query())
        return reply(answers.get(f"explain {asked.key}", lambda: explained(asked, runs)))

    @server.get("/data/explain/changes")
    def changes() -> flask.Response:
        asked = question_of(query())
        asked = replace(asked, view=replace(asked.view, worlds=min(asked.view.worlds, MOST_WORLDS)))
        return reply(answers.get(f"changes {asked.key}", lambda: changes_of(asked, runs), slow=True))

    def download(name: str, table: Callable[[Question, Runs], str]) -> flask.Response:
        asked = question_of(query())
        return reply(answers.get(f"{name} {asked.key}", lambda: table(asked, runs).encode()), CSV, f"{name}.csv")

    @server.get("/data/explain.csv")
    def motives() -> flask.Response:
        return download("motives", motives_table)

    @server.get("/data/explain/history.csv")
    def history() -> flask.Response:
        return download("history", history_table)


def explained(asked: Question, runs: Runs) -> dict[str, Any]:
    """The explanation without its changes, and the traits, from the view's own worlds."""
    run = runs.of(asked.view)
    person = run.directory().set_index("id").loc[asked.who].to_dict()
    content = run.explain(asked.who, asked.round).as_json(changes=False)
    del content["manifest"]
    traits = {trait: round(float(person[trait]), 3) for trait in sim.TRAITS}
    since = person["supporter_since"].isoformat() if person["supporter_since"] else None
    return content | {"traits": traits, "supporter_since": since} | _provenance(asked, run)


def changes_of(asked: Question, runs: Runs) -> dict[str, Any]:
    """What would turn its decision: a change for each family of levers, with a scenario file's words for it."""
    run = runs.of(asked.view)
    explanation = run.explain(asked.who, asked.round)
    content = explanation.as_json()
    for change, found in zip(content["changes"], explanation.changes, strict=True):
        change["file"] = found.as_toml()
    wanted = {key: content[key] for key in ("who", "name", "round", "date", "basis", "aim", "changes")}
    return wanted | _provenance(asked, run)


def motives_table(asked: Question, runs: Runs) -> str:
    """What each motive adds, as CSV, with what it takes to repeat it."""
    run = runs.of(asked.view)
    table = run.explain(asked.who, asked.round).table().drop(columns="motive").rename(columns={"meaning": "motive"})
    return _with_provenance(table, asked, run)


def history_table(asked: Question, runs: Runs) -> str:
    """Shares of the simulated worlds by round, as CSV."""
    run = runs.of(asked.view)
    courses = run.courses()
    signed, taken_up = (courses[name][asked.who].to_numpy() for name in ("signed", "taken_up"))
    shares = {"signed": signed, "considered": taken_up - signed, "not_taken_up": 1 - taken_up}
    table = pd.DataFrame({"date": dates_of(run)} | {name: share.round(6) for name, share in shares.items()})
    return _with_provenance(table, asked, run)


def _with_provenance(table: pd.DataFrame, asked: Question, run: sim.Run) -> str:
    told: dict[str, Any] = {"who": asked.who, "round": asked.round, "basis": FITTED} | _provenance(asked, run)
    return str(table.assign(**told, view=asked.view.query()).to_csv(index=False))


def _provenance(asked: Question, run: sim.Run) -> dict[str, Any]:
    return {"scenario": asked.view.scenario, "worlds": run.replicates, "seed": run.seed, "version": sim.__version__}


def question_of(query: str) -> Question:
    """The question of *query*: a view's link with who= and round= (by default the launch).

    InputError, in one sentence, where it is none.
    """
    if len(query) > LONGEST:
        raise sim.InputError(f"{WHERE}: it has {len(query)} characters, expected at most {LONGEST}")
    parts = query.split("&") if query else []
    own = {"who": [part for part in parts if part.startswith("who=")],
           "round": [part for part in parts if part.startswith("round=")]}  # fmt: skip
    view = view_of("&".join(part for part in parts if part not in own["who"] + own["round"]))
    said = {key: [unquote_plus(part.partition("=")[2]) for part in found] for key, found in own.items()}
    for key, values in said.items():
        if len(values) > 1:
            raise sim.InputError(f"{WHERE}: found {key} twice, expected it once")
    if not said["who"]:
        raise sim.InputError(f"{WHERE}: found no who, expected a state (USA), or a firm or an NGO with a name")
    return Question(view, _who(said["who"][0]), _round(said["round"][0] if said["round"] else "0", view.asked))


def _who(text: str) -> str:
    """The id of whom *text* means: a state by iso3 or name, a firm or an NGO by name."""
    known = _spellings()
    if len(text) <= LONGEST_NAME and text.casefold() in known:
        return known[text.casefold()][0]
    close = difflib.get_close_matches(text[:LONGEST_NAME].casefold(), list(known), n=1)
    near = f"; did you mean {known[close[0]][1]!r}?" if close else ""
    expected = f"a state (USA), or a firm or an NGO with a name{near}"
    raise sim.InputError(f"{WHERE}: who is {text[:40]!r}, expected {expected}")


@functools.cache
def _spellings() -> dict[str, tuple[str, str]]:
    """Every spelling of somebody with a name, in small letters -> id, and the spelling as it should be."""
    people = sim.run(replicates=1).directory()
    pairs = [*zip(people["id"], people["name"], strict=True), *zip(people["id"], people["id"], strict=True)]
    return {spelling.casefold(): (who, spelling) for who, spelling in pairs}


def _round(text: str, scenario: sim.Scenario) -> int:
    first, last = scenario.first_round, scenario.last_round
    if not (re.fullmatch(r"-?[0-9]{1,4}", text) and first <= int(text) <= last):
        raise sim.InputError(f"{WHERE}: round is {text[:40]!r}, expected a whole number from {first} to {last}")
    return int(text)


