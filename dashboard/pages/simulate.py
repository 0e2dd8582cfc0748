"""The first page: who is on the public list of the Paris Call, simulated beside the register."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
import flask
import pandas as pd
from dash import Input, Output, State, dcc, html

import sim
from dashboard.adoption import KINDS, Adoption
from dashboard.figures.adoption import figure, in_words, span
from dashboard.theme import MANTINE, PALETTES

CSV = "paris-call-2018-adoption.csv"

# Before anything has changed, only the root element knows; assets/scheme.js says when to look again.
IN_SCHEME = "(_, figures) => figures[document.documentElement.dataset.mantineColorScheme]"


def layout(adoption: Adoption) -> dmc.MantineProvider:
    """The whole page; it holds the figures in both colour schemes, so that switching asks nobody."""
    figures = {
        scheme: [figure(adoption.curves[kind], adoption.registers[kind], palette) for kind in KINDS]
        for scheme, palette in PALETTES.items()
    }
    return dmc.MantineProvider(
        [
            dcc.Store(id="figures", data=figures),
            dcc.Store(id="scheme"),
            _top(),
            html.Main([_introduction(adoption), _legend(), _panels(adoption)], className="column"),
            _notes(adoption),
        ],
        theme=MANTINE, defaultColorScheme="auto",
    )


def register(app: dash.Dash, adoption: Adoption) -> None:
    """What the page answers to: a change of colour scheme, in the browser, and a request for its data."""
    app.clientside_callback(
        IN_SCHEME,
        [Output(f"adoption-{kind}", "figure") for kind in KINDS],
        Input("scheme", "data"),
        State("figures", "data"),
    )

    @app.server.get(f"/{CSV}")
    def data() -> flask.Response:
        answer = flask.Response(adoption.csv(), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f"attachment; filename={CSV}"
        return answer


def _top() -> html.Header:
    toggle = dmc.ColorSchemeToggle(
        variant="subtle", color="gray", size="lg", **{"aria-label": "Switch between light and dark"},
        lightIcon=html.Span(className="icon sun"), darkIcon=html.Span(className="icon moon"),
    )
    return html.Header([html.Span("Parley", className="name"), toggle], className="column top")


def _introduction(adoption: Adoption) -> html.Div:
    return html.Div([
        html.H1(adoption.title),
        html.P([
            "States, firms and NGOs hear of a code of conduct for cyberspace and, month by month, sign it or stay ",
            f"out: {adoption.replicates} simulated worlds beside the dated public register of supporters.",
        ], className="lead"),
        html.Div([
            dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none", size="lg"),
            html.Span("worlds under the fitted weights", className="dimmed"),
        ], className="basis"),
    ], className="introduction")


def _legend() -> html.Div:
    keys = {"median": "median of the worlds", "half": "50 % of worlds", "most": "90 % of worlds", "point": "register"}
    entries = [html.Li([html.Span(className=f"key {key}"), words]) for key, words in keys.items()]
    return html.Div([html.Ul(entries), html.A("Download the data (CSV)", href=CSV, download=CSV)], className="legend")


def _panels(adoption: Adoption) -> html.Div:
    return html.Div([_panel(adoption, kind) for kind in KINDS], className="panels")


def _panel(adoption: Adoption, kind: str) -> html.Section:
    title, counts = KINDS[kind], adoption.registers[kind]
    last, on_register = adoption.curves[kind].iloc[-1].to_dict(), counts["registered"].iloc[-1]
    inside = counts["registered"].between(counts["low_90"], counts["high_90"]).sum()
    return html.Section([
        html.H2(title),
        html.P(f"on the public list in {last['date']:%B %Y}, median", className="dimmed"),
        html.Div([
            html.Strong(f"{last['median']:.0f}", className="headline"),
            html.Dl([
                html.Div([html.Dt("90 % of worlds"), html.Dd(span(last, 90))]),
                html.Div([html.Dt([html.Span(className="key point"), "register"]), html.Dd(int(on_register))]),
            ]),
        ], className="numbers"),
        html.Div(
            dcc.Graph(id=f"adoption-{kind}", config={"displayModeBar": False}, responsive=True, className="graph"),
            role="img", **{"aria-label": f"{title} on the public list, month by month; its numbers are in the table"},
        ),
        html.Details([
            html.Summary(f"Inside the 90 % band on {inside} of {len(counts)} dates"), _table(counts),
        ]),
    ], className="card", **{"aria-label": title})


def _table(counts: pd.DataFrame) -> html.Table:
    rows = [
        [in_words(count["date"]), count["registered"], f"{count['median']:.0f}", span(count, 90)]
        for count in counts.to_dict("records")
    ]
    return html.Table([
        html.Thead(html.Tr([html.Th(words, scope="col") for words in ("date", "register", "median", "90 %")])),
        html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows]),
    ])


def _notes(adoption: Adoption) -> html.Footer:
    return html.Footer([
        html.P(
            "Each world is a run of the same model under other luck, and the bands hold luck alone: the uncertainty of "
            "the weights would widen them. The weights were fitted to this very register, so curves that pass by its "
            "points are a check on the model, not a forecast."
        ),
        html.P(
            "The Paris Call is a political declaration that one supports; we say “sign” for short. Part of the step in "
            "November 2019 is a backlog that was published at once. Public authorities, a fourth kind on the register, "
            "are not modelled."
        ),
        html.P(f"{adoption.replicates} worlds, seed {adoption.seed}, Parley {sim.__version__}."),
    ], className="column notes")
