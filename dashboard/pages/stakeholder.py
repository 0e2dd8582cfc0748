"""One stakeholder: how it stands, why it signs or stays out in this model, what it said, and what would turn it."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, dcc, html

from dashboard.pages.simulate import play_bar

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


def register(app: dash.Dash) -> None:
    """The choice of somebody tells assets/stakeholder.js, in the browser."""
    app.clientside_callback(
        ClientsideFunction("stakeholder", "heard_who"), Input("who", "value"), prevent_initial_call=True
    )


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
